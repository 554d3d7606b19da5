/** What a screen reader would say of a page, from Playwright's `ariaSnapshot`. */

/** Something with a role, as it is spoken. */
export interface Spoken {
  role: string;
  /** Empty when nothing names it. */
  name: string;
  level?: number;
  /** What it stands in: the place of that in the list; -1 for the page. */
  inside: number;
}

const LINE = /^( *)- (.*)$/u;
const SPOKEN = /^(\w+)(?: "((?:[^"\\]|\\.)*)")?((?: \[[^\]]*\])*)/u;
const CONTROLS = new Set([
  'button',
  'link',
  'textbox',
  'searchbox',
  'switch',
  'checkbox',
  'radio',
  'tab',
  'combobox',
  'slider',
  'spinbutton',
  'option',
]);

export const isControl = ({ role }: Spoken): boolean => CONTROLS.has(role);

/** Reads a snapshot. Bare text and details of elements are left out. */
export function spokenIn(snapshot: string): Spoken[] {
  const found: Spoken[] = [];
  const open: { indent: number; at: number }[] = [];
  for (const line of snapshot.split('\n')) {
    const [, indent = '', rest = ''] = LINE.exec(line) ?? [];
    // YAML puts what holds a colon or a hash in quotes.
    const text = rest.startsWith("'") ? rest.slice(1).replace(/''/gu, "'") : rest;
    const [, role = '', name = '', details = ''] = SPOKEN.exec(text) ?? [];
    if (role === '' || role === 'text') continue;
    while (open.length > 0 && (open.at(-1)?.indent ?? 0) >= indent.length) open.pop();
    const level = /\[level=(\d)\]/u.exec(details)?.[1];
    found.push({ role, name, inside: open.at(-1)?.at ?? -1, ...(level === undefined ? {} : { level: Number(level) }) });
    open.push({ indent: indent.length, at: found.length - 1 });
  }
  return found;
}

/** What somebody who only hears the page could not tell: controls without a name, or with the same where they differ. */
export function unclear(spoken: readonly Spoken[]): string[] {
  const controls = spoken.filter(isControl);
  const nameless = controls.filter(({ name }) => name.trim() === '').map(({ role }) => `a ${role} without a name`);
  // The rows of one list may be alike; a button here and one there may not.
  const alike = controls.filter(({ role, name, inside }, at) =>
    controls.some(
      (other, before) => before < at && other.role === role && other.name === name && other.inside !== inside,
    ),
  );
  return [...nameless, ...alike.map(({ role, name }) => `two times the ${role} ${name}`), ...badHeadings(spoken)];
}

/** Headings tell how a page is put together: they have words, begin with the page's own, and leave no level out. */
function badHeadings(spoken: readonly Spoken[]): string[] {
  const headings = spoken.filter(({ role }) => role === 'heading');
  return headings.flatMap(({ name, level = 0 }, at) => {
    const before = headings[at - 1]?.level ?? 0;
    return name.trim() === '' || level > before + 1 ? [`heading ${level} “${name}” after ${before}`] : [];
  });
}
