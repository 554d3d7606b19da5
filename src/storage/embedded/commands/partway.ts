import type { CommandError } from '../values/errors.ts';

/**
 * Yielded by a writing command whose work takes several transactions: what becomes of it should one of the next ones fail,
 * as those before are on disk already.
 */
export class Partway {
  /** The reply that tells what is stored, given why the rest is not; without it nothing is, or `undo` takes it back. */
  readonly reply: ((failure: CommandError) => Uint8Array) | undefined;
  /** Takes back what is stored. It is run in a transaction of its own, as soon as one succeeds. */
  readonly undo: (() => void) | undefined;

  constructor({ reply, undo }: { reply?: Partway['reply']; undo?: Partway['undo'] }) {
    this.reply = reply;
    this.undo = undo;
  }
}
