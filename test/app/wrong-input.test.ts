/** Every operation is sent what cannot be right, field by field: whoever fills in a form reads what to do in plain Chinese. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { filled, type Operation, operationsOf, type WholeApp, wholeApp } from '../support/app.ts';
import { shaped } from '../support/bodies.ts';

/** What a grandmother has no use for: letters of programs, marks of patterns, words of validators. */
const OF_PROGRAMS = /[A-Za-z]|[\\^$*+?[\]{}|<>=_]|期望|接收|键|校验|模式|字符串|字段|无效输入|这一项/u;

interface Problem {
  detail: string;
  code: string;
  fields?: { path: string; problem: string }[];
  errors?: { path: string; code: string }[];
}

interface Sent {
  operation: Operation;
  address: string;
  body?: unknown;
}

let whole: WholeApp;
let operations: Operation[];

beforeAll(async () => {
  whole = await wholeApp();
  // Sent to these there would be nobody left to send the rest.
  operations = operationsOf(whole.app.http.openapi()).filter(({ path }) => path !== '/session');
}, 60_000);
afterAll(() => whole.close());

/** One right value of a schema. */
const right = (schema: unknown): unknown => fc.sample(shaped(schema, ['a'.repeat(24)]), { numRuns: 1, seed: 7 })[0];

const WRONG: readonly unknown[] = [
  null,
  '',
  ' ',
  'abc',
  'x'.repeat(3_000),
  '好'.repeat(3_000),
  '2026-02-30',
  -1,
  0.123456,
  1e9,
  Number.MAX_SAFE_INTEGER + 2,
  true,
  [],
  [7, 'x'],
  Array.from({ length: 200 }, () => 'a'.repeat(24)),
  {},
  { a: 1 },
];

interface Shape {
  type?: string;
  anyOf?: Shape[];
  properties?: Record<string, Shape>;
  required?: string[];
}

/** Every body with one field bent, at any depth; what is around it is right. */
function bent(schema: Shape): unknown[] {
  if (schema.anyOf) return [...WRONG, ...schema.anyOf.flatMap((one) => bent(one))];
  if (!schema.properties) return [...WRONG];
  const whole = Object.fromEntries(Object.entries(schema.properties).map(([name, one]) => [name, right(one)]));
  const bodies: unknown[] = [...WRONG, { ...whole, stranger: 1, 'another one': 'x' }];
  for (const [name, one] of Object.entries(schema.properties)) {
    const { [name]: _gone, ...rest } = whole;
    bodies.push(rest, ...bent(one).map((value) => ({ ...rest, [name]: value })));
  }
  return bodies;
}

/** All that is sent to one operation. */
function* sendings(operation: Operation): Generator<Sent> {
  const address = filled(operation.path, 'a'.repeat(24));
  for (const value of ['x', '%20', '-1', '9'.repeat(400), 'x'.repeat(400), '%E5%A5%BD']) {
    if (operation.path.includes('{')) yield { operation, address: operation.path.replace(/\{\w+\}/gu, value) };
  }
  yield { operation, address };
  for (const name of operation.query) {
    for (const value of ['', 'abc', '-1', '0.5', '1e9', 'x'.repeat(2_000), `1&${name}=2`]) {
      yield { operation, address: `${address}?${name}=${value}` };
    }
  }
  if (operation.body) for (const body of bent(operation.body as Shape)) yield { operation, address, body };
}

it('whatever is wrong with an input is said in a sentence of plain Chinese, and to programs by path and code', async () => {
  const bad = new Set<string>();
  const seen = new Map<string, number>();
  // Each in turn, so that nobody comes to the end of what one may ask in an hour.
  const people = Object.values(whole.ids);
  let asked = 0;
  for (const operation of operations) {
    for (const { address, body } of sendings(operation)) {
      const answer = await whole
        .ask(people[asked % people.length], operation.method, address, body)
        .catch(() => undefined);
      asked += 1;
      if (!answer || answer.status < 400) continue;
      const { detail, code, fields = [], errors = [] } = answer.body as Problem;
      const name = `${operation.method} ${operation.path} ${code}`;
      for (const sentence of [detail, ...fields.map(({ problem }) => problem)]) {
        if (!/\p{Script=Han}/u.test(sentence) || OF_PROGRAMS.test(sentence)) bad.add(`${name}: ${sentence}`);
      }
      if (answer.status === 429) bad.add(name);
      if (code !== 'invalid_input') continue;
      if (errors.length === 0 || errors.some((one) => !/^[a-z_]+$/u.test(one.code))) bad.add(`${name}: no codes`);
      if (errors.map(({ path }) => path).join() !== fields.map(({ path }) => path).join()) bad.add(`${name}: paths`);
      for (const one of errors) seen.set(one.code, (seen.get(one.code) ?? 0) + 1);
    }
  }
  expect([...bad].sort()).toEqual([]);
  expect(whole.errors).toEqual([]);
  console.log(
    `${operations.length} operations, ${asked} requests; what was wrong: ${[...seen].map((one) => one.join(' ')).join(', ')}`,
  );
  // Otherwise they were all refused at the door.
  expect(asked).toBeGreaterThan(1_000);
  expect(seen.size).toBeGreaterThan(7);
}, 120_000);
