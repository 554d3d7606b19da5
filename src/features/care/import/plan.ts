/** Import of people in care: the register of people must know them, and so must it their sentinels and leads. */
import { system } from '../../../core/ability.ts';
import { idFor } from '../../../core/aggregate.ts';
import { breather } from '../../../core/breath.ts';
import type { House } from '../../../core/house.ts';
import { begin } from '../../../core/lifecycle.ts';
import { maskName } from '../../../core/text.ts';
import { dayOf } from '../../../core/time.ts';
import {
  communityOf,
  type ImportKind,
  type ImportOptions,
  type ImportReport,
  type RowProblem,
  runImport,
  type Table,
  type Write,
} from '../../areas/index.ts';
import {
  findPeople,
  findPerson,
  idNumberFingerprint,
  knownPeople,
  type Person,
  phoneFingerprint,
  type Register,
} from '../../people/index.ts';
import { objectionToConsent, objectionToReview } from '../consent.ts';
import { mayBeLead, mayBeSentinel, sealerOf } from '../facts.ts';
import { careLifecycle } from '../lifecycle.ts';
import { importWords as words } from '../messages.ts';
import type { CareDoc } from '../model.ts';
import { keepInStep } from '../service.ts';
import { keptOf } from '../store.ts';
import { type Field, HEADINGS, type ReadRow, readRow } from './rows.ts';

type Check = (line: number, field: Field, reason: string) => void;

/** A sound row and the person it means. */
interface Meant {
  row: ReadRow;
  person: Person;
  community: string;
}

/**
 * Takes people into care from a file; whoever is in care already as the row says stays as they are. The register's copy of
 * who is whose sentinel follows.
 * @throws as `runImport`
 */
export async function importCare(house: House, path: string, options: ImportOptions): Promise<ImportReport> {
  let written: readonly Write[] = [];
  const kind: ImportKind<Field> = {
    name: 'care',
    collection: 'care',
    headings: HEADINGS,
    required: ['name', 'kinds', 'colour', 'reason', 'consentBy', 'consentAt', 'reviewBy'],
    async plan(_house, table, planning) {
      const planned = await planCare(house, table, { ...planning, by: options.by });
      written = planned.writes;
      return planned;
    },
  };
  const report = await runImport(house, kind, path, options);
  if (report.imported) for (const { id } of written) await keepInStep(house, { _id: id });
  return report;
}

async function planCare(
  house: House,
  table: Table<Field>,
  options: Pick<ImportOptions, 'covers' | 'by'> & { checked(rows: number): void },
): Promise<{ writes: Write[]; problems: RowProblem[] }> {
  const problems: RowProblem[] = [];
  const object: Check = (line, field, reason) =>
    problems.push({ line, column: table.headings[field] ?? HEADINGS[field][0], reason });
  const breathe = breather();
  const rows: ReadRow[] = [];
  for (const row of table.rows) {
    await breathe();
    const read = readRow(row, (field, reason) => object(row.line, field, reason));
    if (read) rows.push(read);
  }
  const register = await knownPeople(house, [
    ...rows,
    ...rows.flatMap(({ lead }) => (lead === undefined ? [] : [{ phone: lead }])),
  ]);
  const meant = await whoIsMeant(house, rows, register, options.covers, object);
  const kept = await keptByPerson(house, meant);
  const registered = await registeredSentinels(house, meant);
  const importer = await findPerson(house, options.by);
  const actor = { ...system('command'), ...(importer && { id: importer._id, name: importer.name }) };
  const writes: Write[] = [];
  for (const [index, one] of meant.entries()) {
    await breathe();
    const care = documentOf(house, one, { register, registered }, actor, object);
    const before = kept.get(one.person._id);
    if (before && care && !isAlike(before, care)) object(one.row.line, 'kinds', words.keptOtherwise);
    if (care && !before) writes.push(writeOf(care));
    if (index % 500 === 499) options.checked(Math.min(index + 1, table.rows.length));
  }
  options.checked(table.rows.length);
  return { writes, problems };
}

async function whoIsMeant(
  house: House,
  rows: readonly ReadRow[],
  register: Register,
  covers: ImportOptions['covers'],
  object: Check,
): Promise<Meant[]> {
  const meant: Meant[] = [];
  const lineOf = new Map<string, number>();
  const breathe = breather();
  for (const row of rows) {
    await breathe();
    const field = row.idNumber === undefined ? 'phone' : 'idNumber';
    const id = row.idNumber && idNumberFingerprint(house.vault, row.idNumber);
    const person = register.match(row.name, row.phone && phoneFingerprint(house.vault, row.phone), id);
    if (typeof person === 'string') object(row.line, field, words.unclear);
    else if (!person?.active || person.name !== row.name) object(row.line, field, words.notKnown);
    else if (!covers(person.areas)) object(row.line, field, words.notYours);
    else {
      const earlier = lineOf.get(person._id);
      const community = communityOf(person.areas);
      if (earlier !== undefined) object(row.line, field, words.sameAs(earlier));
      else if (community === undefined) object(row.line, field, words.noCommunity);
      else meant.push({ row, person, community });
      lineOf.set(person._id, earlier ?? row.line);
    }
  }
  return meant;
}

/** A lookup stays well within what one query may carry. */
const BATCH = 1_000;

async function keptByPerson(house: House, meant: readonly Meant[]): Promise<Map<string, CareDoc>> {
  const kept = new Map<string, CareDoc>();
  for (let at = 0; at < meant.length; at += BATCH) {
    const persons = meant.slice(at, at + BATCH).map(({ person }) => person._id);
    for (const care of await keptOf(house, persons)) kept.set(care.person, care);
  }
  return kept;
}

/** Whom the register of people names as sentinel of these people already. */
async function registeredSentinels(house: House, meant: readonly Meant[]): Promise<Map<string, Person>> {
  const ids = [...new Set(meant.flatMap(({ person }) => person.sentinel ?? []))];
  const found = new Map<string, Person>();
  for (let at = 0; at < ids.length; at += BATCH) {
    for (const person of await findPeople(house, ids.slice(at, at + BATCH))) found.set(person._id, person);
  }
  return found;
}

/** The document a row begins, or `undefined` after at least one objection. */
function documentOf(
  house: House,
  { row, person, community }: Meant,
  { register, registered }: { register: Register; registered: ReadonlyMap<string, Person> },
  actor: ReturnType<typeof system>,
  object: Check,
): CareDoc | undefined {
  const now = house.clock.now();
  const { line, kinds, colour, reason, consent, reviewBy } = row;
  const place = { areas: person.areas, community };
  const review = objectionToReview(reviewBy, dayOf(now));
  if (review) object(line, 'reviewBy', plain(review.detail));
  const refused = kinds.map((kind) => objectionToConsent(consent, kind, person.birthYear, dayOf(now))).find(Boolean);
  if (refused) object(line, refused.code === 'consent_later' ? 'consentAt' : 'consentBy', plain(refused.detail));
  const only = (field: 'sentinel' | 'lead', isRight: (one: Person) => boolean): string | undefined => {
    const phone = row[field];
    if (phone === undefined) return undefined;
    const [one, second] = register
      .byPhone(phoneFingerprint(house.vault, phone))
      .filter((found) => found.active && found._id !== person._id && isRight(found));
    if (!one) object(line, field, field === 'sentinel' ? words.noSentinel : words.noLead);
    if (second) object(line, field, field === 'sentinel' ? words.twoSentinels : words.twoLeads);
    return second ? undefined : one?._id;
  };
  const sentinel = only('sentinel', (one) => mayBeSentinel(one, place));
  const lead = only('lead', (one) => mayBeLead(one, place));
  const before = registered.get(person.sentinel ?? '');
  const missing = (row.sentinel !== undefined && !sentinel) || (row.lead !== undefined && !lead);
  if (review || refused || missing) return undefined;
  const id = idFor(careLifecycle.name, person._id);
  const input = {
    person: person._id,
    kinds,
    reason,
    consent,
    reviewBy,
    colour,
    ...(sentinel && { sentinel }),
    ...(lead && { lead }),
  };
  return begin(
    careLifecycle,
    'enrol',
    input,
    {
      actor,
      ability: house.abilityOf(actor),
      now,
      calendar: house.calendar,
      keyed: (text) => house.vault.fingerprint(text),
      facts: {
        seal: sealerOf(house, id),
        who: maskName(person.name),
        birthYear: person.birthYear,
        place,
        registered: before && mayBeSentinel(before, place) ? before._id : undefined,
      },
    },
    id,
  );
}

const plain = (sentence: string): string => sentence.replace(/。$/u, '');

/** Whether somebody is in care already just as a row says. */
function isAlike(before: CareDoc, after: CareDoc): boolean {
  const kindsOf = ({ flags }: CareDoc) => flags.map(({ kind }) => kind).sort();
  return (
    before.colour === after.colour &&
    kindsOf(before).join() === kindsOf(after).join() &&
    (after.sentinel === undefined || after.sentinel === before.sentinel) &&
    (after.lead === undefined || after.lead === before.lead)
  );
}

/** Should somebody have taken the same person into care meanwhile, what they wrote stands. */
function writeOf({ _id, updatedAt, ...first }: CareDoc): Write {
  const same = { field: 'person', value: first.person, sealed: [] };
  return { id: _id, isNew: true, set: { updatedAt }, first: { ...first }, same };
}
