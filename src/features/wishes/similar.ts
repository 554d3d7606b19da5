import { rawCollection } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import type { House } from '../../core/house.ts';
import { DAY } from '../../core/time.ts';
import { communityOf } from '../areas/index.ts';
import { ALIKE, likenessOf } from './likeness.ts';
import type { WishDoc, WishState } from './model.ts';
import { mayRead, ON_THE_WALL } from './views.ts';

/** A wish that may be the same matter, in the wall's words; in their own to whoever made it. */
export interface SimilarWish {
  id: string;
  number: number;
  title: string;
  state: WishState;
  likeness: number;
  /** It is the caller's own, or one they spoke for. */
  own: boolean;
}

const MOST_COMPARED = 200;
const MOST_SHOWN = 3;
const WITHIN_DAYS = 30;
/** What is compared, and what tells who may read it. */
const COMPARED = {
  number: 1,
  title: 1,
  text: 1,
  wall: 1,
  state: 1,
  createdAt: 1,
  areas: 1,
  authors: 1,
  helpers: 1,
  offeredTo: 1,
} as const satisfies Partial<Record<keyof WishDoc, 1>>;
const OVER: readonly WishState[] = ['declined', 'withdrawn', 'merged'];

/**
 * The latest wishes of the same community that read like this text, the most alike first. What the caller may not read is
 * compared by the words of the wall, and only once it stands there: nobody can feel their way to what is private.
 * @param areas codes down to the community looked at; nothing is found without one
 */
export async function similarWishes(
  house: House,
  caller: Caller,
  { areas, text }: { areas: readonly string[]; text: string },
): Promise<SimilarWish[]> {
  const community = communityOf(areas);
  if (community === undefined) return [];
  // By number, which an index keeps: in a quiet community the latest few are read and not its whole past.
  const latest = (await rawCollection(house.model<WishDoc>('wish'))
    .find({ community })
    .project(COMPARED)
    .sort({ number: -1 })
    .limit(MOST_COMPARED)
    .toArray()) as unknown as WishDoc[];
  const since = caller.now.getTime() - WITHIN_DAYS * DAY;
  return latest
    .filter((wish) => wish.createdAt.getTime() >= since && !OVER.includes(wish.state))
    .flatMap((wish) => {
      const words = wordsFor(caller, wish);
      return words.length === 0 ? [] : [{ wish, likeness: Math.max(...words.map((one) => likenessOf(text, one))) }];
    })
    .filter(({ likeness }) => likeness >= ALIKE)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, MOST_SHOWN)
    .map(({ wish, likeness }) => ({
      id: wish._id,
      number: wish.number,
      title: isOwn(caller, wish) ? wish.title : wish.wall.title,
      state: wish.state,
      own: isOwn(caller, wish),
      likeness: Math.round(likeness * 100) / 100,
    }));
}

const isOwn = ({ actor }: Caller, { authors }: WishDoc): boolean => authors.includes(actor.id);

/** What the caller may know of a wish's words, if anything: the whole of it, and the clause that says what is wanted. */
function wordsFor({ ability }: Caller, { title, text, wall, ...wish }: WishDoc): string[] {
  if (mayRead(ability, wish)) return [title, text];
  return ON_THE_WALL.includes(wish.state) ? [wall.title, wall.text] : [];
}
