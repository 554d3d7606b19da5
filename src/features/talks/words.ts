/** In place of a sealed text that does not open any more. */
export const UNREADABLE = '无法读取';
