import { textOf, WxElement } from '../dom/wx-element.ts';

interface RichNode {
  type?: 'text' | 'node';
  name?: string;
  text?: string;
  attrs?: Record<string, string>;
  children?: RichNode[];
}

/** WeChat shows these and drops everything else, with what is in it; none of them runs anything. */
const TAGS = new Set(
  `a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del div dl dt em
   fieldset font footer h1 h2 h3 h4 h5 h6 header hr i img ins label legend li mark nav ol p pre q rt ruby s section
   small span strong sub sup table tbody td tfoot th thead tr tt u ul`.split(/\s+/u),
);
const ATTRIBUTES = new Set([
  'class',
  'style',
  'alt',
  'src',
  'height',
  'width',
  'span',
  'colspan',
  'rowspan',
  'align',
  'start',
  'type',
  'dir',
]);

/** `<rich-text>`: formatted text from HTML or from nodes, cleaned of everything that could act. */
export class RichTextElement extends WxElement {
  override update(name: string, value: unknown): void {
    if (name !== 'nodes') return;
    const nodes = typeof value === 'string' ? fromHtml(value) : Array.isArray(value) ? (value as RichNode[]) : [];
    this.replaceChildren(...nodes.flatMap(show));
  }
}

function show(node: RichNode): Node[] {
  if (node.type === 'text') return [document.createTextNode(decode(textOf(node.text)))];
  const name = textOf(node.name).toLowerCase();
  if (!TAGS.has(name)) return [];
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(node.attrs ?? {})) {
    if (!ATTRIBUTES.has(attribute) || (attribute === 'src' && !/^(https?:|data:image\/|\/)/u.test(value))) continue;
    element.setAttribute(attribute, value);
  }
  element.append(...(node.children ?? []).flatMap(show));
  return [element];
}

/** A template's content is dead: nothing in it loads or runs while it is looked through. */
function fromHtml(html: string): RichNode[] {
  const template = document.createElement('template');
  template.innerHTML = html;
  return [...template.content.childNodes].flatMap(nodesOf);
}

function nodesOf(node: Node): RichNode[] {
  if (node instanceof Text) return [{ type: 'text', text: node.data }];
  if (!(node instanceof Element)) return [];
  const attrs = Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value]));
  return [{ name: node.localName, attrs, children: [...node.childNodes].flatMap(nodesOf) }];
}

const decode = (text: string): string => text.replace(/&nbsp;/gu, '\u00a0');
