import { readFileSync } from 'node:fs';
import { Jieba } from '@node-rs/jieba';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutterOf } from '../../../src/chat/understanding/cutter.ts';
import { MODEL } from '../../../src/chat/understanding/model.ts';
import { withDomain } from '../../../src/chat/understanding/segment.ts';

/** The same dictionary in the library whose way of cutting is ours. */
const frequencies = withDomain(MODEL.words);
const jieba = new Jieba();
jieba.loadDict(Buffer.from([...frequencies].map(([word, frequency]) => `${word} ${frequency}`).join('\n')));
const cut = cutterOf(frequencies);

describe('a text is cut as jieba cuts it', () => {
  it('messages', () => {
    const lines = readFileSync('test/chat/understanding/held-out.jsonl', 'utf8').split('\n').filter(Boolean);
    const texts = lines.map((line) => (JSON.parse(line) as { text: string }).text);
    expect(texts.map(cut)).toEqual(texts.map((text) => jieba.cut(text, false)));
  });

  it('words in any order, with marks, letters, digits and pictographs between', () => {
    const words = fc.constantFrom(...frequencies.keys());
    const between = fc.constantFrom(
      '',
      '',
      '',
      ' ',
      '，',
      'ok',
      '12',
      '3.5',
      'A-b',
      '👌🏻',
      'Ⓡ',
      '𠀀',
      '龘',
      '%',
      '（',
    );
    const text = fc.array(fc.tuple(words, between), { maxLength: 12 }).map((parts) => parts.flat().join(''));
    const same = (one: string) => void expect(cut(one)).toEqual(jieba.cut(one, false));
    fc.assert(fc.property(text, same), { numRuns: 500 });
  });

  it('longer than any message', () => {
    const text = '下个月5号想领一床棉絮，'.repeat(300);
    expect(cut(text)).toEqual(jieba.cut(text, false));
  });
});
