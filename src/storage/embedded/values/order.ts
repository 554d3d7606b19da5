export { type KeyRange, keyPrefix, keyRange, stringPrefixRange, successor, type ValueBounds } from './order/bounds.ts';
export { compareStrings, compareValues, type TextOrder } from './order/compare.ts';
export { keyString } from './order/keystring.ts';
export { collatedRow, compareRows, directionsIn, sortKey } from './order/sortkey.ts';
