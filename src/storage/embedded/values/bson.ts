export { decode } from './bson/decode.ts';
export { checkNesting, MAX_STORED_DEPTH } from './bson/depth.ts';
export { encode } from './bson/encode.ts';
export { identical } from './bson/identical.ts';
export type { Document } from './types.ts';
