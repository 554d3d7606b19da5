import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Incoming } from '../../src/chat/index.ts';
import { chatWorld, type World } from './world.ts';

/** Set HAOLIN_FUZZ to try more; the acceptance run takes 100,000. */
const MESSAGES = Number(process.env.HAOLIN_FUZZ ?? 3_000);
const SEED = Number(process.env.HAOLIN_SEED ?? 20_260_309);
const PORTION = 1_000;
const AT_ONCE = 16;

let world: World;
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown) => void unhandled.push(reason);
beforeAll(async () => {
  process.on('unhandledRejection', onUnhandled);
  world = await chatWorld();
  await world.bindGroup('yard', '小邻');
}, 60_000);
afterAll(async () => {
  process.off('unhandledRejection', onUnhandled);
  await world.close();
});

const words = fc.constantFrom(
  '想要',
  '一个电饭煲',
  '认领',
  '3号',
  '确认',
  '取消',
  '1',
  '第一个',
  '上一个',
  '不是这个',
  '满意',
  '延到',
  '下周五',
  '转人工',
  '发布',
  '不予受理',
  '已联系',
  '回复1号',
  '办好了',
  '退回',
  '撤回',
  '我妈',
  '\u2005',
  '@好邻 ',
  '[微笑]',
  '<img class="emoji">',
  '<br/>',
  '$where',
  '__proto__',
  '{"$gt":""}',
  '\u0000',
  '\ud83d',
  '\u202e',
  '第',
  '号',
  '９',
  '#',
  '，',
);
const text = fc.oneof(
  { weight: 4, arbitrary: fc.array(words, { maxLength: 8 }).map((parts) => parts.join('')) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 200 }) },
  {
    weight: 1,
    arbitrary: fc.string({
      unit: fc.integer({ min: 0, max: 0x1f }).map((code) => String.fromCharCode(code)),
      maxLength: 50,
    }),
  },
);
const long = fc.tuple(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), fc.constantFrom(10_000, 1_000_000));
const message = fc.record({
  contact: fc.constantFrom('granny', 'daughter', 'li', 'zhao', 'chen', 'stranger', '', '$weird.id\u0000', '__proto__'),
  room: fc.option(fc.constantFrom('yard', 'elsewhere', 'constructor'), { nil: undefined, freq: 3 }),
  kind: fc.constantFrom<Incoming['kind']>(
    'text',
    'text',
    'text',
    'text',
    'text',
    'picture',
    'voice',
    'other',
    'notice',
  ),
  text: fc.oneof(
    { weight: 60, arbitrary: text },
    {
      weight: 1,
      arbitrary: long.map(([seed, length]) => seed.repeat(Math.ceil(length / seed.length)).slice(0, length)),
    },
  ),
  mentioned: fc.boolean(),
  self: fc.integer({ min: 0, max: 30 }).map((n) => n === 0),
  age: fc.constantFrom(0, 0, 0, 1_000, 86_400_000, -86_400_000),
});

it(`takes ${MESSAGES} arbitrary messages without a crash, an error or an unanswered person`, async () => {
  let inPrivate = 0;
  // In portions: a hundred thousand texts, some of a megabyte, need not be there at once.
  for (let from = 0; from < MESSAGES; from += PORTION) {
    const portion = fc.sample(message, { numRuns: Math.min(PORTION, MESSAGES - from), seed: SEED + from });
    // Nobody in private goes without an answer: only own lines and the channel's are passed over.
    inPrivate += portion.filter(
      (one) => one.room === undefined && one.contact !== '' && !one.self && one.kind !== 'notice',
    ).length;
    let next = 0;
    const take = async () => {
      for (let index = next++; index < portion.length; index = next++) {
        const { age = 0, room, ...rest } = portion[index] ?? {};
        const at = new Date(world.clock.now().getTime() - age);
        const where = room === undefined ? {} : { room };
        await world.chat.handle({ ...(rest as Incoming), ...where, id: `fuzz-${from + index}`, at });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, take));
  }

  expect(unhandled).toEqual([]);
  expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
  const rows = world.house.db.collection('chat_messages');
  expect(await rows.countDocuments({ state: { $ne: 'answered' } })).toBe(0);
  const answers = world.said.filter((one) => 'contact' in one.to).length;
  expect(answers).toBeGreaterThanOrEqual(inPrivate);
  for (const { text: said } of world.said) expect(said.trim()).not.toBe('');
}, 1_800_000);
