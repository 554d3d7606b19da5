/** Published wishes for the benchmark and for trying long lists: invented words, spread over people who exist. */

import { system } from '../../src/core/ability.ts';
import { newId, rawCollection } from '../../src/core/aggregate.ts';
import type { House } from '../../src/core/house.ts';
import { begin, decide } from '../../src/core/lifecycle.ts';
import { communityOf, gridOf, targetsFor } from '../../src/features/areas/index.ts';
import { actorOf, type Person } from '../../src/features/people/index.ts';
import { type WishDoc, wishLifecycle } from '../../src/features/wishes/index.ts';

const WANTS = [
  '一个小电饭煲',
  '换一个灯泡',
  '有人陪着去医院',
  '一双防滑的棉鞋',
  '磨两把菜刀',
  '一台收音机',
  '理一次发',
  '修一修水龙头',
];
const BATCH = 1_000;

/**
 * Inserts `count` published wishes of the residents given, newest last.
 * @param residents people with a community
 */
export async function seedWishes(
  house: House,
  residents: readonly Person[],
  count: number,
  progress: (done: number, total: number) => void = () => {},
): Promise<void> {
  const now = house.clock.now();
  const numbers = new Map<string, number>();
  const collection = rawCollection(house.model<WishDoc>('wish'));
  let batch: WishDoc[] = [];
  for (let made = 0; made < count; made += 1) {
    const person = residents[made % residents.length];
    const community = communityOf(person?.areas ?? []);
    if (!person || community === undefined) throw new Error('Wishes need residents who live in a community');
    const number = (numbers.get(community) ?? 0) + 1;
    numbers.set(community, number);
    batch.push(await publishedWish(house, person, community, number, new Date(now.getTime() - (count - made) * 1_000)));
    if (batch.length === BATCH || made === count - 1) {
      await collection.insertMany(batch);
      progress(made + 1, count);
      batch = [];
    }
  }
  await house.db.collection<{ _id: string; last: number }>('counters').bulkWrite(
    [...numbers].map(([community, last]) => ({
      updateOne: { filter: { _id: `wish:${community}` }, update: { $max: { last } }, upsert: true },
    })),
  );
}

async function publishedWish(house: House, person: Person, community: string, number: number, now: Date) {
  const actor = actorOf(person, 'api');
  const grid = gridOf(person.areas);
  const ctx = { actor, ability: house.abilityOf(actor), now, calendar: house.calendar };
  const place = {
    areas: [...person.areas],
    community,
    ...(grid === undefined ? {} : { grid }),
    label: community,
    targets: await targetsFor(house, person.areas),
  };
  const text = `想要${WANTS[number % WANTS.length]}，年纪大了自己办不了，麻烦大家帮帮忙`;
  const wish = begin(
    wishLifecycle,
    'submit',
    { text, category: 'goods' },
    { ...ctx, facts: { place, photos: [] } },
    newId(),
    number,
  );
  const secretary = {
    ...system('command'),
    kind: 'person' as const,
    roles: [{ role: 'secretary' as const, area: community }],
  };
  const decision = decide(
    wishLifecycle,
    wish,
    'publish',
    {},
    {
      ...ctx,
      actor: secretary,
      ability: house.abilityOf(secretary),
      facts: {},
    },
  );
  if (decision.kind === 'repeat') throw new Error('A new wish cannot be a repeat');
  // These have been told long ago: nothing must be relayed.
  return { ...decision.after, outbox: [] };
}
