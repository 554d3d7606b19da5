/** What one index holds of people in care, so that what is made of the whole city reads no document. */
import type { Day } from '../../core/time.ts';
import type { Colour, FlagKind } from './kinds.ts';
import type { CareDoc } from './model.ts';

/** What a plan of the whole city knows of somebody in care. */
export interface Listed {
  person: string;
  colour: Colour;
  flags: FlagKind[];
  sentinel?: string;
  areas: string[];
  since: Day;
  lastVisit?: Day;
}

/** The same with every day they were seen on. */
export type ListedWhole = Listed & Pick<CareDoc, 'visits'>;

type Told = Pick<CareDoc, 'person' | 'areas' | 'since' | 'visits' | 'flags' | 'sentinel' | 'missing'>;

/** Seen so late that nothing is due. */
export const NEVER_DUE: Day = '9999-12-31';

/**
 * The fields a plan of the whole city is made from: one index holds them, so that no document is read for it. Part of every
 * change of what they come from.
 */
export const listing = ({ person, areas, since, visits, flags, sentinel = NOBODY, missing }: Told) => ({
  seenOn: missing !== undefined ? NEVER_DUE : visits[0] !== undefined && visits[0] > since ? visits[0] : since,
  seenBefore: missing !== undefined ? '' : beforeOf(visits, since),
  line: [person, sentinel, since, areas.at(-1), ...flags.map(({ kind }) => kind)].join(' '),
});

const NOBODY = '-';

/** The days before the last, the one they were taken in on as well: in the order of the first of them, however many follow. */
const beforeOf = (visits: readonly Day[], since: Day): string =>
  visits[0] === undefined || visits[0] <= since
    ? ''
    : [...visits.slice(1).filter((day) => day > since), since].map(shortened).join('');

const shortened = (day: Day): string => day.slice(2).replaceAll('-', '');
const SHORT = 6;

/** Each is spelt out once: a city has millions of them, and of different ones few. */
const days = new Map<string, Day>();

function dayIn(short: string): Day {
  let day = days.get(short);
  if (day === undefined) {
    day = `20${short.slice(0, 2)}-${short.slice(2, 4)}-${short.slice(4)}`;
    days.set(short, day);
  }
  return day;
}

/** A bound of `seenBefore`: whoever has less was not seen on the day or later before they were seen last. */
export const notBefore = (day: Day): string => shortened(day);

/** What the fields of `listing` say. @param areasOf the lineage of an area's code */
export function listedFrom(
  { colour, seenOn, line }: { colour: Colour; seenOn: Day; line: string },
  areasOf: (code: string) => string[],
): Listed {
  const [person = '', sentinel = NOBODY, since = seenOn, place = '', ...flags] = line.split(' ');
  return {
    person,
    colour,
    flags: flags as FlagKind[],
    areas: areasOf(place),
    since,
    ...(sentinel !== NOBODY && { sentinel }),
    ...(seenOn > since && { lastVisit: seenOn }),
  };
}

/** The days somebody was seen on since they were taken in, newest first. */
export function visitsFrom({ lastVisit }: Listed, seenBefore: string): Day[] {
  if (lastVisit === undefined) return [];
  const visits = [lastVisit];
  // The last one is the day they were taken in on.
  for (let at = 0; at + SHORT < seenBefore.length; at += SHORT) visits.push(dayIn(seenBefore.slice(at, at + SHORT)));
  return visits;
}
