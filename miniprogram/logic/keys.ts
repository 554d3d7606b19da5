/** A random key; WeChat has no `crypto` on the page's side, and 100 bits of `Math.random` are enough not to repeat. */
export function newKey(): string {
  return Array.from({ length: 4 }, () => Math.random().toString(36).slice(2, 9)).join('');
}
