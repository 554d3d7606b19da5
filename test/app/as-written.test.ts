/** What people write is stored as they wrote it, through every move of every feature. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type WholeApp, wholeApp } from '../support/app.ts';

let whole: WholeApp;
beforeAll(async () => {
  whole = await wholeApp();
}, 60_000);
afterAll(() => whole.close());

interface Shape {
  type?: string;
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  maxLength?: number;
  properties?: Record<string, Shape>;
  items?: Shape;
  minItems?: number;
  minimum?: number;
}

/** Marks, lines, drawn-out letters and pictographs that understanding does away with. */
const LONG = 'http://a.cn//b！！！\n  第二行：好好好好好好，１３栋，一家👨‍👩‍👧‍👦都谢谢[急]……';
const SHORT = '１栋//好好好好！！👨‍👩‍👧‍👦';

/** Every free text of a form with what was put into it and what became of it. */
function* textsIn(
  { properties = {} }: Shape,
  taken: unknown,
  path: string,
): Generator<[path: string, before: string, after: unknown]> {
  for (const [name, shape] of Object.entries(properties)) {
    const value = (taken as Record<string, unknown>)?.[name];
    if (isText(shape)) yield [`${path}.${name}`, wordsFor(shape), value];
    else yield* textsIn(shape, value, `${path}.${name}`);
  }
}

const isText = ({ type, format, pattern, enum: among }: Shape) => type === 'string' && !format && !pattern && !among;
const wordsFor = ({ maxLength = 500 }: Shape) => (maxLength >= LONG.length ? LONG : SHORT);

const DAYS: Record<string, string> = { date: '2026-12-01', 'date-time': '2026-12-01T08:00:00Z' };

/** What is right for the patterns there are: an id, an hour. */
const PATTERNED = ['a'.repeat(24), '10:00'];

/** What a form is filled in with: the texts as above, and nothing that may be left away. */
function filledIn(shape: Shape & { required?: string[] }): unknown {
  const {
    type,
    properties = {},
    required = [],
    enum: among,
    pattern,
    format,
    items,
    minItems = 0,
    minimum = 0,
  } = shape;
  if (shape.const !== undefined) return shape.const;
  if (among) return among[0];
  if (pattern) return format ? DAYS[format] : PATTERNED.find((one) => new RegExp(pattern, 'u').test(one));
  if (type === 'string') return wordsFor(shape);
  if (type === 'integer' || type === 'number') return Math.max(2, minimum);
  if (type === 'object') {
    const wanted = Object.entries(properties).filter(([name, one]) => required.includes(name) || one.type !== 'array');
    return Object.fromEntries(wanted.map(([name, one]) => [name, filledIn(one)]));
  }
  if (items) return Array.from({ length: minItems }, () => filledIn(items));
  return type === 'boolean' ? false : [];
}

it('no form of a lifecycle changes what was written in it', () => {
  const changed: string[] = [];
  let seen = 0;
  for (const { name, start, moves } of whole.app.features.flatMap(({ lifecycles }) => lifecycles)) {
    for (const [move, { by, input }] of [...Object.entries(start), ...Object.entries(moves)]) {
      if (by === 'system') continue;
      const shape = z.toJSONSchema(input, { io: 'input' }) as Shape;
      const taken = input.parse(filledIn(shape));
      for (const [path, before, after] of textsIn(shape, taken, `${name} ${move}`)) {
        seen += 1;
        // What has one line only has its lines joined.
        const joined = before.replace(/\s*\n\s*/gu, ' ');
        if (after !== before && after !== joined) changed.push(`${path}: ${before} → ${String(after)}`);
      }
    }
  }
  expect(changed).toEqual([]);
  expect(seen).toBeGreaterThan(20);
});

it('a wish comes back as it was sent, and one that is too long is refused and not shortened', async () => {
  const granny = whole.ids.王秀英;
  const wish = await whole.ask(granny, 'POST', '/wishes', { text: LONG, category: 'goods' });
  expect(wish).toMatchObject({ status: 201, body: { text: LONG } });
  const { id } = wish.body as { id: string };
  expect(await whole.ask(whole.ids.陈建国, 'POST', `/wishes/${id}/publish`, {})).toMatchObject({ status: 200 });
  // The wall loses what is personal and nothing else.
  expect(await whole.ask(whole.ids.刘洋, 'GET', `/wishes/${id}`)).toMatchObject({
    body: { view: 'public', text: expect.stringContaining('http://a.cn//b！！！\n  第二行：好好好好好好') },
  });
  expect(await whole.ask(granny, 'POST', '/wishes', { text: '字'.repeat(500), category: 'goods' })).toMatchObject({
    status: 201,
    body: { text: '字'.repeat(500), title: `${'字'.repeat(19)}…` },
  });
  expect(await whole.ask(granny, 'POST', '/wishes', { text: '字'.repeat(501), category: 'goods' })).toMatchObject({
    status: 400,
    body: { detail: '心愿内容太长了，最多写500个字。' },
  });
  const family = '👨‍👩‍👧‍👦'.repeat(25);
  expect(await whole.ask(granny, 'POST', '/wishes', { text: family, category: 'goods' })).toMatchObject({
    status: 201,
    body: { title: `${'👨‍👩‍👧‍👦'.repeat(19)}…` },
  });
});
