import type { Stage } from '../demo/stage.ts';
import type { Furnished } from './furnish.ts';

/** A screen worth a picture: who looks at which page. */
export interface Screen {
  name: string;
  /** Signed in; nobody is without it. */
  who?: string;
  /** `false`: not yet to the privacy guide. */
  agreed?: false;
  /** `none`: the house was never reached · `lost`: it was seen once, then the phone was restarted without a network. */
  network?: 'none' | 'lost';
  /** Of the mini-program. */
  page: (made: Furnished) => string;
  /** What the phone has kept from before, by its names in the storage. */
  kept?: (made: Furnished, people: Stage['people']) => Record<string, unknown>;
  /** Pressed one after the other before the picture is taken. */
  press?: readonly string[];
  /** Typed into the field of this name first. */
  write?: readonly (readonly [field: string, text: string])[];
  /** Words that are there once it is ready, where that takes a while. */
  sees?: string;
  /** Words that are no longer there then. */
  misses?: string;
}

/** What one presses where the house was not reached. */
export const AGAIN = '再试一次';
