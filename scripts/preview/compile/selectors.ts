import { elementName } from './builtins.ts';
import { type Reselect, splitSelectors, WxssError } from './wxss.ts';

/** One piece of a selector: strings and brackets whole, so that nothing in them is taken for a name. */
const PIECE =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\[[^\]]*\]|::?[\w-]+|[.#](?:[\w-]|\\.|\P{ASCII})+|\*|&|[\w-]+|\s*[>+~,]\s*|\s+|[()]|./gu;

interface Piece {
  text: string;
  offset: number;
  kind: 'class' | 'id' | 'tag' | 'attribute' | 'pseudo' | 'other';
}

/** Pseudo-classes whose brackets hold no selector. */
const COUNTING = /^:(nth-|lang|dir)/u;

/** For `app.wxss` and for components that share its styles: tags become the elements the preview draws them with. */
export const appSelectors: Reselect = (selector) => rewrite(selector, sharedPiece);

/** For a page's own sheet: as `appSelectors`, and only inside that page, without weighing more than it did. */
export function pageSelectors(path: string): Reselect {
  const page = `wx-page:where([data-page="${path}"])`;
  return (selector) =>
    splitSelectors(selector)
      .map((each) => {
        const first = piecesOf(each.trim())[0];
        if (first?.kind === 'tag' && first.text === 'page') return page + rewrite(each.trim().slice(4), sharedPiece);
        return `:where(${page}) ${rewrite(each.trim(), sharedPiece)}`;
      })
      .join(',');
}

/**
 * For an isolated component: classes carry its scope, and what would reach beyond it is refused, as WeChat's tools do.
 * @param scope the prefix glass-easel puts before the component's classes
 */
export function componentSelectors(scope: string): Reselect {
  return (selector) =>
    rewrite(selector, (piece) => {
      switch (piece.kind) {
        case 'class':
          return `.${scope}--${piece.text.slice(1)}`;
        case 'pseudo':
          return piece.text === ':host' ? `[wx-host="${scope}"]` : piece.text;
        case 'tag':
        case 'id':
        case 'attribute':
          throw new WxssError(
            'wxss-component-selector',
            piece.offset,
            `components have only class selectors and :host, not ${piece.text}`,
          );
        default:
          return piece.text;
      }
    });
}

function sharedPiece({ kind, text }: Piece): string {
  if (kind === 'tag' && text !== 'body' && text !== 'html') return elementName(text);
  // glass-easel writes ids with a prefix of the component they stand in.
  if (kind === 'id') return `[id$="--${text.slice(1)}"]`;
  return text;
}

const rewrite = (selector: string, piece: (piece: Piece) => string): string => piecesOf(selector).map(piece).join('');

function piecesOf(selector: string): Piece[] {
  const pieces: Piece[] = [];
  let counting = 0;
  let before = '';
  for (const { 0: text, index } of selector.matchAll(PIECE)) {
    if (text === '(') counting = counting > 0 || COUNTING.test(before) ? counting + 1 : 0;
    else if (text === ')' && counting > 0) counting -= 1;
    pieces.push({ text, offset: index, kind: counting > 0 ? 'other' : kindOf(text) });
    before = text;
  }
  return pieces;
}

function kindOf(text: string): Piece['kind'] {
  if (text.startsWith('.') && text.length > 1) return 'class';
  if (text.startsWith('#')) return 'id';
  if (text.startsWith('[')) return 'attribute';
  if (text.startsWith(':')) return 'pseudo';
  if (/^[a-z][\w-]*$/iu.test(text)) return 'tag';
  return 'other';
}
