import { dirname, join, normalize } from 'node:path';
import { BUILTINS, SYNTAX } from './builtins.ts';
import { placeOf } from './problems.ts';
import type { Source } from './source.ts';
import { type Tag, tagsOf } from './wxml.ts';

const WITH_COLON = /^(capture-bind|capture-catch|mut-bind|bind|catch):/u;
const WITHOUT_COLON = /^(capture-bind|capture-catch|mut-bind|bind|catch)([a-z_-]+)$/iu;
/** These say with their role or nature that they can be pressed; anything else needs `aria-role`. */
const PRESSABLE = new Set([
  'button',
  'navigator',
  'label',
  'checkbox',
  'radio',
  'switch',
  'input',
  'textarea',
  'picker',
]);

/**
 * What WeChat would leave without a word, or shows only on a phone: an event without its colon, a component nobody
 * declared, a list without a key, something to press that a screen reader does not announce.
 * @param components names this file may use beside the built-in ones
 */
export function checkWxml(source: Source, path: string, components: ReadonlySet<string>): void {
  const text = source.text(path);
  if (text === undefined) return;
  for (const tag of tagsOf(text)) {
    checkName(source, path, tag, components);
    checkEvents(source, path, tag);
    checkList(source, path, tag);
    checkRole(source, path, tag, components);
  }
}

/** The methods a template calls by name, with the line each is written in. */
export function handlersOf(source: Source, path: string): { name: string; place: string }[] {
  const text = source.text(path) ?? '';
  return tagsOf(text).flatMap(({ attributes }) =>
    attributes
      .filter(({ name, value }) => WITH_COLON.test(name) && /^[\w$]+$/u.test(value ?? ''))
      .map(({ value, offset }) => ({
        name: value ?? '',
        place: `${source.shown(path)}:${placeOf(text, offset).line}`,
      })),
  );
}

/** The templates a file imports or includes, as paths inside the mini-program, without `.wxml`. */
export function templatesUsed(text: string, path: string): string[] {
  return tagsOf(text)
    .filter(({ name }) => name === 'import' || name === 'include')
    .map((tag) => attributeOf(tag, 'src'))
    .filter((src) => src !== undefined)
    .map((src) => insidePath(src, path).replace(/\.wxml$/u, ''));
}

/** The scripts a file uses by `<wxs src>`, as paths inside the mini-program, without `.wxs`. */
export function scriptsUsed(text: string, path: string): string[] {
  return tagsOf(text)
    .filter(({ name }) => name === 'wxs')
    .map((tag) => attributeOf(tag, 'src'))
    .filter((src) => src !== undefined)
    .map((src) => insidePath(src, path).replace(/\.wxs$/u, ''));
}

/** A path as templates and JSON files write it: from the root with a slash in front, else from the file it stands in. */
export const insidePath = (written: string, from: string): string =>
  written.startsWith('/') ? written.slice(1) : normalize(join(dirname(from), written));

const attributeOf = (tag: Tag, name: string) => tag.attributes.find((each) => each.name === name)?.value;

function checkName(source: Source, path: string, tag: Tag, components: ReadonlySet<string>): void {
  if (BUILTINS.has(tag.name) || SYNTAX.has(tag.name) || components.has(tag.name)) return;
  const advice = tag.name.includes('-')
    ? 'name it under usingComponents in the JSON file beside this one'
    : 'WeChat has no such component, or the preview does not show it yet';
  source.problem('unknown-component', path, tag.offset, `<${tag.name}> is not known: ${advice}`);
}

function checkEvents(source: Source, path: string, tag: Tag): void {
  for (const { name, offset } of tag.attributes) {
    const [, kind, event] = WITHOUT_COLON.exec(name) ?? [];
    if (!kind) continue;
    source.problem(
      'event-without-colon',
      path,
      offset,
      `${name} does nothing: write ${kind}:${event?.replace(/^[-_]/u, '')}`,
    );
  }
}

function checkList(source: Source, path: string, tag: Tag): void {
  const list = tag.attributes.find(({ name }) => name === 'wx:for');
  if (!list || tag.attributes.some(({ name }) => name === 'wx:key')) return;
  source.warning('list-without-key', path, list.offset, 'wx:for without wx:key: rows are rebuilt instead of moved');
}

function checkRole(source: Source, path: string, tag: Tag, components: ReadonlySet<string>): void {
  const tap = tag.attributes.find(({ name }) => name === 'bind:tap');
  if (!tap || PRESSABLE.has(tag.name) || components.has(tag.name)) return;
  if (tag.attributes.some(({ name }) => name === 'aria-role' || name === 'aria-hidden')) return;
  source.warning(
    'tap-without-role',
    path,
    tap.offset,
    `<${tag.name} bind:tap> without aria-role: not announced as pressable`,
  );
}
