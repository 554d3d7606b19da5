export { COLOUR_WORDS, COLOURS, type Colour, FLAG_KINDS, FLAGS, type FlagKind } from './kinds.ts';
