/** Words and not one Chinese character: 2 of them at least, one of three letters before one of two. Pure. */
export function isForeign(text: string): boolean {
  if (/\p{Script=Han}/u.test(text)) return false;
  const words = text.split(/\s+/u);
  const first = words.findIndex((word) => /\p{L}{3}/u.test(word));
  return first >= 0 && words.slice(first + 1).some((word) => /\p{L}{2}/u.test(word));
}
