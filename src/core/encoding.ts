/**
 * The text of a file as people's programs save it: UTF-8, UTF-16 with its mark, or GBK, told apart by content. Pure.
 * @returns `undefined` when it is none of them
 */
export function decoded(bytes: Uint8Array): string | undefined {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  // Chinese in GBK is practically never valid UTF-8, so the stricter encoding is tried first.
  for (const encoding of utf16 ? [utf16] : ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return undefined;
}
