import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { WebChannel } from '../../src/chat/index.ts';
import { DEMO_GROUP } from '../seed/demo.ts';

/** One line of the demo's chats, whoever said it. */
export interface Line {
  /** No other line has it, not even one of an earlier run. */
  id: string;
  at: string;
  /** Id of the person whose private chat it is in; absent in the group. */
  person?: string;
  /** Absent when the bot speaks. */
  from?: string;
  /** Where it was typed, when that matters to whoever listens. */
  via?: string;
  text: string;
}

/** How something is said: in private, or before the group and then with or without calling the bot. */
export interface Saying {
  group?: boolean;
  mention?: boolean;
  via?: string;
}

/** The demo's chats: every way in writes here, every way out hears all of it. */
export interface Talk {
  /** What was said lately, the oldest first. */
  lines(): readonly Line[];
  /** Says something as a person, in private or before the group; waits for the bot to be there and to be done with it. */
  say(person: string, text: string, where?: Saying): Promise<void>;
  /** Shows the bot a picture, in private. */
  show(person: string, path: string): Promise<void>;
  /** Calls `listener` for every line from now on until the returned function is called. */
  on(listener: (line: Line) => void): () => void;
}

const KEPT = 500;
const RETRY_MS = 100;
const PATIENCE_MS = 60_000;

/** @param now the demo's clock */
export function openTalk(channel: WebChannel, now: () => Date): Talk {
  const lines: Line[] = [];
  const listeners = new Set<(line: Line) => void>();
  /** One after the other, in the order they were said, even while the bot is still coming up. */
  let last = Promise.resolve();

  function add(line: Omit<Line, 'id' | 'at'>): void {
    const added = { id: randomUUID(), at: now().toISOString(), ...line };
    lines.push(added);
    if (lines.length > KEPT) lines.shift();
    for (const listener of listeners) listener(added);
  }

  channel.on(({ to, text }) => add('contact' in to ? { person: to.contact, text } : { text }));

  function inTurn(work: () => Promise<void>): Promise<void> {
    last = last.catch(() => undefined).then(work);
    return last;
  }

  /** The bot comes up behind the API; until then the channel takes nothing. */
  async function receive(...message: Parameters<WebChannel['receive']>): Promise<void> {
    const [contact, content, where] = message;
    const id = randomUUID();
    for (let waited = 0; ; waited += RETRY_MS) {
      try {
        return await channel.receive(contact, content, { ...where, id });
      } catch (error) {
        if (waited > PATIENCE_MS) throw error;
        await wait(RETRY_MS);
      }
    }
  }

  return {
    lines: () => lines,
    say: (person, text, { group = false, mention = true, via } = {}) =>
      inTurn(async () => {
        add({ ...(group ? {} : { person }), from: person, ...(via === undefined ? {} : { via }), text });
        await receive(person, text, group ? { room: DEMO_GROUP.room, mention } : {});
      }),
    show: (person, path) =>
      inTurn(async () => {
        add({ person, from: person, text: '[图片]' });
        await receive(person, { picture: path });
      }),
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
