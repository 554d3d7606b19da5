/** What a command's work is, for those who do it piece by piece. */
import type { CommandError } from './values/errors.ts';

/**
 * The work of a command: yields where others may work, returns the reply's bytes. A reading command may yield how many
 * milliseconds it would rather wait.
 */
export type Work = Generator<unknown, Uint8Array>;

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
