/** Letters as people count them: a family of four, a flag, an accent with its letter are one. Nothing is cut through them. */
const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** The letters of a text in order. */
export const lettersOf = (text: string): string[] => Array.from(graphemes.segment(text), ({ segment }) => segment);

/** The text as a line has room for it: at most `most` letters, the last of them … when there are more. */
export function shortened(text: string, most: number): string {
  // Most texts are short: no letter is shorter than a code unit.
  if (text.length <= most) return text;
  const letters = lettersOf(text);
  return letters.length <= most
    ? text
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}

/** As much of the beginning of a text as a field of `most` UTF-16 units takes, in whole letters. */
export function fitting(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = 0;
  for (const { index, segment } of graphemes.segment(text)) {
    if (index + segment.length > most) break;
    end = index + segment.length;
  }
  return text.slice(0, end).trimEnd();
}
