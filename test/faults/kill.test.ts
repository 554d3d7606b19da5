/** `HAOLIN_KILLS` says how often the house is killed: 50 times, 5 in CI. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atCivil } from '../../src/core/time.ts';
import { bundled, type Child, start } from './child.ts';
import { Load } from './load.ts';

const KILLS = Number(process.env.HAOLIN_KILLS ?? (process.env.CI ? 5 : 50));
/** Sends at once through the channel; so many may be cut off by one kill. */
const HANDS = 4;
// Neighbours without a sentinel: their wishes may be claimed at once.
const AUTHORS = ['孙桂芳', '马德福', '安国华', '吴永贵', '刘洋', '黄丽娟', '田小军', '许静'];

interface StoredWish {
  _id: string;
  version: number;
  number: number;
  requester: { name: string };
  history: { version: number; move: string; key?: string }[];
  outbox: unknown[];
}
interface StoredDelivery {
  _id: string;
  message: string;
  state: string;
  channel: string;
  lastError?: string;
  /** It held no longer when its turn came: the wish was published before the secretary heard that it waits. */
  passedAt?: string;
}
interface Report {
  wishes: StoredWish[];
  deliveries: StoredDelivery[];
}

let folder: string;
let script: string;
let port = 0;
let child: Child | undefined;
let standby: Child | undefined;
// A Monday morning, on a clock that goes on through all restarts.
const shift = atCivil('2026-03-09', 9).getTime() - Date.now();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haolin-kill-'));
  script = await bundled('house.child.ts');
});
afterAll(async () => {
  await child?.kill();
  await standby?.kill();
  await rm(folder, { recursive: true, force: true });
});

function load(): Child {
  return start(script, {
    DATA_DIR: folder,
    DEMO: 'true',
    // It is the embedded store that is killed, whatever the environment offers.
    MONGODB_URI: '',
    REDIS_URL: '',
    PORT: '0',
    LOG_LEVEL: 'fatal',
    REQUESTS_PER_MINUTE: '1000000',
    // An evening's list would come hours after the last kill.
    SINGLES_A_DAY: '1000000',
    FAULT_SENT: join(folder, 'sent.log'),
    FAULT_SHIFT: String(shift),
  });
}

/** Opens the house again on the same folder. The next process loads its programs meanwhile. */
async function restart(): Promise<void> {
  const opened = standby ?? load();
  standby = undefined;
  child = opened;
  expect(await opened.line()).toBe('loaded');
  const [word, number] = (await opened.ask('open')).split(' ');
  expect(word).toBe('ready');
  port = Number(number);
  standby = load();
}

/** Whom each version of a wish told what, `move → message:person`, as its deliveries say. */
function tellings(report: Report): Map<string, Map<string, string[]>> {
  const byVersion = new Map<string, string[]>();
  for (const { _id, message } of report.deliveries) {
    const [, wish = '', version = '', to = ''] = _id.split(':');
    const key = `${wish}:${version}`;
    byVersion.set(key, [...(byVersion.get(key) ?? []), `${message}:${to}`]);
  }
  return new Map(
    report.wishes.map(({ _id, history }) => [
      _id,
      new Map(history.map(({ move, version }) => [move, (byVersion.get(`${_id}:${version}`) ?? []).sort()])),
    ]),
  );
}

function everyMoveIsThere({ wishes }: Report, { acknowledged, asked }: Load): void {
  const byId = new Map(wishes.map((wish) => [wish._id, wish]));
  const lost = acknowledged.filter(
    ({ wish, move, key }) => !byId.get(wish)?.history.some((entry) => entry.move === move && entry.key === key),
  );
  expect(lost).toEqual([]);
  for (const { history, version, outbox } of wishes) {
    expect(history.map((entry) => entry.version)).toEqual(history.map((_, n) => n + 1));
    expect(history).toHaveLength(version);
    expect(history.map(({ move }) => move)).toEqual(['submit', 'publish', 'claim'].slice(0, version));
    expect(outbox).toEqual([]);
  }
  // A request asked again after a kill is the same request: as many wishes as keys, and no number twice.
  const keys = wishes.map(({ history }) => history[0]?.key ?? '');
  expect(keys.filter((key) => !asked.has(key))).toEqual([]);
  expect(new Set(keys).size).toBe(wishes.length);
  expect(new Set(wishes.map(({ number }) => number)).size).toBe(wishes.length);
}

/** Every move told exactly those whom the same move of the same neighbour told while nothing was killed. */
function everyMessageIsThere(report: Report, undisturbed: Map<string, string>): void {
  const told = tellings(report);
  const wrong = report.wishes.flatMap((wish) => {
    const like = told.get(undisturbed.get(wish.requester.name) ?? '');
    return [...(told.get(wish._id) ?? [])]
      .filter(([move, to]) => to.length === 0 || JSON.stringify(to) !== JSON.stringify(like?.get(move)))
      .map(([move, to]) => `${move} of ${wish._id} told ${to}, not ${like?.get(move)}`);
  });
  expect(wrong).toEqual([]);
}

/** The channel had each key at most once; all it had not held no longer, or were under way when the house was killed. */
function noneIsSentTwice({ deliveries }: Report, sent: readonly string[]): number {
  expect(new Set(sent).size).toBe(sent.length);
  const known = new Set(deliveries.map(({ _id }) => _id));
  expect(sent.filter((key) => !known.has(key))).toEqual([]);
  expect(deliveries.filter(({ state }) => state !== 'sent')).toEqual([]);
  const had = new Set(sent);
  expect(deliveries.filter(({ _id, channel }) => channel === 'wechaty' && !had.has(_id))).toEqual([]);
  const cutOff = deliveries.filter(({ channel, passedAt }) => channel !== 'wechaty' && passedAt === undefined);
  for (const { lastError } of cutOff) expect(lastError).toMatch(/^unfinished attempt/);
  expect(cutOff.length).toBeLessThanOrEqual(KILLS * HANDS);
  return cutOff.length;
}

describe(`a house killed ${KILLS} times under load`, () => {
  it('loses no acknowledged move, loses no message and delivers none twice', async () => {
    const began = performance.now();
    await restart();
    const people = new Load(() => `http://127.0.0.1:${port}/api/v1`);
    await people.signIn(AUTHORS);
    const undisturbed = new Map<string, string>();
    for (const name of AUTHORS) undisturbed.set(name, (await people.wish(name, true)) ?? '');

    const working = AUTHORS.flatMap((name, n) => [people.person(name, n % 4 === 0), people.person(name, false)]);
    for (let kills = 0; kills < KILLS; kills += 1) {
      await wait(50 + Math.random() * 600);
      await child?.kill();
      await restart();
    }
    await wait(500);
    people.running = false;
    await Promise.all(working);

    const report = JSON.parse((await child?.ask('report')) ?? '') as Report;
    expect(people.surprises).toEqual([]);
    everyMoveIsThere(report, people);
    everyMessageIsThere(report, undisturbed);
    const log = join(folder, 'sent.log');
    const sent = existsSync(log) ? (await readFile(log, 'utf8')).trim().split('\n') : [];
    const cutOff = noneIsSentTwice(report, sent);

    console.log(
      `${KILLS} kills in ${Math.round((performance.now() - began) / 1_000)} s: ` +
        `${people.acknowledged.length} acknowledged moves, ${people.cutOff} requests cut off, ${report.wishes.length} wishes, ` +
        `${report.deliveries.length} deliveries, ${sent.length} sent, ${cutOff} left in the inbox by a kill in the middle`,
    );
    expect(people.acknowledged.length).toBeGreaterThan(KILLS);
    expect(sent.length).toBeGreaterThan(KILLS);
    expect(people.cutOff).toBeGreaterThan(0);
  }, 400_000);
});
