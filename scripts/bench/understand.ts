import { readFile } from 'node:fs/promises';
import { type Message, understand } from '../../src/chat/understanding/index.ts';

/** Messages as people write them, none of them seen in training. */
export const EXAMPLES = 'test/chat/understanding/held-out.jsonl';

/** Understood before the clock starts, so that the compiler has seen what is measured. */
const WARM_UP = 3_000;

/** What one core understands: nothing but the understanding, one message after the other in one thread. */
export interface Understood {
  messages: number;
  /** In a second of processor time: on a machine that others use, too, the clock on the wall says little. */
  perSecond: number;
  /** Milliseconds of the slowest in a hundred. */
  p99: number;
}

/**
 * Understands the messages of a file of examples (LABELS.md) in turn for so long.
 * @param seconds of wall-clock time
 */
export async function measureUnderstanding(file: string, seconds: number): Promise<Understood> {
  const messages = (await readFile(file, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Message => {
      const { text, role, place, now } = JSON.parse(line) as Message & { now: string };
      return { text, role, place, now: new Date(now) };
    });
  const next = inTurn(messages);
  for (let nth = 0; nth < WARM_UP; nth += 1) understand(next());
  const took: number[] = [];
  const began = performance.now();
  const before = process.cpuUsage();
  let now = began;
  while (now - began < seconds * 1_000) {
    understand(next());
    const then = now;
    now = performance.now();
    took.push(now - then);
  }
  const { user, system } = process.cpuUsage(before);
  took.sort((a, b) => a - b);
  return {
    messages: took.length,
    perSecond: Math.round((took.length * 1_000_000) / (user + system)),
    p99: took[Math.floor(took.length * 0.99)] ?? 0,
  };
}

function inTurn(messages: readonly Message[]): () => Message {
  let at = 0;
  return () => messages[at++ % messages.length] as Message;
}
