import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alarmIn, type Emergency } from '../../../src/chat/understanding/emergency.ts';
import { understand } from '../../../src/chat/understanding/index.ts';
import { CALLS, HARMLESS, SURROUNDINGS } from './emergencies.ts';

const kinds = Object.entries(CALLS) as [Emergency, readonly string[]][];
const found = (text: string) => alarmIn(text).kinds;
const every = kinds.flatMap(([, calls]) => calls);

describe('what tells of an emergency', () => {
  for (const [kind, calls] of kinds) {
    it.each(calls)(`${kind}: %s`, (call) => {
      expect(found(call)).toContain(kind);
    });
  }
  it('puts first what the answer must be about', () => {
    expect(found('我吃了一整瓶安眠药，不想活了')[0]).toBe('self_harm');
    expect(found('快救命，厨房着火了')[0]).toBe('fire');
  });
});

it('tells whose life it is, in doubt the speaker’s', () => {
  for (const text of CALLS.self_harm) expect(found(text)[0], text).toBe('self_harm');
  for (const text of CALLS.self_harm_other) expect(found(text)[0], text).toBe('self_harm_other');
});

describe('what does not', () => {
  it.each(HARMLESS)('%s', (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('whatever else is said', () => {
  const call = fc.constantFrom(...every);
  const around = fc.constantFrom(...SURROUNDINGS);
  const mark = fc.constantFrom('，', '。', '！', ' ', '!!', '\n', '～', '…');

  it('courtesy, greetings, other matters and chatter before and after hide nothing', () => {
    fc.assert(
      fc.property(around, mark, call, mark, around, (before, one, text, other, after) => {
        expect(found(before + one + text + other + after)).not.toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });
  it('nor does any text at all set apart by a mark', () => {
    const any = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 60 }));
    fc.assert(
      fc.property(any, call, any, (before, text, after) => {
        expect(found(`${before}。${text}。${after}`)).not.toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });
  it('nor where it stands in a message longer than any that is read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), call, (length, text) => {
        expect(found(`${'今天天气好，'.repeat(length / 6)}${text}。${'哈'.repeat(300)}`)).not.toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
  it('nor how it is cried out', () => {
    for (const text of [
      '着!火!了!',
      '着着火火了',
      '救救救命',
      '着 火 了',
      '我家 燃气 漏了',
      '燃气漏了[大哭][大哭]',
      '着火了🔥🔥',
    ]) {
      expect(found(text), text).not.toEqual([]);
    }
  });
});

describe('the understanding', () => {
  const meant = (text: string) =>
    understand({ text, role: 'resident', place: 'private', now: new Date('2026-11-25T10:00:00+08:00') });

  it('takes every call for an urgent incident, never for a wish, a cancel or small talk', () => {
    for (const [kind, calls] of kinds) {
      // A burst pipe at home may be a wish for a plumber as well; that it is urgent is said all the same.
      if (kind === 'flood') continue;
      for (const text of calls) {
        expect(meant(text), text).toMatchObject({ intent: 'incident.report', slots: { urgent: true } });
      }
    }
  });
  it('is not led to one by what is harmless', () => {
    for (const text of HARMLESS) {
      const { slots, confidence } = meant(text);
      expect(slots.urgent === true && confidence >= 0.8, text).toBe(false);
    }
  });
});

it('takes no longer than a glance, whatever it is given', () => {
  // Not a measure of speed: a pattern that goes back over its steps would take minutes for these.
  for (const bit of [
    '老人',
    '在',
    '老人在',
    '电梯关人',
    '打',
    '从楼',
    '想死你',
    '水往',
    '煤气',
    '人被',
    'a',
    '，',
    ' ',
  ]) {
    found(bit.repeat(60_000 / bit.length));
  }
}, 20_000);
