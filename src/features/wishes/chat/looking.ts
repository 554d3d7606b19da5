import { anonymous } from '../../../core/ability.ts';
import type { Caller } from '../../../core/caller.ts';
import type { Intent, Turn } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import type { Progress } from '../../../core/progress.ts';
import { communitiesMeant } from '../../areas/index.ts';
import { HELP, LIST, PROGRESS, WHICH } from '../chat-messages.ts';
import { listWishes } from '../lists.ts';
import { getWish } from '../service.ts';
import type { WishLine, WishView } from '../views.ts';
import { byNumber } from './find.ts';
import { HELPERS } from './helping.ts';

/** What people ask about wishes: which are open, and where their own stand. */

const SHOWN = 8;
/** Somebody who helps in more places than this looks into the mini-program. */
const MOST_PLACES = 3;

export const list: Intent = {
  name: 'wish.list',
  effect: 'read',
  help: HELP.list,
  async handle(turn, house) {
    const [area] = communitiesMeant(turn);
    if (area === undefined) return { text: LIST.noPlace };
    const shown = turn.place === 'group' ? { private: false } : {};
    // In a group everybody reads along, so it is the wall that is read out, whoever asks.
    const { items, more } = await (turn.place === 'group'
      ? onTheWall(house, turn, area)
      : openWishes(house, turn, area));
    if (items.length === 0) return { text: WHICH.none.claim, ...shown };
    const choices = turn.place === 'group' ? items : items.filter(claimable);
    if (choices.length === 0) {
      return { text: [LIST.looking(more), ...items.map((wish) => LIST.line(wish))].join('\n') };
    }
    const options = choices.map((wish) => ({
      label: LIST.line(wish),
      intent: 'wish.claim',
      slots: { number: wish.number },
      kept: { id: wish.id },
    }));
    return { text: LIST.open(more), options, ...shown };
  },
};

const claimable = (wish: WishLine): boolean => wish.moves.includes('claim');

/**
 * Open wishes to choose from. Whoever helps is shown those of the places they help in, without what they may not claim;
 * everybody else, and a helper with nothing to claim, what is open in the community.
 */
async function openWishes(house: House, turn: Turn, area: string): Promise<{ items: WishLine[]; more: boolean }> {
  const listed = async (code: string) =>
    listWishes(house, turn, { area: code, column: 'open', limit: SHOWN }).then(({ items, next }) => ({
      items,
      more: next !== undefined,
    }));
  const helped = turn.actor.roles
    .filter(({ role }) => (HELPERS as readonly string[]).includes(role))
    .map((grant) => grant.area);
  const places = [...new Set(helped)].slice(0, MOST_PLACES);
  const found = await Promise.all(places.map(listed));
  const theirs = new Map(found.flatMap(({ items }) => items.filter(claimable)).map((wish) => [wish.id, wish]));
  if (theirs.size === 0) return listed(area);
  const items = [...theirs.values()];
  return { items: items.slice(0, SHOWN), more: items.length > SHOWN || found.some(({ more }) => more) };
}

async function onTheWall(house: House, { now }: Turn, area: string): Promise<{ items: WishLine[]; more: boolean }> {
  const stranger: Caller = { actor: anonymous, ability: house.abilityOf(anonymous), now };
  const { items, next } = await listWishes(house, stranger, { area, column: 'open', limit: SHOWN });
  return { items, more: next !== undefined };
}

/** Where wishes stand: the ones by a number, or all the asker made, helps with, or is offered first. */
export const wishProgress: Progress = {
  called: '心愿',
  async byNumber(turn, house, number) {
    const found = await byNumber(house, turn, number);
    return found.map((wish) => ({
      label: WHICH.called(wish.number, wish.title),
      own: isTheirs(wish, turn.actor.id),
      text: detail(wish, found.length > 1),
    }));
  },
  async mine(turn, house) {
    const [mine, helping, offered] = await Promise.all([
      listWishes(house, turn, { mine: true, limit: SHOWN }),
      listWishes(house, turn, { claimedByMe: true, column: 'helping', limit: SHOWN }),
      listWishes(house, turn, { offeredToMe: true, limit: SHOWN }),
    ]);
    const whole = async (id: string) => detail(await getWish(house, turn, id));
    return [
      {
        heading: PROGRESS.mine,
        matters: mine.items.map((wish) => ({ line: lineOf(wish), whole: () => whole(wish.id) })),
      },
      { heading: PROGRESS.helping, matters: helping.items.map((wish) => ({ line: lineOf(wish) })) },
      { heading: PROGRESS.offered, matters: offered.items.map((wish) => ({ line: lineOf(wish) })) },
    ];
  },
  nothing: PROGRESS.nothing,
};

const isTheirs = (wish: WishView, person: string): boolean =>
  wish.view === 'full' && [wish.requester.id, wish.claimant?.id].includes(person);

const lineOf = (wish: WishLine): string => PROGRESS.line({ ...wish, dueAt: 'dueAt' in wish ? wish.dueAt : undefined });

/** Where one wish stands, as far as the asker may know. */
function detail(wish: WishView, withPlace = false): string {
  const lines = [withPlace ? PROGRESS.detailAt(wish) : PROGRESS.detail(wish)];
  if (wish.view === 'full') {
    const { claimant, contactedAt, state, referral, mergedInto, left, done, dueAt } = wish;
    if (claimant && ['claimed', 'reopened', 'done', 'partial'].includes(state))
      lines.push(PROGRESS.helper(claimant.name));
    if (contactedAt && state === 'claimed') lines.push(PROGRESS.contacted);
    if (referral && state === 'referred') lines.push(PROGRESS.referred(referral.to, referral.number));
    if (mergedInto) lines.push(PROGRESS.merged(mergedInto.number, mergedInto.stateWord));
    if (done && ['done', 'partial', 'closed'].includes(state)) lines.push(PROGRESS.note(done.note));
    if (left && state === 'partial') lines.push(PROGRESS.left(left));
    const declined = wish.history.findLast((entry) => entry.move === 'decline')?.why;
    if (declined && state === 'declined') lines.push(PROGRESS.declined(declined));
    if (dueAt) lines.push(PROGRESS.due(dueAt));
  }
  const next = wish.view === 'full' ? PROGRESS.next[wish.state] : undefined;
  return [...lines, ...(next ? [next] : [])].join('\n');
}
