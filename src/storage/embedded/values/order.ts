export { type KeyRange, keyPrefix, keyRange, stringPrefixRange, successor, type ValueBounds } from './order/bounds.ts';
export { compareStrings, compareValues } from './order/compare.ts';
export { keyString } from './order/keystring.ts';
export { sortKey } from './order/sortkey.ts';
