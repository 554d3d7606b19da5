/** Long work is done in slices, so that one query never keeps the others waiting. */

/** Given instead of a row when the slice is used up: go on with other work and ask again. */
export const PAUSE: unique symbol = Symbol('pause');
export type Pause = typeof PAUSE;

const SLICE_MS = 12;
const CHECK_EVERY = 64;

let until = 0;
let steps = 0;

/** Begins a slice. Called by whoever runs a command, before every continuation. */
export function startSlice(): void {
  until = performance.now() + SLICE_MS;
  steps = 0;
}

/** Counts one step of work; true when the slice is used up. */
export function sliceSpent(): boolean {
  steps += 1;
  return steps % CHECK_EVERY === 0 && performance.now() > until;
}
