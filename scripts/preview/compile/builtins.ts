/** The built-in components the preview shows; every one has a file of its own in `../runtime/components/`. */
export const BUILTINS: ReadonlySet<string> = new Set([
  'button',
  'canvas',
  'checkbox',
  'checkbox-group',
  'cover-view',
  'form',
  'icon',
  'image',
  'input',
  'label',
  'navigator',
  'page-meta',
  'picker',
  'progress',
  'radio',
  'radio-group',
  'rich-text',
  'scroll-view',
  'slider',
  'swiper',
  'swiper-item',
  'switch',
  'text',
  'textarea',
  'view',
]);

/** What a template is built with and no component. */
export const SYNTAX: ReadonlySet<string> = new Set(['block', 'slot', 'template', 'import', 'include', 'wxs']);

/** Elements of built-in components are called `wx-view` and so on: real `<button>`s would bring a browser's own looks. */
export const elementName = (tag: string): string => (BUILTINS.has(tag) || !tag.includes('-') ? `wx-${tag}` : tag);
