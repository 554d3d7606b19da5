/** Letters as a regular expression that finds just them, whatever they mean to one. */
export const literal = (letters: string): string => letters.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&');
