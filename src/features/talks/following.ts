import { system } from '../../core/ability.ts';
import { perform, readAggregate } from '../../core/aggregate.ts';
import { HaolinError } from '../../core/errors.ts';
import type { Job } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { type Day, dayOf, HOUR } from '../../core/time.ts';
import { lineage } from '../areas/index.ts';
import { findPeople, findPerson, type Person } from '../people/index.ts';
import { isForgone } from './days.ts';
import type { TalkDoc } from './model.ts';
import { placeOf } from './serving.ts';
import { secretariesOf, talksOf, talkTable } from './store.ts';
import type { TalkFacts } from './tellings.ts';

type Waiting = Pick<TalkDoc, '_id' | 'state' | 'place' | 'worker' | 'purpose' | 'occasion'>;

const waits = ({ state }: Pick<TalkDoc, 'state'>): boolean => state === 'asked' || state === 'scheduled';

/** Where its worker serves now, when that is another community than the talk's. */
function newPlace({ place }: Waiting, person: Person | undefined): string | undefined {
  const now = person && placeOf(person);
  return now === place ? undefined : now;
}

/**
 * A talk under way goes along with its worker to the community they serve in now; whoever is secretary there holds it.
 * The clock sees to it every morning, and whoever asks for the talk before that finds it in its place already.
 */
export async function followed(house: House, talk: TalkDoc): Promise<TalkDoc> {
  if (!waits(talk)) return talk;
  const person = await findPerson(house, talk.worker.id);
  const place = newPlace(talk, person);
  if (!person || place === undefined) return talk;
  const worker = { id: person._id, name: person.name, place, areas: lineage(place) };
  return houseMoves(house, talk, 'moved', { worker, secretaries: await secretariesOf(house, place) });
}

/** @returns the talk afterwards, also when somebody moved it meanwhile */
async function houseMoves<T extends Waiting>(
  house: House,
  talk: T,
  move: 'moved' | 'forgo',
  facts: TalkFacts,
): Promise<T | TalkDoc> {
  const actor = system();
  const ctx = { actor, ability: house.abilityOf(actor), now: house.clock.now(), calendar: house.calendar };
  try {
    return (await perform(talkTable(house), talk._id, move, {}, ctx, () => facts)).document;
  } catch (error) {
    if (!(error instanceof HaolinError && error.status < 500)) throw error;
    return (await readAggregate(house.model<TalkDoc>('talk'), talk._id)) ?? talk;
  }
}

const BATCH = 200;

/** What the clock does about talks under way: they follow their workers, and those a quarter left behind are closed. */
export const following: Job = {
  name: 'talks.following',
  title: '谈心谈话：人换了社区的转过去，季度早过了没谈的结掉',
  cron: '30 7 * * *',
  makeUpWithinMs: 12 * HOUR,
  async run({ slot, dryRun }, house) {
    const counts = { moved: 0, forgone: 0 };
    for (let after = ''; ; ) {
      const found = await waitingAfter(house, after);
      const people = new Map(
        (
          await findPeople(
            house,
            found.map(({ worker }) => worker.id),
          )
        ).map((one) => [one._id, one]),
      );
      for (const talk of found) {
        const step = stepFor(talk, people.get(talk.worker.id), dayOf(slot));
        if (step === undefined) continue;
        counts[step] += 1;
        if (!dryRun) await carriedOut(house, talk, step);
      }
      const last = found.at(-1);
      if (!last || found.length < BATCH) break;
      after = last._id;
    }
    return { lines: linesOf(counts, dryRun) };
  },
};

async function waitingAfter(house: House, after: string): Promise<Waiting[]> {
  const found = await talksOf(house)
    .find({ state: { $in: ['asked', 'scheduled'] }, _id: { $gt: after } })
    .project({ state: 1, place: 1, worker: 1, purpose: 1, occasion: 1 })
    .sort({ _id: 1 })
    .limit(BATCH)
    .toArray();
  return found as unknown as Waiting[];
}

function stepFor(talk: Waiting, person: Person | undefined, today: Day): 'moved' | 'forgone' | undefined {
  if (isForgone(talk, today)) return 'forgone';
  return newPlace(talk, person) === undefined ? undefined : 'moved';
}

async function carriedOut(house: House, talk: Waiting, step: 'moved' | 'forgone'): Promise<void> {
  if (step === 'forgone') {
    await houseMoves(house, talk, 'forgo', {});
    return;
  }
  const whole = await readAggregate(house.model<TalkDoc>('talk'), talk._id);
  if (whole) await followed(house, whole);
}

function linesOf({ moved, forgone }: { moved: number; forgone: number }, dryRun: boolean): string[] {
  const will = dryRun ? '将' : '';
  return [
    ...(moved > 0 ? [`${will}随人转到新社区的谈心 ${moved} 次`] : []),
    ...(forgone > 0 ? [`${will}结掉季度过了没谈的谈心 ${forgone} 次`] : []),
  ];
}
