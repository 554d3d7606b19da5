/** Writes a selector anew for the place its rules apply to; throws `WxssError` for one that place does not allow. */
export type Reselect = (selector: string) => string;

/** Something wrong in a style sheet, at an offset of its text. */
export class WxssError extends Error {
  readonly offset: number;
  readonly code: string;

  constructor(code: string, offset: number, message: string) {
    super(message);
    this.code = code;
    this.offset = offset;
  }
}

export interface WxssParts {
  /** Gives the text an `@import` is replaced by. */
  include(specifier: string, offset: number): string;
  reselect: Reselect;
  problem(error: WxssError): void;
}

/** At-rules whose block holds rules again; any other block holds declarations and is kept as it is. */
const NESTING = /^@(media|supports|layer|container|scope)\b/iu;

/**
 * Rules for the light or dark screen follow the phone's own setting, which a preview can switch while the browser's
 * stays: the phone writes it on the root element.
 */
const THEME = /\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/u;
const THEME_CONDITION = new RegExp(`${THEME.source}(\\s*and\\s*)?|\\s*and\\s*${THEME.source}`, 'gu');

const URLS = /url\(\s*((?:"[^"]*"|'[^']*'|[^)"']*))\s*\)/gu;
/** Addresses that need no file of the package. */
const ELSEWHERE = /^["']?\s*(data:|https?:|\/\/|#)/u;

/**
 * Turns WXSS into CSS: imports put in, units of the phone instead of those of the window, selectors written anew.
 * Knows just as much of the grammar as that needs: comments, strings, blocks, at-rules.
 */
export function transformWxss(text: string, parts: WxssParts): string {
  const bare = blankComments(text);
  let out = '';
  let at = 0;
  let theme: string | undefined;
  rules();
  return out;

  function rules(): void {
    for (;;) {
      const start = at;
      const stop = nextOf(bare, at, ';{}');
      if (stop < 0) {
        const rest = bare.slice(start).trim();
        if (rest) problem('wxss-invalid', start + leading(bare, start), `a rule without a block: ${shorten(rest)}`);
        at = bare.length;
        return;
      }
      const prelude = bare.slice(start, stop).trim();
      const offset = start + leading(bare, start);
      at = stop + 1;
      if (bare[stop] === '}') return;
      if (bare[stop] === ';') statement(prelude, offset);
      else block(prelude, offset);
    }
  }

  function statement(prelude: string, offset: number): void {
    const [, specifier] = /^@import\s+(?:url\()?\s*["']([^"']+)["']/u.exec(prelude) ?? [];
    if (specifier) out += parts.include(specifier, offset);
    else if (prelude.startsWith('@')) out += `${prelude};`;
    else if (prelude) problem('wxss-invalid', offset, `a declaration outside a rule: ${shorten(prelude)}`);
  }

  function block(prelude: string, offset: number): void {
    if (NESTING.test(prelude)) {
      nested(prelude);
      return;
    }
    const start = at;
    at = endOfBlock(bare, start);
    const body = bare.slice(start, at - 1);
    const selector = prelude.startsWith('@') ? prelude : selectorOf(prelude, offset);
    if (selector) out += `${selector}{${withUnits(body.trim())}}\n`;
    for (const { 1: address = '', index } of body.matchAll(URLS)) {
      if (ELSEWHERE.test(address)) continue;
      problem('wxss-local-file', start + index, `WeChat shows no file of the package in WXSS: ${shorten(address)}`);
    }
  }

  function nested(prelude: string): void {
    const outer = theme;
    theme = THEME.exec(prelude)?.[1] ?? outer;
    const condition = prelude.replace(THEME_CONDITION, '').trim();
    const wrapped = condition !== '@media';
    if (wrapped) out += `${condition}{`;
    rules();
    if (wrapped) out += '}\n';
    theme = outer;
  }

  function selectorOf(prelude: string, offset: number): string {
    try {
      const selector = parts.reselect(prelude);
      return theme
        ? splitSelectors(selector)
            .map((each) => `:where([data-theme="${theme}"]) ${each.trim()}`)
            .join()
        : selector;
    } catch (cause) {
      if (!(cause instanceof WxssError)) throw cause;
      problem(cause.code, offset + cause.offset, cause.message);
      return '';
    }
  }

  function problem(code: string, offset: number, message: string): void {
    parts.problem(new WxssError(code, offset, message));
  }
}

/**
 * Units of the phone: a page lies in a container of the screen's size (`cqw`, `cqh`), so that `750rpx` and `100vw` are
 * its width and `100vh` is its height without the bars.
 */
export function withUnits(declarations: string): string {
  return declarations.replace(
    /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|url\([^)]*\)|(?<![\w-])(-?\d*\.?\d+)(rpx|vw|vh)\b/giu,
    (whole: string, number: string | undefined, unit: string | undefined) => {
      if (number === undefined || unit === undefined) return whole;
      if (unit.toLowerCase() === 'vw') return `${number}cqw`;
      if (unit.toLowerCase() === 'vh') return `${number}cqh`;
      return `${Number((Number(number) / 7.5).toFixed(4))}cqw`;
    },
  );
}

/** Comments become spaces, so that every offset stays. */
function blankComments(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\*[\s\S]*?\*\//gu, (found) =>
    found.startsWith('/*') ? found.replace(/[^\n]/gu, ' ') : found,
  );
}

/** The next of some characters that stands outside strings and brackets. */
function nextOf(text: string, from: number, wanted: string): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '"' || char === "'") {
      at = endOfString(text, at);
    } else if (char === '(' || char === '[') depth += 1;
    else if (char === ')' || char === ']') depth -= 1;
    else if (depth <= 0 && wanted.includes(char)) return at;
  }
  return -1;
}

function endOfString(text: string, from: number): number {
  const quote = text[from];
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === quote) return at;
  }
  return text.length;
}

/** Behind the brace that closes a block whose inside begins at `from`. */
function endOfBlock(text: string, from: number): number {
  let depth = 1;
  let at = from;
  while (depth > 0) {
    const next = nextOf(text, at, '{}');
    if (next < 0) return text.length + 1;
    depth += text[next] === '{' ? 1 : -1;
    at = next + 1;
  }
  return at;
}

const leading = (text: string, from: number): number => text.slice(from).search(/\S/u);

const shorten = (text: string): string => text.replace(/\s+/gu, ' ').slice(0, 40);

/** At the commas that stand outside brackets. */
export function splitSelectors(selector: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let comma = nextOf(selector, 0, ','); comma >= 0; comma = nextOf(selector, start, ',')) {
    parts.push(selector.slice(start, comma));
    start = comma + 1;
  }
  return [...parts, selector.slice(start)];
}
