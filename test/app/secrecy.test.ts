/**
 * What is written of people under seal (of a talk, a difficulty, a person in care, a visit) is read by its readers and found
 * nowhere else: asked of every answer to everybody, of what the bot says, of every log line at the finest level, of the whole
 * database, and of an export of it.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportAll, takeFolder } from '../../scripts/data-move/export.ts';
import { openFolder } from '../../scripts/data-move/place.ts';
import { type DemoName, demo } from '../../scripts/seed/demo.ts';
import { webChannel } from '../../src/chat/index.ts';
import { ROLES } from '../../src/core/ability.ts';
import { digestOf } from '../../src/core/digest.ts';
import type { Log } from '../../src/core/house.ts';
import { addDays, dayOf } from '../../src/core/time.ts';
import { noteInput, openInput, recolourInput } from '../../src/features/care/inputs.ts';
import { correctInput, logInput } from '../../src/features/visits/inputs.ts';
import { quietly } from '../scripts/data-support.ts';
import { operationsOf, type WholeApp, wholeApp } from '../support/app.ts';
import { makeCommunity, makePerson } from '../support/house.ts';

/** What was written, and who may read it by asking (of a talk's record nobody is shown anything unasked). */
const KEEPERS = ['专员', '李敏', '陈建国'];
const WRITTEN = {
  record: { text: '龘靐甲', readers: [] },
  difficulty: { text: '龘靐乙', readers: ['陈建国'] },
  reason: { text: '龘靐丙', readers: KEEPERS },
  note: { text: '龘靐丁', readers: KEEPERS },
  recoloured: { text: '龘靐戊', readers: KEEPERS },
  found: { text: '龘靐己', readers: KEEPERS },
  corrected: { text: '龘靐庚', readers: KEEPERS },
  told: { text: '龘靐辛', readers: KEEPERS },
} as const;
const marks: string[] = Object.values(WRITTEN).map(({ text }) => text);
const foundIn = (text: string): string[] => marks.filter((mark) => text.includes(mark));

const said: string[] = [];
const heard: { to: string; text: string }[] = [];
const note = (...line: unknown[]) =>
  void said.push(
    JSON.stringify(line, (_key, value: unknown) => (value instanceof Error ? String(value.stack) : value)),
  );
const log: Log = { debug: note, info: note, warn: note, error: note };
const channel = webChannel();

let whole: WholeApp;
/** Everybody who is asked, by what they are called; 没登录 is nobody. */
let people: Record<string, string | undefined>;
let ids: Record<'/talks' | '/difficulties' | '/care' | '/visits', string[]>;
const inputs: unknown[] = [];

async function write(who: DemoName, path: string, body: object, status = 200): Promise<{ id: string }> {
  const answer = await fetch(`${whole.address}/api/v1${path}`, {
    method: 'POST',
    headers: {
      ...(await whole.signed(demo.ids[who])),
      'content-type': 'application/json',
      'idempotency-key': `key${path.replaceAll('/', '-')}`,
    },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  expect([path, answer.status, text]).toEqual([path, status, text]);
  return JSON.parse(text) as { id: string };
}

/** The bot comes up behind the API. */
async function say(contact: string, text: string): Promise<void> {
  for (const until = performance.now() + 20_000; ; await new Promise((go) => setTimeout(go, 50))) {
    try {
      return await channel.receive(contact, text);
    } catch (error) {
      if (performance.now() > until) throw error;
    }
  }
}

const rowsOf = async (name: string) =>
  (await whole.app.house.db.collection(name).find().toArray()).map((row) => JSON.stringify(row));

beforeAll(async () => {
  whole = await wholeApp({ log, quotas: false, puppet: { kind: 'web', channel } });
  channel.on(({ to, text }) => void heard.push({ to: JSON.stringify(to), text }));
  const { house } = whole.app;
  const area = `${demo.community}G03`;
  const { community: elsewhere } = await makeCommunity(house, { code: '990001001002' });
  const keeper = await makePerson(house, { area, roles: ['care_keeper'] });
  const neighbour = await makePerson(house, { area: elsewhere, roles: ['secretary', 'care_keeper', 'worker'] });
  const above = await makePerson(house, {
    area,
    roles: (['supervisor', 'admin'] as const).flatMap((role) =>
      ['9900', demo.street].map((of) => ({ role, area: of })),
    ),
  });
  // Roles only add to what one may see: those who have nothing to do with it are one person.
  const others = ROLES.filter((role) => !['secretary', 'care_keeper', 'supervisor', 'admin'].includes(role));
  const besides = await makePerson(house, { area, roles: others });
  people = {
    没登录: undefined,
    旁人: besides._id,
    本人: demo.ids.蒋国强,
    外社区书记: neighbour._id,
    上级和管理员: above._id,
    专员: keeper._id,
    李敏: demo.ids.李敏,
    陈建国: demo.ids.陈建国,
  };

  const today = dayOf(house.clock.now());
  const ward = demo.ids.蒋国强;
  const consent = { by: 'self', at: today } as const;
  const opening = {
    person: ward,
    kind: 'hardship',
    reason: WRITTEN.reason.text,
    consent,
    colour: 'red',
    sentinel: demo.ids.李敏,
  } as const;
  const care = { ...opening, reviewBy: addDays(today, 90) } as const;
  const kept = (await write('陈建国', '/care', care, 201)).id;
  const noted = { text: WRITTEN.note.text };
  const recoloured = { colour: 'yellow', reason: WRITTEN.recoloured.text } as const;
  await write('李敏', `/care/${kept}/note`, noted);
  await write('陈建国', `/care/${kept}/recolour`, recoloured);
  const visit = { persons: [ward], found: WRITTEN.found.text, area };
  const visited = (await write('李敏', '/visits', visit, 201)).id;
  const corrected = { found: WRITTEN.corrected.text, reason: '写错了' };
  await write('李敏', `/visits/${visited}/correct`, corrected);
  await write('郑海燕', `/visits/${visited}/check`, { agreed: false, words: '请说明' });
  const difficulties = [{ kind: 'health', text: WRITTEN.difficulty.text }];
  const talk = { worker: demo.ids.李敏, day: today, topics: ['work'], record: WRITTEN.record.text, difficulties };
  const talked = (await write('陈建国', '/talks/held', talk)).id;
  await say(demo.ids.李敏, `今天走访了2户，都正常，${WRITTEN.told.text}`);
  await say(demo.ids.李敏, '确认');
  inputs.push(openInput.parse(care), noteInput.parse(noted), recolourInput.parse(recoloured));
  inputs.push(logInput.parse(visit), correctInput.parse(corrected));
  await whole.app.push.drain();
  const idsOf = async (name: string) =>
    (await house.db.collection(name).find().project({ _id: 1 }).toArray()).map(({ _id }) => String(_id));
  ids = {
    '/talks': [talked],
    '/difficulties': await idsOf('difficulty'),
    '/care': [kept],
    '/visits': await idsOf('visit'),
  };
  expect(ids['/visits']).toHaveLength(2);
}, 60_000);
afterAll(() => whole.close());

/** Every address that can be read, an id wherever one goes, and the lists of others. */
function addresses(document: unknown): string[] {
  const ward = demo.ids.蒋国强;
  const reading = operationsOf(document).filter(
    ({ method, path }) => method === 'GET' && !/live|events|stream/u.test(path),
  );
  const plain = reading.flatMap(({ path }) => {
    if (!path.includes('{')) return [path];
    const own = Object.entries(ids).find(([prefix]) => path.startsWith(prefix))?.[1];
    const named = path.startsWith('/areas')
      ? [demo.community]
      : path.startsWith('/people')
        ? [ward, demo.ids.李敏]
        : undefined;
    return (own ?? named ?? [ids['/visits'][0] ?? '']).map((id) => path.replaceAll(/\{\w+\}/gu, id));
  });
  const lists = [
    '/visits',
    '/care',
    '/care/counts',
    '/care/load',
    '/talks',
    '/talks/due',
    '/talks/counts',
    '/difficulties',
    '/difficulties/counts',
  ];
  return [
    ...plain,
    ...lists.map((path) => `${path}?area=${demo.community}`),
    ...[
      `/visits?person=${ward}`,
      '/care?mine=true',
      `/care?person=${ward}`,
      '/difficulties?mine=true',
      '/talks?mine=true',
    ],
  ];
}

it('is shown to its readers and to nobody else, whatever they ask for', async () => {
  const paths = addresses(await (await fetch(`${whole.address}/api/openapi.json`)).json());
  const readers = new Map(marks.map((mark) => [mark, new Set<string>()]));
  for (const [name, id] of Object.entries(people)) {
    const headers = id === undefined ? {} : await whole.signed(id);
    const asked = [...paths.map((path) => `/api/v1${path}`), '/metrics', '/readyz'].map(async (path) => {
      const answer = await fetch(`${whole.address}${path}`, { headers, signal: AbortSignal.timeout(20_000) });
      for (const mark of foundIn(await answer.text())) readers.get(mark)?.add(name);
    });
    await Promise.all(asked);
  }
  const sorted = (names: Iterable<string>) => [...names].sort();
  expect(Object.fromEntries([...readers].map(([mark, names]) => [mark, sorted(names)]))).toEqual(
    Object.fromEntries(Object.values(WRITTEN).map(({ text, readers: own }) => [text, sorted(own)])),
  );
});

it('a record is opened by the two who talked', async () => {
  const opened: string[] = [];
  for (const [name, id] of Object.entries(people)) {
    const { status, body } = await whole.ask(id, 'POST', `/talks/${ids['/talks'][0]}/read`);
    if (JSON.stringify(body).includes(WRITTEN.record.text)) opened.push(name);
    else expect([401, 403, 404]).toContain(status);
  }
  expect(opened.sort()).toEqual(['李敏', '陈建国']);
});

it('is in no log line, and the bot says it to none but who wrote it', () => {
  expect(said.flatMap(foundIn)).toEqual([]);
  expect(heard.length).toBeGreaterThan(1);
  expect(heard.filter(({ to, text }) => !to.includes(demo.ids.李敏) && foundIn(text).length > 0)).toEqual([]);
});

it('is in no row of the database, and no digest of it can be guessed', async () => {
  const names = ((await whole.app.house.db.db?.listCollections().toArray()) ?? []).map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['talk', 'visit', 'care', 'difficulty', 'notices', 'deliveries', 'idempotency']),
  );
  // Whoever has the database knows all of an input but the words, and tries those.
  const guesses = inputs.map(digestOf);
  for (const name of names) {
    const rows = await rowsOf(name);
    expect([name, rows.flatMap(foundIn)]).toEqual([name, []]);
    expect([name, guesses.filter((guess) => rows.some((row) => row.includes(guess)))]).toEqual([name, []]);
  }
});

it('is in no file of an export', async () => {
  const { db, settings } = whole.app.house;
  // What has nothing to do with it would only take its time.
  const kept = ['people', 'idempotency', 'notices', 'deliveries', 'chat_messages', 'chat_dialogues', 'chat_said'];
  const all = ((await db.db?.listCollections().toArray()) ?? []).map(({ name }) => name);
  const rest = all.filter((name) => ![...kept, 'talk', 'difficulty', 'care', 'visit', 'audits'].includes(name));
  for (const name of rest) await db.dropCollection(name);
  const { folder } = settings;
  await whole.app.stop(500);
  const store = await openFolder(join(folder, 'store'), false);
  const out = join(folder, 'out');
  await exportAll(store, out, await takeFolder(out, store.name), quietly(), { madeAt: new Date(), only: undefined });
  await store.close();
  const files = (await readdir(out, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
  const texts = await Promise.all(files.map((one) => readFile(join(one.parentPath, one.name), 'utf8')));
  expect(texts.join('')).toContain('蒋国强');
  expect(texts.flatMap(foundIn)).toEqual([]);
});
