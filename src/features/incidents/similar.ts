import { rawCollection, readAggregate } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { notFound } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { NUMERAL, readNumeral } from '../../core/numerals.ts';
import { likeness, normalise } from '../../core/text.ts';
import { DAY } from '../../core/time.ts';
import { communityOf, gridOf } from '../areas/index.ts';
import type { IncidentDoc, IncidentState } from './model.ts';
import { isVisible } from './service.ts';
import { type ListedIncident, listedView, movesOf } from './views.ts';

/** Incidents that may be one and the same problem, told by several neighbours. */

const MOST_COMPARED = 200;
const MOST_SHOWN = 3;
const WITHIN_DAYS = 14;
const OVER: readonly IncidentState[] = ['confirmed', 'declined', 'withdrawn', 'merged'];
/** What neighbours do to one another, and who is in danger, is told to no other neighbour. */
const THEIR_OWN: ReadonlySet<IncidentDoc['category']> = new Set(['dispute', 'other']);

/** What is compared, and what tells where it is. */
const COMPARED = {
  number: 1,
  title: 1,
  text: 1,
  state: 1,
  category: 1,
  urgency: 1,
  areas: 1,
  authors: 1,
  createdAt: 1,
} as const satisfies Partial<Record<keyof IncidentDoc, 1>>;
type Compared = Pick<IncidentDoc, '_id' | keyof typeof COMPARED>;

/** What is said of a problem, and where. */
export interface Problem {
  text: string;
  areas: readonly string[];
}

/** One that reads like what somebody is about to report: of others' only how it stands. */
export type Alike =
  | { own: true; number: number; title: string; state: IncidentState }
  | { own: false; state: IncidentState };

/** The open problems a report may be one with, the most alike first. Says nothing about who reported them, or in which words. */
export async function likeToReport(house: House, caller: Caller, problem: Problem): Promise<Alike[]> {
  const found = await alikeIn(house, caller.now, problem);
  return found
    .filter(({ authors, category, urgency }) =>
      authors.includes(caller.actor.id) ? true : urgency !== 'danger' && !THEIR_OWN.has(category),
    )
    .slice(0, MOST_SHOWN)
    .map(({ authors, number, title, state }) =>
      authors.includes(caller.actor.id) ? { own: true, number, title, state } : { own: false, state },
    );
}

/**
 * Those an incident may be one with, side by side for whoever may merge it; nothing for anybody else.
 * @throws HaolinError not_found
 */
export async function similarTo(house: House, caller: Caller, id: string): Promise<ListedIncident[]> {
  const model = house.model<IncidentDoc>('incident');
  const incident = await readAggregate(model, id);
  if (!incident || !isVisible(house, caller, incident)) throw notFound('事件');
  if (!movesOf(house, caller, incident).includes('merge')) return [];
  const found = (await alikeIn(house, caller.now, incident)).filter(({ _id }) => _id !== id).slice(0, MOST_SHOWN);
  const read = await Promise.all(found.map(({ _id }) => readAggregate(model, _id)));
  return read
    .filter((one) => one !== undefined)
    .filter((one) => isVisible(house, caller, one))
    .map((one) => listedView(caller, one, movesOf(house, caller, one)));
}

async function alikeIn(house: House, now: Date, problem: Problem): Promise<Compared[]> {
  const community = communityOf(problem.areas);
  if (community === undefined) return [];
  // By number, which an index keeps: the latest few are read and not a whole past.
  const latest = (await rawCollection(house.model<IncidentDoc>('incident'))
    .find({ community })
    .project(COMPARED)
    .sort({ number: -1 })
    .limit(MOST_COMPARED)
    .toArray()) as unknown as Compared[];
  const since = now.getTime() - WITHIN_DAYS * DAY;
  return latest
    .filter((one) => one.createdAt.getTime() >= since && !OVER.includes(one.state))
    .map((one) => ({ one, alike: alikeness(problem, one) }))
    .filter(({ alike }) => alike >= ALIKE)
    .sort((a, b) => b.alike - a.alike)
    .map(({ one }) => one);
}

/** From this likeness on two problems in one place are worth comparing by eye. */
const ALIKE = 0.6;

/** How alike two problems are, from 0 to 1: not at all when they are in different places. Pure. */
export function alikeness(one: Problem, other: Problem): number {
  const [here, there] = [one, other].map(({ text }) => buildingsIn(normalise(text)));
  const near =
    here && there && here.size > 0 && there.size > 0
      ? [...here].some((building) => there.has(building))
      : sameGrid(gridOf(one.areas), gridOf(other.areas));
  return near ? likeness(matterOf(one.text), matterOf(other.text)) : 0;
}

const sameGrid = (one: string | undefined, other: string | undefined): boolean =>
  one === undefined || other === undefined || one === other;

const BUILDING = new RegExp(`(${NUMERAL}|[A-Za-z](?![A-Za-z]))\\s?(?:栋|幢|座|号楼)`, 'gu');
const buildingsIn = (text: string): Set<string> =>
  new Set([...text.matchAll(BUILDING)].map(([, number = '']) => String(readNumeral(number) ?? number.toUpperCase())));

/** What is said of any problem, and where it is: two are not alike for having these in common. */
const AROUND = new RegExp(
  [
    BUILDING.source,
    `${NUMERAL}\\s?(?:单元|楼|层)`,
    '您好|你好|请问|麻烦|谢谢|多谢|不好意思|社区|书记|老师|同志们?|我们?|你们|大家|小区|这里|那里|这边|那边',
    '能不能|可不可以|帮忙?|派人|来人|有人|来?看看|看一下|一下|处理|解决|维修|修理|修|快点?|尽快',
    '今天|昨天|前天|昨晚|刚才|刚刚|现在|早上|晚上|好几天|[一二两三几]天|一直|老是|经常|又|再|还是|还|都|已经|没人|不能用|用不了',
    '[的了啊吧嘛呢哦呀啦]',
  ].join('|'),
  'gu',
);
const matterOf = (text: string): string =>
  normalise(text)
    .replace(AROUND, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');
