/** 停水停电到场了: whoever was called out says that they have come. Which of what happened is meant, its title says. */
import { z } from 'zod';
import { rawCollection } from '../../core/aggregate.ts';
import type { Answer, Intent, Turn } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { dayOf } from '../../core/time.ts';
import { findArea } from '../areas/index.ts';
import { answersTo, logVisit } from '../visits/index.ts';
import { CHAT } from './messages.ts';
import type { DutyEventDoc } from './model.ts';
import { type DutyKind, inForce } from './pack.ts';
import { packsOf } from './registry.ts';

/** It says so and nothing else: what 消防车到场了，火还没灭 tells is another matter. */
const ARRIVED =
  /^(?<words>\p{Script=Han}{0,16}?)(?:，|,|:|：|\s)*(?:我们?|人)?(?:已经?|都|刚)?(?:到场|到现场|到了现场|赶到现场)了?[。.!！]?$/u;
/** So many are offered to choose from. */
const MOST = 9;

const chosen = z.object({ event: z.string().regex(/^[0-9a-f]{24}$/) });

export const arrived: Intent = {
  name: 'duty.arrived',
  effect: 'create',
  grave: true,
  help: { ...CHAT.arrivedHelp, roles: ['worker', 'grid_worker', 'secretary', 'care_keeper'] },
  command: [ARRIVED],
  async readBack(turn, house) {
    const open = await awaiting(house, turn);
    const picked = chosen.safeParse(turn.kept).data?.event;
    const meant =
      picked === undefined
        ? open.filter(({ title }) => fits(title, turn.text))
        : open.filter(({ _id }) => _id === picked);
    const [one, ...others] = meant;
    if (!one) return open.length === 0 ? { text: CHAT.notAwaited } : which(house, CHAT.noneFits, open);
    if (others.length > 0) return which(house, CHAT.whichArrival, meant);
    return { readBack: CHAT.arrivedReadBack(await wordsOf(house, one)), kept: { event: one._id } };
  },
  async handle(turn, house) {
    const { event: id } = chosen.parse(turn.kept);
    const event = (await awaiting(house, turn)).find(({ _id }) => _id === id);
    if (!event) return { text: CHAT.notAwaited };
    const area = event.areas.at(-1) ?? event.community;
    await logVisit(house, turn, { kind: await kindOf(house, event), event: id, area, day: dayOf(turn.now) });
    return { text: CHAT.arrived };
  },
};

/** Whether words name a title: 停电 and 停水停电必到 name 停水停电. None at all name whatever there is. */
function fits(title: string, words: string): boolean {
  const named = bare(words);
  return named === '' || bare(title).includes(named) || (bare(title) !== '' && named.includes(bare(title)));
}

const bare = (text: string): string =>
  text.replaceAll(/必到|必访|必报|到场|情况|事件|那件事|那里|那边|的|我们?$/gu, '');

/** What happened for which the speaker is to come and nobody has come yet, the latest first. */
async function awaiting(house: House, { actor }: Turn): Promise<DutyEventDoc[]> {
  const found = (await rawCollection(house.model<DutyEventDoc>('duty_event'))
    .find({ 'bearer.id': actor.id, state: 'open' } as never)
    .project({ event: 1, title: 1, areas: 1, community: 1, happenedAt: 1 })
    .sort({ happenedAt: -1 })
    .toArray()) as unknown as DutyEventDoc[];
  const answered = new Set(
    (
      await answersTo(
        house,
        found.map(({ _id }) => _id),
      )
    ).map(({ event }) => event),
  );
  return found.filter(({ _id }) => !answered.has(_id));
}

async function which(house: House, text: string, events: readonly DutyEventDoc[]): Promise<Answer> {
  const options = await Promise.all(
    events.slice(0, MOST).map(async (event) => {
      return { label: await wordsOf(house, event), intent: arrived.name, slots: {}, kept: { event: event._id } };
    }),
  );
  return { text, options };
}

/** Never the door: it may be read over somebody's shoulder. */
async function wordsOf(house: House, { title, areas, community, happenedAt }: DutyEventDoc): Promise<string> {
  const codes = [...new Set([community, areas.at(-1) ?? community])];
  const names = await Promise.all(codes.map(async (code) => (await findArea(house, code))?.name ?? ''));
  return CHAT.happened(title, happenedAt, names.join(''));
}

/** What the rule wants of whoever comes. */
async function kindOf(house: House, { event, areas, happenedAt }: DutyEventDoc): Promise<DutyKind> {
  const items = inForce(await packsOf(house), areas, dayOf(happenedAt)).flatMap((pack) => pack.items);
  return items.find(({ rule }) => rule && 'on' in rule && rule.on === event)?.kind ?? 'arrive';
}
