/**
 * `tsx scripts/chat-train.ts`: learns the model of the understanding from the invented phrases and, where they are at
 * hand, the shared examples (`../shared/chat/examples.jsonl`), and writes `src/chat/understanding/model.json`.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { dict } from '@node-rs/jieba/dict.js';
import { calibrate } from '../src/chat/understanding/calibrate.ts';
import { readExamples, readPhrases } from '../src/chat/understanding/phrases.ts';
import { segmenterOf } from '../src/chat/understanding/segment.ts';
import { surfaceOf } from '../src/chat/understanding/surface.ts';
import { lessonsOf, pack, train } from '../src/chat/understanding/train.ts';
import { runCommand } from './command-line.ts';

const USAGE = `用法 Usage：tsx scripts/chat-train.ts
  重新学一遍，写到 src/chat/understanding/model.json / learns the model of the understanding anew`;

await runCommand({ usage: USAGE, run: learn });

function learn(): void {
  const understanding = new URL('../src/chat/understanding/', import.meta.url);
  const shared = new URL('../../shared/chat/examples.jsonl', import.meta.url);
  const examples = [
    ...readPhrases(new URL('phrases/', understanding)),
    ...(existsSync(shared) ? readExamples(shared) : []),
  ];

  const frequencies = new Map<string, number>();
  for (const line of Buffer.from(dict).toString('utf8').split('\n')) {
    const [word = '', frequency] = line.split(' ');
    frequencies.set(word, Number(frequency));
  }
  const whole = segmenterOf(Object.fromEntries(frequencies));
  const words: Record<string, number> = {};
  for (const { text, now } of examples) {
    const { pattern } = surfaceOf(text, now);
    for (const word of [...pattern, ...whole.cut(pattern, false)]) {
      const frequency = frequencies.get(word);
      if (frequency !== undefined) words[word] = frequency;
    }
  }

  const segmenter = segmenterOf(words);
  const lessons = lessonsOf(examples, (text) => segmenter.cut(text, false));
  const temperature = calibrate(lessons);
  const model = pack(train(lessons), words, temperature);
  writeFileSync(new URL('model.json', understanding), `${JSON.stringify(model)}\n`);
  const features = Object.values(model.features).reduce((sum, names) => sum + names.split('\n').length, 0);
  console.log(
    `${examples.length} examples, ${features} features, ${Object.keys(words).length} words, temperature ${temperature}`,
  );
}
