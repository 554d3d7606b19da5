/** Who may do what, asked over HTTP: every move of every lifecycle, every state, every role here and elsewhere. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, may } from '../../src/core/ability.ts';
import { rawCollection } from '../../src/core/aggregate.ts';
import { HaolinError } from '../../src/core/errors.ts';
import type { LifecycleOutline } from '../../src/core/feature.ts';
import { type Aggregate, type Decision, decide } from '../../src/core/lifecycle.ts';
import { addDays } from '../../src/core/time.ts';
import { type BallotState, ballotLifecycle } from '../../src/features/ballots/index.ts';
import { careLifecycle } from '../../src/features/care/index.ts';
import { eventLifecycle } from '../../src/features/duties/index.ts';
import { handoffLifecycle } from '../../src/features/handoffs/index.ts';
import { type IncidentState, incidentLifecycle } from '../../src/features/incidents/index.ts';
import { isVisible as seesIncident } from '../../src/features/incidents/service.ts';
import { features } from '../../src/features/index.ts';
import type { Person } from '../../src/features/people/index.ts';
import { type TopicState, topicLifecycle } from '../../src/features/topics/index.ts';
import { type VisitMoveName, type VisitState, visitLifecycle } from '../../src/features/visits/index.ts';
import { WISH_STATES, type WishState, wishLifecycle } from '../../src/features/wishes/index.ts';
import { isVisible } from '../../src/features/wishes/views.ts';
import { type TestApi, testApi } from '../support/api.ts';
import { ballotContext, ballotIn, ballotMatrix } from '../support/ballot-matrix.ts';
import { careContext, careIn, careMatrix, NEXT_LEAD } from '../support/care-matrix.ts';
import { handoffContext, handoffIn, handoffMatrix } from '../support/handoff-matrix.ts';
import { makeCommunity, makePerson, makeVenue } from '../support/house.ts';
import { incidentMatrix } from '../support/incident-matrix.ts';
import { INCIDENT_FACTS, contextOf as incidentContext, incidentIn } from '../support/incidents.ts';
import { matrixWish, wishMatrix } from '../support/matrix.ts';
import { decideTalk, type TalkKind, talkContext, talkIn, talkMatrix } from '../support/talk-matrix.ts';
import { factsOf, topicContext, topicIn, topicMatrix } from '../support/topic-matrix.ts';
import { eventContext, eventIn, eventMatrix, visitContext, visitIn, visitMatrix } from '../support/visit-matrix.ts';
import { COMMUNITY, calendar, contextOf, FACTS, idOf, li, NOW, OTHER_COMMUNITY } from '../support/wishes.ts';

interface Case {
  title: string;
  move: string;
  state: string;
  actor: Actor;
  input: unknown;
  allowed: boolean;
}

interface Matrix {
  cases: readonly Case[];
  /** Where its moves are, `/wishes`. */
  path: string;
  document(state: string): Aggregate;
  /** What the engine makes of it. */
  decide(one: Case): Decision<Aggregate>;
  /** Codes with which a move may end that the engine allows, where it takes more than the document: a hall that is free. */
  also?: Readonly<Record<string, readonly string[]>>;
  /** Whether the actor may know that the document is there at all; else it is refused like one that is not. */
  sees(one: Case): boolean;
}

const MATRICES: Record<string, Matrix> = {
  wish: {
    cases: wishMatrix(Object.keys(WISH_STATES) as WishState[], ['community', 'otherCommunity']),
    path: '/wishes',
    document: (state) => matrixWish(state as WishState),
    decide: ({ state, move, input, actor }) =>
      decide(wishLifecycle, matrixWish(state as WishState), move, input, contextOf(actor, { facts: FACTS })),
    sees: ({ state, actor }) => isVisible({ calendar }, contextOf(actor), matrixWish(state as WishState)),
  },
  incident: {
    cases: incidentMatrix(['community', 'otherCommunity']),
    path: '/incidents',
    document: (state) => incidentIn(state as IncidentState),
    decide: ({ state, move, input, actor }) =>
      decide(
        incidentLifecycle,
        incidentIn(state as IncidentState),
        move,
        input,
        incidentContext(actor, { facts: INCIDENT_FACTS }),
      ),
    sees: ({ state, actor }) => seesIncident({ calendar }, incidentContext(actor), incidentIn(state as IncidentState)),
  },
  handoff: {
    cases: handoffMatrix(),
    path: '/handoffs',
    document: (state) => handoffIn(state as 'opened'),
    decide: ({ state, move, input, actor }) =>
      decide(handoffLifecycle, handoffIn(state as 'opened'), move, input, handoffContext(actor)),
    sees: ({ state, actor }) => may(handoffContext(actor).ability, 'read', 'handoff', handoffIn(state as 'opened')),
  },
  ballot: {
    cases: ballotMatrix(),
    path: '/ballots',
    document: (state) => ballotIn(state as BallotState),
    decide: ({ state, move, input, actor }) =>
      decide(ballotLifecycle, ballotIn(state as BallotState), move, input, ballotContext(actor)),
    sees: ({ state, actor }) => may(ballotContext(actor).ability, 'read', 'ballot', ballotIn(state as BallotState)),
  },
  care: {
    cases: careMatrix(['community', 'other community']),
    path: '/care',
    document: (state) => careIn(state as 'kept'),
    decide: ({ state, move, input, actor }) =>
      decide(careLifecycle, careIn(state as 'kept'), move, input, careContext(actor)),
    sees: ({ state, actor }) => may(careContext(actor).ability, 'read', 'care', careIn(state as 'kept')),
  },
  visit: {
    cases: visitMatrix(),
    path: '/visits',
    document: (state) => visitIn(state as VisitState),
    decide: ({ state, move, input, actor }) =>
      decide(visitLifecycle, visitIn(state as VisitState), move as VisitMoveName, input, visitContext(actor)),
    sees: ({ state, actor }) => {
      const { ability } = visitContext(actor);
      const visit = visitIn(state as VisitState);
      return may(ability, 'read', 'visit', visit) || may(ability, 'sample', 'visit', visit);
    },
  },
  duty_event: {
    cases: eventMatrix(),
    path: '/duty-events',
    document: (state) => eventIn(state as 'open'),
    decide: ({ state, input, actor }) =>
      decide(eventLifecycle, eventIn(state as 'open'), 'drop', input, eventContext(actor)),
    sees: ({ state, actor }) => may(eventContext(actor).ability, 'read', 'duty_event', eventIn(state as 'open')),
  },
  topic: {
    cases: topicMatrix(),
    path: '/topics',
    also: {
      schedule: ['venue_taken', 'leader_busy'],
      appoint: ['leader_busy'],
      agree: ['not_enough_there'],
      passItem: ['owner_missing'],
    },
    document: (state) => topicIn(state as TopicState),
    decide: ({ state, move, input, actor }) =>
      decide(topicLifecycle, topicIn(state as TopicState), move, input, topicContext(actor, { facts: factsOf(move) })),
    sees: ({ state, actor }) => may(topicContext(actor).ability, 'read', 'topic', topicIn(state as TopicState)),
  },
};
for (const [kind, path] of Object.entries({
  talk: '/talks',
  difficulty: '/difficulties',
  care_visit: '/care-visits',
})) {
  const name = kind as TalkKind;
  MATRICES[kind] = {
    cases: talkMatrix(name),
    path,
    document: (state) => talkIn(name, state),
    decide: ({ state, move, input, actor }) => decideTalk(name, talkIn(name, state), move, input, actor),
    sees: ({ state, actor }) => may(talkContext(actor).ability, 'read', name, talkIn(name, state)),
  };
}
const LANES = 8;

let api: TestApi;
const signedIn = new Map<string, Person>();

beforeAll(async () => {
  api = await testApi(features);
  api.clock.set(NOW);
  for (const code of [COMMUNITY, OTHER_COMMUNITY]) await makeCommunity(api.house, { code });
  // Those whom inputs name: who is assigned, and what is merged into.
  await makePerson(api.house, { id: li.id, name: li.name, area: `${COMMUNITY}G01`, roles: ['worker'] });
  await makePerson(api.house, {
    id: NEXT_LEAD.id,
    name: NEXT_LEAD.name,
    area: `${COMMUNITY}G01`,
    roles: ['household_lead'],
  });
  const other = { ...matrixWish('published'), _id: idOf('other'), number: 7 };
  await rawCollection(api.house.model<Aggregate>('wish')).insertOne(other);
  await makeVenue(api.house, { id: idOf('hall'), community: COMMUNITY });
  const incident = { ...incidentIn('triaged'), _id: idOf('other'), number: 7 };
  await rawCollection(api.house.model<Aggregate>('incident')).insertOne(incident);
  const topic = { ...topicIn('accepted'), _id: idOf('other'), number: 1 };
  await rawCollection(api.house.model<Aggregate>('topic')).insertOne(topic);
  for (const { cases } of Object.values(MATRICES)) {
    for (const { actor } of cases) {
      if (actor.kind !== 'person' || signedIn.has(keyOf(actor))) continue;
      const id = signedIn.size.toString(16).padStart(24, '0');
      const area = actor.areas.at(-1) ?? `${COMMUNITY}G01`;
      signedIn.set(keyOf(actor), await makePerson(api.house, { id, name: actor.name, area, roles: [...actor.roles] }));
    }
  }
}, 120_000);
afterAll(() => api.close());

/** The same person with and without a role are two people here. */
const keyOf = ({ id, roles }: Actor): string => `${id} ${JSON.stringify(roles)}`;

/** The document of a case, with the person of the matrix under the id they have here. */
function documentFor(matrix: Matrix, { state, actor }: Case, id: string, number: number): Aggregate {
  const person = signedIn.get(keyOf(actor));
  const text = JSON.stringify({ ...matrix.document(state), _id: id, number });
  const dated = (_key: string, value: unknown) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*Z$/.test(value) ? new Date(value) : value;
  return JSON.parse(person ? text.replaceAll(actor.id, person._id) : text, dated) as Aggregate;
}

/** Nobody is in care twice, nor visited twice for one thing on one day: each document is of somebody or a day of its own. */
function apart(documents: readonly Aggregate[]): void {
  for (const [nth, one] of documents.entries()) {
    if ('person' in one) one.person = one._id;
    if ('day' in one && 'worker' in one) one.day = addDays(String(one.day), -nth);
  }
}

/** Each topic that is voted on has a ballot of its own, so that one that is given up is none of the others'. */
async function insertBallots(documents: readonly Aggregate[]): Promise<void> {
  const ballots = documents.flatMap((one) => {
    const { vote } = one as Aggregate & { vote?: { ballot: string } };
    if (!vote) return [];
    vote.ballot = one._id;
    return [{ ...ballotIn('open'), _id: one._id }];
  });
  if (ballots.length > 0) await rawCollection(api.house.model<Aggregate>('ballot')).insertMany(ballots);
}

/** `200`, or the code of what the engine refuses with. */
function foreseen(matrix: Matrix, one: Case): string {
  if (one.actor.kind === 'anonymous') return 'not_signed_in';
  try {
    matrix.decide(one);
    return '200';
  } catch (error) {
    if (!(error instanceof HaolinError)) throw error;
    return matrix.sees(one) ? error.code : 'not_found';
  }
}

/** Every state is crossed at the engine; here, for each move, two in which it is made and two in which it is not. */
function isTelling({ move, state }: Case, outline: LifecycleOutline | undefined): boolean {
  const from = outline?.moves[move]?.from ?? [];
  const others = Object.keys(outline?.states ?? {}).filter((one) => !from.includes(one));
  return [...from.slice(0, 2), ...others.slice(0, 1), ...others.slice(-1)].includes(state);
}

describe('who may do what, over HTTP', () => {
  it('has a matrix for every lifecycle there is', () => {
    const lifecycles = features.flatMap((feature) => feature.lifecycles);
    expect(Object.keys(MATRICES).sort()).toEqual(lifecycles.map(({ name }) => name).sort());
    for (const { name, moves } of lifecycles) {
      expect(new Set(MATRICES[name]?.cases.map(({ move }) => move))).toEqual(new Set(Object.keys(moves)));
    }
  });

  for (const [name, matrix] of Object.entries(MATRICES)) {
    const outline = features.flatMap((feature) => feature.lifecycles).find((one) => one.name === name);
    const cases = matrix.cases.filter(
      (one) => one.actor.kind !== 'system' && outline?.moves[one.move]?.by !== 'system' && isTelling(one, outline),
    );

    it(`${name}: 403 exactly where the policy says no, or 404 where there is nothing to be known of; 401 for nobody`, async () => {
      const documents = cases.map((one, n) =>
        documentFor(matrix, one, (n + 4_096).toString(16).padStart(24, 'a'), n + 1_000),
      );
      const collection = rawCollection(api.house.model<Aggregate>(name));
      await insertBallots(documents);
      apart(documents);
      for (let at = 0; at < documents.length; at += 200) await collection.insertMany(documents.slice(at, at + 200));
      const wrong: string[] = [];
      const answers = new Map<string, number>();
      const queue = [...cases.entries()];
      const lanes = Array.from({ length: LANES }, async () => {
        for (let next = queue.shift(); next; next = queue.shift()) {
          const [n, one] = next;
          const path = `${matrix.path}/${documents[n]?._id}/${one.move}`;
          const { status, body } = await api.call(signedIn.get(keyOf(one.actor)), 'POST', path, one.input);
          const code = status === 200 ? '200' : ((body as { code?: string }).code ?? '');
          answers.set(`${status} ${code}`, (answers.get(`${status} ${code}`) ?? 0) + 1);
          const refused = one.actor.kind === 'anonymous' ? 401 : 403;
          const unseen = refused === 403 && !matrix.sees(one);
          const expected = foreseen(matrix, one);
          const asExpected =
            code === expected || (expected === '200' && matrix.also?.[one.move]?.includes(code) === true);
          if ((!unseen && (status === refused) === one.allowed) || !asExpected)
            wrong.push(
              `${one.title}: ${status} ${code}; the policy says ${one.allowed ? 'yes' : 'no'}, the engine ${expected}`,
            );
        }
      });
      await Promise.all(lanes);
      const figures = [...answers].sort().map(([answer, count]) => `${answer}: ${count}`);
      console.log(`${name}: ${cases.length} requests, ${figures.join(', ')}`);
      expect(wrong.slice(0, 20)).toEqual([]);
      for (const answer of ['200 200', '401 not_signed_in', '403 forbidden', '404 not_found'])
        expect(answers.get(answer)).toBeGreaterThan(Math.min(5, cases.length / 100));
    }, 240_000);
  }

  it('has no way to a move of the house itself', async () => {
    const secretary = [...signedIn.values()].find(({ roles }) => roles.some(({ role }) => role === 'secretary'));
    let asked = 0;
    for (const { name, moves } of features.flatMap((feature) => feature.lifecycles)) {
      for (const [move] of Object.entries(moves).filter(([, { by }]) => by === 'system')) {
        const path = `${MATRICES[name]?.path}/${idOf('other')}/${move}`;
        const { status } = await api.call(secretary, 'POST', path, {});
        expect([404, 405]).toContain(status);
        asked += 1;
      }
    }
    expect(asked).toBeGreaterThan(6);
  });
});
