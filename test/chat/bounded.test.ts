import { type ChildProcess, fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LONGEST_TEXT } from '../../src/core/text.ts';

/**
 * Whoever hears and understands people takes a moment for whatever they write: one message that takes for ever stops the
 * whole house. A process of its own does the work, since nothing else can end it.
 */

/** What is bounded takes a fraction of a second; what is not, longer than anybody waits. */
const MOST_SECONDS = 20;
/** Set HAOLIN_FUZZ to try more. */
const RUNS = Number(process.env.HAOLIN_FUZZ ?? 5);
const SOURCES = new URL('../../src/', import.meta.url);
const READ = ['chat/dialogue', 'chat/understanding', 'core/text.ts', 'core/numerals.ts', 'features/wishes/wall.ts'];
const READ_TOO = [
  'features/wishes/title.ts',
  'features/people/chat.ts',
  'features/wishes/chat',
  'features/handoffs',
  'features/areas/chat.ts',
];

let child: ChildProcess;
let at = '';
const start = () =>
  new Promise<void>((resolve, reject) => {
    child = fork(fileURLToPath(new URL('./bounded.child.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
    child.once('exit', (code) => reject(new Error(`the process ended with ${code}`)));
    child.once('message', () => resolve());
  });
beforeAll(start, 120_000);
afterAll(() => void child.kill('SIGKILL'));

async function takes(text: string): Promise<void> {
  const unfinished = await new Promise<string | undefined>((resolve) => {
    const timer = setTimeout(() => resolve(at), MOST_SECONDS * 1_000);
    const hear = (message: { at?: string; done?: string }) => {
      if (message.at !== undefined) at = message.at;
      if (message.done === undefined) return;
      clearTimeout(timer);
      child.off('message', hear);
      resolve(undefined);
    };
    child.on('message', hear);
    child.send(text);
  });
  if (unfinished === undefined) return;
  child.removeAllListeners();
  child.kill('SIGKILL');
  await start();
  expect.fail(`${unfinished} takes for ever: ${text.slice(0, 80)}…`);
}

/** Every file there, with the words its patterns are made of. */
function vocabularies(): [file: string, words: string[]][] {
  const files = [...READ, ...READ_TOO].flatMap((place) =>
    place.endsWith('.ts')
      ? [place]
      : readdirSync(new URL(`${place}/`, SOURCES), { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('.ts') && !/lexicon|festivals|messages|certificates/u.test(name))
          .map((name) => `${place}/${name}`),
  );
  return files.flatMap((file): [string, string[]][] => {
    const patterns = readFileSync(new URL(file, SOURCES), 'utf8')
      .split('\n')
      .filter((line) => !/^\s*(?:\/?\*|\/\/)/u.test(line));
    const words = [...new Set(patterns.join('\n').match(/\p{Script=Han}{1,5}/gu) ?? [])];
    return words.length > 4 ? [[file, words]] : [];
  });
}

const MARKS = [
  '',
  '',
  ' ',
  '  ',
  '，',
  ', ',
  '、',
  '。',
  '！',
  '了',
  '的',
  '\n',
  '1',
  '12',
  '三',
  '号',
  'ab ',
  '👌',
  '@',
];
const long = (unit: string): string => unit.repeat(Math.ceil(LONGEST_TEXT / unit.length)).slice(0, LONGEST_TEXT);

describe.each(vocabularies())('the words of %s', (_file, words) => {
  it('repeated as often as a message holds', async () => {
    const piece = fc.tuple(fc.constantFrom(...words), fc.constantFrom(...MARKS)).map(([word, mark]) => word + mark);
    const unit = fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join(''));
    const text = fc
      .tuple(fc.array(piece, { maxLength: 2 }), unit, fc.array(piece, { maxLength: 2 }))
      .map(([head, middle, tail]) => `${head.join('')}${long(middle)}`.slice(0, LONGEST_TEXT - 20) + tail.join(''));
    await fc.assert(fc.asyncProperty(text, takes), { numRuns: RUNS, endOnFailure: true });
  }, 600_000);
});

describe('what once took for ever', () => {
  it.each([
    ['a row of noes', `${'错了'.repeat(900)}`],
    ['a row of numbers', `我查${Array.from({ length: 300 }, (_, n) => n + 1).join(' 和 ')}`],
    ['places of a list', `0 0 ${',0 ,0 '.repeat(300)}第`],
    ['thanks and no end', `帮忙${'谢谢了'.repeat(600)}的人`],
    ['letters without a space', 'a'.repeat(2_000)],
    ['pictures before a word', `${'👌🎉'.repeat(480)}好`],
    ['brackets that never close', '('.repeat(2_000)],
    ['pauses and no end', `${'嗯嗯，'.repeat(600)}知`],
    ['calling and no end', `${'喂喂喂，'.repeat(480)}x`],
    ['yes and no end', `好${'。！'.repeat(900)}的人`],
  ])('%s', async (_what, text) => takes(text), 120_000);
});
