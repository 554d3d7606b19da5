/** `750rpx` is the width of the page's container, as in the compiled style sheets. */
export const rpxToUnits = (style: string): string =>
  style.includes('rpx')
    ? style.replace(/(-?\d*\.?\d+)rpx\b/gu, (_, number: string) => `${Number(number) / 7.5}cqw`)
    : style;

/** As WeChat's own conversion of a length for scripts: `rpx` and `px` to pixels of this screen. */
export function pixelsOf(length: string | number): number {
  if (typeof length === 'number') return length;
  const number = Number.parseFloat(length);
  if (!Number.isFinite(number)) return 0;
  return length.trim().endsWith('rpx') ? (number * innerWidth) / 750 : number;
}
