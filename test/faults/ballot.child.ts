/**
 * One process of a house in which people vote. It prints `loaded` and waits for the line `open`, then prints `ready` and its
 * port. `prepare N` makes a community of N households with a secret and an open ballot under way; `rows` says how many are
 * marked as having voted and how many choices there are; `count` puts its clock behind the closing and counts both.
 */
import { createInterface } from 'node:readline';
import { insertMissing } from '../../scripts/seed/insert.ts';
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Role } from '../../src/core/ability.ts';
import type { Caller } from '../../src/core/caller.ts';
import { HOUR, shiftedClock, systemClock } from '../../src/core/time.ts';
import { areasChanged, lineage } from '../../src/features/areas/index.ts';
import { draftBallot, moveBallot } from '../../src/features/ballots/index.ts';
import type { Elector, Urn } from '../../src/features/ballots/model.ts';
import { actorOf, findPerson, personDocument } from '../../src/features/people/index.ts';

const COMMUNITY = '990003001001';
const GRID = `${COMMUNITY}G01`;
const SECRETARY = 'f'.repeat(24);
const idOf = (n: number): string => n.toString(16).padStart(24, '0');

const clock = shiftedClock(systemClock);
let app: App | undefined;

function house(): App['house'] {
  if (!app) throw new Error('the house is not open');
  return app.house;
}

async function open(): Promise<string> {
  app = await createApp(readConfig(process.env), { clock, channels: [] });
  return `ready ${(await app.start()).port}`;
}

async function secretary(): Promise<Caller> {
  const person = await findPerson(house(), SECRETARY);
  if (!person) throw new Error('there is no secretary');
  const actor = actorOf(person, 'api');
  return { actor, ability: house().abilityOf(actor), now: clock.now() };
}

async function prepare(households: number): Promise<string> {
  const areas = lineage(GRID).map((code) => ({
    _id: code,
    name: code,
    parent: lineage(code).at(-2),
    areas: lineage(code),
  }));
  const levels = ['city', 'county', 'street', 'community', 'grid'];
  await insertMissing(
    house(),
    'areas',
    areas.map((area, n) => ({ ...area, level: levels[n] })),
  );
  await areasChanged(house());
  const person = (id: string, role: Role, household?: string) =>
    personDocument(
      house().vault,
      { name: `居民${id.slice(-4)}`, area: GRID, roles: [{ role, area: COMMUNITY }], ...(household && { household }) },
      clock.now(),
      id,
    );
  const voters = Array.from({ length: households }, (_, n) => person(idOf(n), 'resident', `1-1-${n}`));
  await insertMissing(house(), 'people', [...voters, person(SECRETARY, 'secretary')]);
  const ballots: string[] = [];
  for (const secrecy of ['secret', 'open'] as const) {
    const caller = await secretary();
    const { ballot } = await draftBallot(house(), caller, COMMUNITY, {
      title: '要不要装路灯',
      question: '巷子口要不要装两盏路灯？',
      pack: 'courtyard-poll',
      secrecy,
      opensAt: caller.now.toISOString(),
      closesAt: new Date(caller.now.getTime() + HOUR).toISOString(),
    });
    await moveBallot(house(), caller, ballot._id, 'open');
    ballots.push(ballot._id);
  }
  const all = await house()
    .db.collection<Elector>('ballot_electors')
    .find({ ballot: ballots[0] ?? '' })
    .toArray();
  const electors = Object.fromEntries(all.map(({ elector, people }) => [people[0] ?? '', elector]));
  const tokens = await Promise.all([...voters.map(({ _id }) => _id), SECRETARY].map((id) => app?.http.issueToken(id)));
  const rows = voters.map(({ _id }, n) => ({ person: _id, token: tokens[n], elector: electors[_id] }));
  return JSON.stringify({ ballots, voters: rows, secretary: tokens.at(-1) });
}

async function rows(): Promise<string> {
  const urns = await house().db.collection<Urn>('ballot_urns').find().toArray();
  const taken = (list: (urn: Urn) => string[]) =>
    urns.flatMap(list).filter((one) => one !== '' && one !== 'paper').length;
  const electors = house().db.collection<Elector>('ballot_electors');
  return JSON.stringify({
    secret: [taken(({ voted }) => voted), taken(({ places }) => places)],
    open: [await electors.countDocuments({ way: 'phone' }), await electors.countDocuments({ vote: { $exists: true } })],
  });
}

async function count(ballots: string[]): Promise<string> {
  clock.shift(2 * HOUR);
  const counted = [];
  for (const id of ballots) {
    const { ballot } = await moveBallot(house(), await secretary(), id, 'count');
    const { present, tally } = ballot.count ?? {};
    counted.push({ present: present?.heads, tally: [tally?.for.heads, tally?.against.heads, tally?.abstain.heads] });
  }
  return JSON.stringify(counted);
}

const words: Record<string, (rest: string[]) => Promise<string>> = {
  open,
  prepare: ([households]) => prepare(Number(households)),
  rows,
  count,
};
process.stdout.write('loaded\n');
createInterface({ input: process.stdin }).on('line', (line) => {
  const [word = '', ...rest] = line.split(' ');
  void words[word]?.(rest).then((answer) => process.stdout.write(`${answer}\n`));
});
