/** Identity numbers (GB 11643): six digits of place, eight of birth, three of order (odd for men), one check mark. */
import type { Gender } from '../model.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const MARKS = '10X98765432';

/** What an identity number says of its owner, or `undefined` when it is not one. */
export function readIdNumber(idNumber: string): { birthYear: number; gender: Gender } | undefined {
  const parts = /^[1-9]\d{5}(\d{4})(\d{2})(\d{2})\d{2}(\d)[\dX]$/u.exec(idNumber);
  if (!parts || checkMark(idNumber) !== idNumber[17]) return undefined;
  const [, year = '', month = '', day = '', order = ''] = parts;
  const born = new Date(`${year}-${month}-${day}T00:00:00Z`);
  const real = !Number.isNaN(born.getTime()) && born.getUTCDate() === Number(day);
  return real ? { birthYear: Number(year), gender: Number(order) % 2 === 1 ? 'male' : 'female' } : undefined;
}

/** The last mark that belongs to the first seventeen digits. */
export function checkMark(digits: string): string {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return MARKS[sum % 11] ?? '';
}
