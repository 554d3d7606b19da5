import type { Answer } from '../api/ask';
import { nextWord, type Step, storyOf } from './story';
import { dayWord, leftWord, urgencyOf } from './when';
import { labelOf } from './wish-form';

type Wish = Answer<'getWishesById'>;
type FullWish = Extract<Wish, { view: 'full' }>;

/** A line of what is known of a wish. */
export interface Fact {
  label: string;
  value: string;
}

/** A wish as its page shows it. */
export interface Facts {
  next: string;
  /** The deadline that counts now, in words; empty when nothing is awaited. */
  left: string;
  urgency: 'late' | 'soon' | 'calm';
  facts: Fact[];
  steps: Step[];
}

const FACES = ['', '很不满意', '不太满意', '一般', '满意', '非常满意'];

/** @param reader the id of whoever looks */
export function factsOf(wish: Wish, now: Date, reader?: string): Facts {
  const own = wish.view === 'full' && reader !== undefined && [wish.requester.id, wish.proxy?.id].includes(reader);
  const dueAt = wish.view === 'full' ? wish.dueAt : undefined;
  return {
    next: nextWord(wish, now, own),
    left: dueAt === undefined ? '' : leftWord(dueAt, now),
    urgency: urgencyOf(dueAt, now),
    facts: [
      { label: '类别', value: labelOf(wish.category) },
      { label: '地点', value: wish.place },
      { label: '发布', value: dayWord(wish.postedAt, now) },
      ...(wish.view === 'full' ? factsInside(wish, now) : []),
    ],
    steps: wish.view === 'full' ? storyOf(wish, now) : [],
  };
}

const namesOf = (people: readonly ({ name: string } | undefined)[]): string =>
  people.flatMap((one) => (one ? [one.name] : [])).join('、');

/** What everybody reads, where it is not what was wished for word by word. */
function onTheWall({ state, title, text, wall }: FullWish): [string, string][] {
  if (state === 'submitted') return [];
  return [
    ...(wall.title === title ? [] : [['墙上的标题', wall.title] as [string, string]]),
    ...(wall.text === text ? [] : [['墙上的内容', wall.text] as [string, string]]),
  ];
}

/** What only those involved may know. */
function factsInside(wish: FullWish, now: Date): Fact[] {
  const { requester, proxy, beneficiary, claimant, group, done, left, rating, referral, mergedInto, extensions } = wish;
  const extended = extensions[extensions.length - 1];
  const found: [string, string | undefined][] = [
    ['许愿人', requester.name],
    ['替谁', beneficiary && `${beneficiary.relation} ${beneficiary.name}`],
    ['代办人', proxy?.name],
    ['详细地址', wish.address],
    ['帮忙的人', group ? `${group.name}：${namesOf([claimant, ...group.members])}` : claimant?.name],
    ...onTheWall(wish),
    ['延期', extended && `到${dayWord(extended.until, now)}，${extended.reason}`],
    ['办得怎样', done?.note],
    ['花费', done?.cost === undefined ? undefined : `${done.cost}元`],
    ['还差', left],
    ['评价', rating && `${FACES[rating.score] ?? rating.score}${rating.words ? `，${rating.words}` : ''}`],
    ['转给', referral && `${referral.to}，受理号${referral.number}`],
    ['并到', mergedInto && `心愿${mergedInto.number}号${mergedInto.stateWord ? `（${mergedInto.stateWord}）` : ''}`],
  ];
  return found.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}
