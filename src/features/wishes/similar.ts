import { rawCollection } from '../../core/aggregate.ts';
import type { House } from '../../core/house.ts';
import { similarity } from '../../core/text.ts';
import { DAY } from '../../core/time.ts';
import { communityOf } from '../areas/index.ts';
import type { WishDoc, WishState } from './model.ts';

/** A wish that may be the same matter, in the wall's words. */
export interface SimilarWish {
  id: string;
  number: number;
  title: string;
  state: WishState;
  likeness: number;
}

/** From this likeness on two wishes are worth comparing by eye. */
const ALIKE = 0.4;
const MOST_COMPARED = 200;
const MOST_SHOWN = 3;

/** The latest wishes of the same community that read like this text, the most alike first. */
export async function similarWishes(
  house: House,
  {
    areas,
    text,
    now,
    withinDays = 30,
    except,
  }: { areas: readonly string[]; text: string; now: Date; withinDays?: number; except?: string },
): Promise<SimilarWish[]> {
  const community = communityOf(areas);
  if (community === undefined) return [];
  const recent = (await rawCollection(house.model<WishDoc>('wish'))
    .find({ community, createdAt: { $gte: new Date(now.getTime() - withinDays * DAY) } })
    .project({ number: 1, text: 1, wall: 1, state: 1 })
    .sort({ number: -1 })
    .limit(MOST_COMPARED)
    .toArray()) as unknown as Pick<WishDoc, '_id' | 'number' | 'text' | 'wall' | 'state'>[];
  return recent
    .filter((wish) => wish._id !== except && !['declined', 'withdrawn', 'merged'].includes(wish.state))
    .map((wish) => ({ wish, likeness: similarity(text, wish.text) }))
    .filter(({ likeness }) => likeness >= ALIKE)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, MOST_SHOWN)
    .map(({ wish, likeness }) => ({
      id: wish._id,
      number: wish.number,
      title: wish.wall.title,
      state: wish.state,
      likeness: Math.round(likeness * 100) / 100,
    }));
}
