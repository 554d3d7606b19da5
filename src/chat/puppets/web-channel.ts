import { randomUUID } from 'node:crypto';
import type { Conversation } from '../incoming.ts';

/** A message on its way into a puppet of this house. */
export interface Arrival {
  id: string;
  contact: string;
  room?: string;
  /** The bot was really mentioned. */
  mention: boolean;
  /** When it was written; the puppet's clock says when absent. */
  at?: Date;
  content: { text: string } | { picture: string } | { voice: string };
}

/** A message the bot said. */
export interface Outgoing {
  to: Conversation;
  text: string;
  at: Date;
}

/** What may be told beside a message. */
export interface Where {
  room?: string;
  mention?: boolean;
  id?: string;
  at?: Date;
}

/** The inside of a channel, for the puppet that is plugged in. */
export interface Port {
  deliver(arrival: Arrival): Promise<void>;
}

/**
 * A way in and out of the bot for a program in the same process: the preview page, the demo, a test. Messages go through
 * Wechaty as from any other puppet.
 */
export interface WebChannel {
  /** Somebody writes, or sends a picture or voice message (a path). Resolves when the bot is done with it. */
  receive(contact: string, content: string | { picture: string } | { voice: string }, where?: Where): Promise<void>;
  /** Everything the bot says from now on, until the loop is left. */
  outgoing(): AsyncIterableIterator<Outgoing>;
  /** Calls `listener` for everything the bot says until the returned function is called. */
  on(listener: (message: Outgoing) => void): () => void;
  /** For the puppet: where arrivals go, `undefined` when it stops. */
  plug(port: Port | undefined): void;
  /** For the puppet: the bot said something. */
  said(message: Outgoing): void;
}

/** A reader that falls behind this far loses the oldest. */
const MOST_UNREAD = 10_000;

export function webChannel(): WebChannel {
  const listeners = new Set<(message: Outgoing) => void>();
  let port: Port | undefined;

  const on = (listener: (message: Outgoing) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };

  return {
    async receive(contact, content, where = {}) {
      if (!port) throw new Error('The chat is not running; start it before writing to it');
      const { room, mention = false, id = randomUUID(), at } = where;
      await port.deliver({
        id,
        contact,
        mention,
        content: typeof content === 'string' ? { text: content } : content,
        ...(room === undefined ? {} : { room }),
        ...(at === undefined ? {} : { at }),
      });
    },
    on,
    outgoing() {
      const unread: Outgoing[] = [];
      let wake: (() => void) | undefined;
      let over = false;
      const off = on((message) => {
        unread.push(message);
        if (unread.length > MOST_UNREAD) unread.shift();
        wake?.();
      });
      return {
        async next() {
          while (unread.length === 0 && !over) {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
          const value = unread.shift();
          return value === undefined ? { done: true, value: undefined } : { done: false, value };
        },
        async return() {
          over = true;
          off();
          wake?.();
          return { done: true, value: undefined };
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    },
    plug(next) {
      port = next;
    },
    said(message) {
      for (const listener of listeners) listener(message);
    },
  };
}
