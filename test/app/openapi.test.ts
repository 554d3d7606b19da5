import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filled, type Operation, operationsOf, type WholeApp, wholeApp } from '../support/app.ts';

/** All that may be asked without a token; a route that joins it by mistake is found here. */
const OPEN = [
  'GET /areas',
  'GET /areas/{code}',
  'GET /areas/{code}/boundaries',
  'GET /areas/{code}/boundary',
  'GET /areas/{code}/children',
  'GET /areas/{code}/duty-phone',
  'GET /areas/{code}/incident-targets',
  'GET /areas/{code}/office-hours',
  'GET /certificates',
  'GET /demo/people',
  'GET /public/topics/{id}',
  'GET /wishes/wall',
  'POST /demo/clock',
  'POST /session/demo',
  'POST /session/wechat',
];

let whole: WholeApp;
let document: unknown;
let operations: Operation[];

beforeAll(async () => {
  whole = await wholeApp({ onDemoClock: () => undefined });
  document = await (await fetch(`${whole.address}/api/openapi.json`)).json();
  operations = operationsOf(document);
});
afterAll(() => whole.close());

const nameOf = ({ method, path }: { method: string; path: string }) => `${method.toUpperCase()} ${path}`;

describe('the document of the API', () => {
  it('is OpenAPI 3.1 and names every route of every feature and of the push', () => {
    expect(document).toMatchObject({ openapi: '3.1.0' });
    const documented = new Set(operations.map(nameOf));
    const { features, push } = whole.app;
    const routes = [...features.flatMap((feature) => [...feature.routes]), ...push.routes];
    expect(routes.map(nameOf).filter((name) => !documented.has(name))).toEqual([]);
    expect(routes.length).toBeGreaterThan(40);
  });

  it('names no route that is not there', async () => {
    const granny = whole.ids.王秀英;
    const missing: string[] = [];
    for (const { method, path } of operations) {
      const answer = await fetch(`${whole.address}/api/v1${filled(path, 'a'.repeat(24))}`, {
        method: 'OPTIONS',
        headers: await whole.signed(granny),
      });
      if (!answer.headers.get('allow')?.split(', ').includes(method)) missing.push(`${method} ${path}`);
    }
    expect(missing).toEqual([]);
  });
});

describe('without a token', () => {
  it('only what is meant for everybody is open', () => {
    expect(
      operations
        .filter(({ signed }) => !signed)
        .map(nameOf)
        .sort(),
    ).toEqual(OPEN);
  });

  it('every other route refuses, whoever the token pretends to be of', async () => {
    const letIn: string[] = [];
    let asked = 0;
    for (const operation of operations.filter((one) => !OPEN.includes(nameOf(one)))) {
      for (const authorization of [undefined, 'Bearer', 'Bearer a.b.c', 'Basic d2FuZzp3YW5n']) {
        const answer = await fetch(`${whole.address}/api/v1${filled(operation.path, 'a'.repeat(24))}`, {
          method: operation.method,
          headers: authorization === undefined ? {} : { authorization },
        });
        asked += 1;
        const { code } = (await answer.json()) as { code?: string };
        if (answer.status !== 401) letIn.push(`${nameOf(operation)} with ${authorization}: ${answer.status} ${code}`);
      }
    }
    expect(letIn).toEqual([]);
    console.log(`${operations.length} operations, ${operations.length - OPEN.length} need a token, ${asked} refusals`);
  });
});

it('every reminder has names of its own, by which it alone is meant when somebody wants no more of it', () => {
  const names = (whole.app.house.reminders ?? []).flatMap(({ name, title, called }) =>
    [title, ...called].map((one) => ({ name, one })),
  );
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter(({ one }, at) => names.findIndex((other) => other.one === one) < at)).toEqual([]);
  expect(names.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['wish.doneSoon', 'topic.tomorrow', 'ballot.reminder', 'duties.monday', 'talk.left']),
  );
});
