/**
 * `npm run -s chat:understand < messages.jsonl`: reads JSON lines `{id, text, role, place, now}` and writes
 * `{id, intent, slots}` for each. A line that cannot be read gets `{id?, error}`; the exit code is 1 only when there
 * were lines and none could be read.
 */
import { createInterface } from 'node:readline';
import { type Message, understand } from '../src/chat/understanding/index.ts';
import { SPEAKERS } from '../src/chat/understanding/labels.ts';
import { runCommand } from './command-line.ts';

interface Line {
  id?: unknown;
  text?: unknown;
  role?: unknown;
  place?: unknown;
  now?: unknown;
}

/** The message on a line, or what is wrong with it. */
function readLine(line: string): { id?: unknown; message: Message } | { id?: unknown; error: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return { error: 'not JSON' };
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return { error: 'not an object' };
  const { id, text, role, place, now } = parsed as Line;
  const fail = (error: string) => ({ ...(id === undefined ? {} : { id }), error });
  if (typeof text !== 'string') return fail('text must be a string');
  const speaker = SPEAKERS.find((name) => name === (role ?? 'resident'));
  if (!speaker) return fail(`role must be one of ${SPEAKERS.join(', ')}`);
  if (place !== undefined && place !== 'private' && place !== 'group') return fail('place must be private or group');
  const moment = typeof now === 'string' ? new Date(now) : undefined;
  if (!moment || Number.isNaN(moment.getTime())) return fail('now must be a date and time');
  return { id, message: { text, role: speaker, place: place ?? 'private', now: moment } };
}

async function understandAll(): Promise<number> {
  let read = 0;
  let lines = 0;
  let output = '';
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    lines += 1;
    const result = readLine(line);
    if ('error' in result) {
      output += `${JSON.stringify(result)}\n`;
    } else {
      read += 1;
      const { intent, slots } = understand(result.message);
      output += `${JSON.stringify({ id: result.id, intent, slots })}\n`;
    }
    if (output.length > 60_000) {
      process.stdout.write(output);
      output = '';
    }
  }
  process.stdout.write(output);
  return lines > 0 && read === 0 ? 1 : 0;
}

const USAGE = `用法 Usage：npm run -s chat:understand < messages.jsonl
  每行一句话 {"id", "text", "role", "place", "now"}，每行回答 {"id", "intent", "slots"}
  reads a message a line and answers a line each`;

await runCommand({ usage: USAGE, run: understandAll });
