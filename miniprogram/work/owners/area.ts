/** Areas as people write them, kept exactly: the house counts hundredths of a square metre, and never a fraction of one. */

/** The house takes no more for one owner. */
const MOST = 100_000_000;
const WRITTEN = /^(\d{1,7})(?:\.(\d{1,2}))?(?:平方米|平米|平|㎡|m2|m²)?$/iu;

/** @returns hundredths of a square metre; words for what is wrong with it */
export function areaFrom(written: string): number | string {
  const plain = written.normalize('NFKC').replace(/[\s,]/gu, '');
  if (plain === '') return '没有写面积';
  const [, whole = '', part = ''] = WRITTEN.exec(plain) ?? [];
  if (whole === '') return /\.\d{3}/u.test(plain) ? '面积最多写两位小数' : '面积要写成数字，例如80.5';
  const hundredths = Number(`${whole}${part.padEnd(2, '0')}`);
  if (hundredths === 0) return '面积要大于0';
  return hundredths > MOST ? '面积太大了，请看看有没有写错' : hundredths;
}

/** 8050 → 80.5: as it is written into a field again. */
export function areaText(hundredths: number): string {
  const rest = String(hundredths % 100)
    .padStart(2, '0')
    .replace(/0+$/u, '');
  return `${Math.floor(hundredths / 100)}${rest === '' ? '' : `.${rest}`}`;
}
export const areaWord = (hundredths: number): string => `${areaText(hundredths)}平方米`;
