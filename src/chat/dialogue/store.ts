import type { mongo } from 'mongoose';
import { MINUTE } from '../../core/time.ts';
import type { Vault } from '../../core/vault.ts';
import { type DialogueState, IDLE } from './state.ts';

/** A pending question is forgotten after this long. */
export const DIALOGUE_MS = 15 * MINUTE;

/** A dialogue as it is stored. */
export interface DialogueRow {
  _id: string;
  /** Key of the message that wrote it: guards against writing over something newer, and makes writing it twice one write. */
  by: string;
  /** The state, sealed: it may hold people's own words. */
  sealed: string;
  expireAt: Date;
}

/** A dialogue as it was read. */
export interface Opened {
  id: string;
  state: DialogueState;
  /** Who wrote what was read; absent when there was nothing. */
  seen?: string;
}

/** Where dialogues stand, kept across restarts. */
export interface Dialogues {
  open(id: string, now: Date): Promise<Opened>;
  /** Writes unless somebody else wrote since it was read. Repeating it under the same key changes nothing. */
  write(change: Opened, key: string, now: Date): Promise<void>;
}

export function dialogueStore(rows: mongo.Collection<DialogueRow>, vault: Vault): Dialogues {
  return {
    async open(id, now) {
      const row = await rows.findOne({ _id: id });
      if (!row) return { id, state: IDLE };
      const state = row.expireAt > now ? (JSON.parse(vault.open(row.sealed)) as DialogueState) : IDLE;
      return { id, state, seen: row.by };
    },
    async write({ id, seen, state }, key, now) {
      const sealed = vault.seal(JSON.stringify(state));
      const row = { by: key, sealed, expireAt: new Date(now.getTime() + DIALOGUE_MS) };
      if (seen === undefined) {
        // Only if it is still absent: whoever was first stays.
        await rows.updateOne({ _id: id }, { $setOnInsert: row }, { upsert: true });
      } else {
        await rows.updateOne({ _id: id, by: seen }, { $set: row });
      }
    },
  };
}
