/** Who of a city is to be seen, or was: read from one index, which holds all that is told of them. */
import type { House } from '../../core/house.ts';
import type { Day } from '../../core/time.ts';
import { lineage } from '../areas/index.ts';
import { COLOURS, type Colour } from './kinds.ts';
import { type Listed, type ListedWhole, listedFrom, listing, NEVER_DUE, notBefore, visitsFrom } from './listing.ts';
import { caredFor } from './lists.ts';
import { type CareDoc, WHOM_TO_SEE } from './model.ts';
import { cares } from './store.ts';

/** Rows of one answer of the store. */
const ROWS_AT_ONCE = 20_000;

/** Of each colour the latest day somebody may have been last seen on to be listed; nobody of a colour without one. */
export type NotSeen = Readonly<Partial<Record<Colour, Day>>>;

/** Of each colour who is listed; nobody of a colour without it. */
export type SeenSince = Readonly<
  Partial<
    Record<
      Colour,
      {
        /** All who were last seen on this day or before. */
        notSince: Day;
        /** All who were seen on this day or later. */
        since: Day;
        /** Of the others those who were seen on this day or later before they were seen last. */
        before: Day;
      }
    >
  >
>;

/** One index holds every field of it. */
type Row = Required<Pick<CareDoc, 'colour' | 'seenOn' | 'line'>> & Pick<CareDoc, 'seenBefore'>;

/** Those in care now in some communities. */
const placeOf = (communities: readonly string[]) => ({
  community: { $in: [...communities] },
  state: 'kept' as const,
});

/**
 * Those in care now in these communities who were last seen (or, never seen, taken into care) on such a day or before, in no
 * particular order. Whoever was written without that day is always among them. For the house's own plans.
 */
export async function notSeenSince(house: House, communities: readonly string[], until: NotSeen): Promise<Listed[]> {
  const place = placeOf(communities);
  const areasOf = lineages();
  const [unknown, ...known] = await Promise.all([
    unlisted(house, place),
    ...COLOURS.flatMap((colour) => {
      const seenOn = until[colour];
      return seenOn === undefined ? [] : [rowsOf(house, { ...place, colour, seenOn: { $lte: seenOn } })];
    }),
  ]);
  return [
    ...unknown.map(({ colour, ...told }) => listedFrom({ colour, ...listing(told) }, lineage)),
    ...known.flat().map((row) => listedFrom(row, areasOf)),
  ];
}

/** The same of those for whom there was something to do, with every day they were seen on. */
export async function seenSince(
  house: House,
  communities: readonly string[],
  wanted: SeenSince,
): Promise<ListedWhole[]> {
  const place = placeOf(communities);
  const areasOf = lineages();
  const [unknown, ...known] = await Promise.all([
    unlisted(house, place),
    ...COLOURS.flatMap((colour) => {
      const { notSince, since, before } = wanted[colour] ?? {};
      if (notSince === undefined || since === undefined || before === undefined) return [];
      return [
        rowsOf(house, { ...place, colour, seenOn: { $lte: notSince } }),
        rowsOf(house, {
          ...place,
          colour,
          seenOn: { $gt: notSince, $lt: since },
          // Of a document of before it was kept nobody knows.
          seenBefore: { $not: { $lt: notBefore(before) } },
        }),
        rowsOf(house, {
          ...place,
          colour,
          seenOn: notSince < since ? { $gte: since, $lt: NEVER_DUE } : { $gt: notSince, $lt: NEVER_DUE },
        }),
      ];
    }),
  ]);
  const old: string[] = [];
  const listed: ListedWhole[] = [];
  for (const row of known.flat()) {
    const one = listedFrom(row, areasOf);
    // A store may say null of what is not there.
    if (typeof row.seenBefore === 'string') listed.push({ ...one, visits: visitsFrom(one, row.seenBefore) });
    else old.push(one.person);
  }
  const whole = [...old, ...unknown.map(({ person }) => person)];
  if (whole.length > 0) for await (const one of caredFor(house, { persons: whole })) listed.push(one);
  return listed;
}

/** Neighbours share one list of areas. */
function lineages(): (code: string) => string[] {
  const known = new Map<string, string[]>();
  return (code) => {
    const areas = known.get(code) ?? lineage(code);
    known.set(code, areas);
    return areas;
  };
}

const rowsOf = (house: House, filter: object): Promise<Row[]> =>
  cares(house)
    .find(filter)
    .hint(WHOM_TO_SEE)
    .project<Row>({ _id: 0, colour: 1, seenOn: 1, seenBefore: 1, line: 1 })
    .batchSize(ROWS_AT_ONCE)
    .toArray();

/** Documents of before any of this was kept. */
const unlisted = (house: House, place: object): Promise<CareDoc[]> =>
  cares(house)
    .find({ ...place, colour: { $in: [...COLOURS] }, seenOn: null as never, missing: { $exists: false } })
    .hint(WHOM_TO_SEE)
    .project<CareDoc>({ person: 1, colour: 1, sentinel: 1, since: 1, areas: 1, visits: 1, 'flags.kind': 1 })
    .toArray();
