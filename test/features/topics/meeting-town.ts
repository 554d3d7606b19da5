/** A community that meets over a topic: a house with its API, households, somebody who leads, and topics written down as they stand. */
import type { Aggregate } from '../../../src/core/lifecycle.ts';
import { DAY, HOUR } from '../../../src/core/time.ts';
import { areas } from '../../../src/features/areas/index.ts';
import { ballots } from '../../../src/features/ballots/index.ts';
import { type Person, people } from '../../../src/features/people/index.ts';
import { type TopicDoc, topics } from '../../../src/features/topics/index.ts';
import { createHttp } from '../../../src/http/index.ts';
import { makeCommunity, makePerson, type TestHouse, testHouse } from '../../support/house.ts';

export const CODE = '482913';

export interface Told {
  status: number;
  // The tests say what they expect to be in it.
  body: Record<string, unknown>;
  bytes: Buffer;
  headers: Headers;
}

export interface Town extends TestHouse {
  community: string;
  grid: string;
  /** Of six households, two people in the first; nobody of the last is grown up. */
  neighbours: Person[];
  facilitator: Person;
  secretary: Person;
  worker: Person;
  stranger: Person;
  ask(as: Person | undefined, method: string, path: string, body?: unknown, key?: string): Promise<Told>;
  /** Opens a page as anybody's browser does. */
  open(path: string, init?: RequestInit): Promise<{ status: number; text: string; headers: Headers }>;
  /** Writes a topic down as it stands. */
  topic(fields?: Partial<TopicDoc>): Promise<TopicDoc>;
  /** Changes what is written down; what is undefined is taken out. */
  change(topic: TopicDoc, fields: { [K in keyof TopicDoc]?: TopicDoc[K] | undefined }): Promise<void>;
}

/** The sitting a topic holds. */
export function meetingOf({ meeting }: TopicDoc): NonNullable<TopicDoc['meeting']> {
  if (!meeting) throw new Error('no meeting');
  return meeting;
}

/** What becomes of a topic's sitting when it ends. */
export const ended = (topic: TopicDoc) => ({
  meeting: undefined,
  meetings: [{ ...meetingOf(topic), endedAt: meetingOf(topic).endsAt }],
});

/** A topic that is being talked over at a moment. */
export const topicAt = (
  { community, areas: codes }: { community: string; areas: string[] },
  now: Date,
  fields: Partial<TopicDoc> & Pick<TopicDoc, '_id' | 'number' | 'proposer'>,
): TopicDoc => ({
  state: 'discussing',
  version: 3,
  areas: codes,
  history: [],
  outbox: [],
  createdAt: new Date(now.getTime() - 9 * DAY),
  updatedAt: now,
  community,
  place: '幸福里社区 · 第1网格',
  title: '装路灯，电话13812345678',
  text: '巷子太黑，装两盏路灯。电话13812345678',
  posted: { title: '装路灯，电话（号码略）', text: '巷子太黑，装两盏路灯。电话（号码略）' },
  supporters: [],
  terms: { seconds: 3 },
  meeting: {
    session: 1,
    venue: { id: 'a'.repeat(24), name: '说事小院', address: '天马巷1号' },
    booking: 'b'.repeat(24),
    startsAt: now,
    endsAt: new Date(now.getTime() + 2 * HOUR),
    agenda: ['装在哪里', '钱从哪里来'],
    pack: 'residents-meeting',
    changes: 0,
    announcedAt: now,
    begunAt: now,
    code: CODE,
  },
  ...fields,
});

export const someone = { id: 'd'.repeat(24), name: '安国华' };
const at = new Date('2026-03-09T02:00:00Z');
export const publicity = { from: at, until: new Date('2026-03-14T16:00:00Z') };

/** A topic that has been through everything. */
export const decided = (words = ''): Partial<TopicDoc> => ({
  state: 'publicised',
  votes: [
    {
      ballot: 'c'.repeat(24),
      question: '装不装？',
      packTitle: '居民会议表决',
      secrecy: 'open',
      opensAt: at,
      closesAt: at,
    },
  ],
  outcome: 'passed',
  arithmetic: ['应到5户，到会3户，超过一半（至少3户），可以开会。', '同意3户，反对0户，弃权0户。', '结果：通过。'],
  resolution: `在转角装两盏路灯${words}`,
  publicity,
  objections: [
    {
      id: 'o1',
      by: someone,
      at,
      text: '晃眼',
      posted: `灯太亮${words}`,
      standing: 'visible',
      answer: { text: `换暖光${words}`, upheld: false, by: someone, at },
    },
  ],
  items: [
    { id: 'i1', text: `买灯${words}`, owner: someone, by: someone, deadline: '2026-04-01', done: { at, note: '买了' } },
    { id: 'i2', text: '装灯', owner: someone, by: someone, deadline: '2026-05-01' },
  ],
  reviews: [4, 5, 5].map((score, n) => ({ by: String(n), score, at })),
});

/** A topic's meeting was announced to all who live there. */
export const announced = (): TopicDoc['history'] => [
  {
    by: { id: 'system', name: '系统', channel: 'system' },
    at: new Date('2026-03-01T02:00:00Z'),
    move: 'schedule',
    from: 'accepted',
    to: 'scheduled',
    version: 2,
    digest: '',
  } as unknown as TopicDoc['history'][number],
];

let topicsMade = 0;

export async function meetingTown(options: { quotas?: boolean } = {}): Promise<Town> {
  const features = [areas, people, ballots, topics];
  const test = await testHouse(features, options);
  const { house } = test;
  const { community, grids, areas: codes } = await makeCommunity(house);
  const elsewhere = await makeCommunity(house);
  const [grid = ''] = grids;
  const neighbours: Person[] = [];
  for (const household of ['1-1-2', '1-1-2', '1-1-10', '2-1-1', '2-1-2', '2-1-3']) {
    neighbours.push(await makePerson(house, { area: grid, household, name: `邻居${neighbours.length}` }));
  }
  await makePerson(house, { area: grid, household: '9-9-9', birthYear: 2015 });
  const [facilitator, secretary, worker] = await Promise.all(
    (['facilitator', 'secretary', 'worker'] as const).map((role) =>
      makePerson(house, {
        area: community,
        roles: [role],
        name: { facilitator: '石满仓', secretary: '陈建国', worker: '李敏' }[role],
      }),
    ),
  );
  const stranger = await makePerson(house, { area: elsewhere.community, roles: ['secretary', 'resident'] });
  if (!facilitator || !secretary || !worker) throw new Error('nobody leads');
  const http = createHttp({
    house,
    routes: features.flatMap(({ routes }) => [...routes]),
    publicPages: features.flatMap(({ pages }) => [...(pages ?? [])]),
    tokenSecret: Buffer.alloc(32, 9),
    requestsPerMinute: 100_000,
  });
  const { port } = await http.listen(0, '127.0.0.1');
  const rows = () => house.model<Aggregate>('topic').collection;
  return {
    ...test,
    community,
    grid,
    neighbours,
    facilitator,
    secretary,
    worker,
    stranger,
    async ask(as, method, path, body, key) {
      const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
        method,
        headers: {
          ...(as && { authorization: `Bearer ${await http.issueToken(as._id)}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const bytes = Buffer.from(await response.arrayBuffer());
      const json = response.headers.get('content-type')?.includes('json') ? JSON.parse(bytes.toString()) : {};
      return { status: response.status, body: json, bytes, headers: response.headers };
    },
    async open(path, init) {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
      return { status: response.status, text: await response.text(), headers: response.headers };
    },
    async topic(fields = {}) {
      topicsMade += 1;
      const topic = topicAt({ community, areas: codes }, test.clock.now(), {
        _id: topicsMade.toString(16).padStart(24, '0'),
        number: topicsMade,
        proposer: { id: neighbours[0]?._id ?? '', name: '邻居0' },
        facilitator: { id: facilitator._id, name: facilitator.name },
        ...fields,
      });
      await rows().insertOne(topic as never);
      return topic;
    },
    async change({ _id }, fields) {
      const all = Object.entries(fields);
      const set = Object.fromEntries(all.filter(([, value]) => value !== undefined));
      const unset = Object.fromEntries(all.filter(([, value]) => value === undefined).map(([name]) => [name, '']));
      await rows().updateOne({ _id } as never, { $set: { version: 9, ...set }, $unset: unset });
    },
    async close() {
      await http.close(500);
      await test.close();
    },
  };
}
