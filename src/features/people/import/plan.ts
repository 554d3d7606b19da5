/** Import of people: whom each row means, and what it changes. An identity number is one person's; without it, name and telephone together. */
import { newId } from '../../../core/aggregate.ts';
import { breather } from '../../../core/breath.ts';
import type { House } from '../../../core/house.ts';
import { civil } from '../../../core/time.ts';
import {
  type ImportKind,
  type ImportOptions,
  type ImportReport,
  levelOf,
  lineage,
  type RowProblem,
  runImport,
  type Table,
  type Write,
} from '../../areas/index.ts';
import { importWords as words } from '../messages.ts';
import type { Person } from '../model.ts';
import { fieldPlace, idNumberFingerprint, phoneFingerprint, SEALED_FIELDS, sealedFields } from '../service.ts';
import { knownAreas, knownPeople, type Register } from './register.ts';
import { type Field, given, HEADINGS, plainCode, type ReadRow, readRow } from './rows.ts';

export const peopleImport: ImportKind<Field> = {
  name: 'people',
  collection: 'people',
  headings: HEADINGS,
  required: ['name', 'area'],
  plan: planPeople,
};

/** Imports people from a file; importing again changes what changed. @throws as `runImport` */
export async function importPeople(house: House, path: string, options: ImportOptions): Promise<ImportReport> {
  return runImport(house, peopleImport, path, options);
}

/** A row and the person it means. */
export interface Meant {
  row: ReadRow;
  id: string;
  before: Person | undefined;
}

type Objection = (line: number, field: Field, reason: string) => void;

async function planPeople(
  house: House,
  table: Table<Field>,
  options: Pick<ImportOptions, 'covers'> & { checked(rows: number): void },
): Promise<{ writes: Write[]; problems: RowProblem[] }> {
  const problems: RowProblem[] = [];
  const object: Objection = (line, field, reason) =>
    problems.push({ line, column: table.headings[field] ?? HEADINGS[field][0], reason });
  const { year } = civil(house.clock.now());
  const breathe = breather();
  const rows: ReadRow[] = [];
  for (const row of table.rows) {
    await breathe();
    const read = readRow(row, year, (field, why) => object(row.line, field, why));
    if (read) rows.push(read);
  }

  await checkAreas(house, table, rows, options.covers, object);
  const register = await knownPeople(house, rows);
  const meant = await whoIsMeant(house, rows, register, options.covers, object);
  const sentinels = await sentinelsByPhone(house, meant, register);
  const writes: Write[] = [];
  for (const [index, one] of meant.entries()) {
    await breathe();
    const sentinel = sentinelOfRow(one.row, sentinels, object);
    const write = writeOf(house, one, sentinel);
    if (write) writes.push(write);
    if (index % 500 === 499) options.checked(Math.min(index + 1, table.rows.length));
  }
  options.checked(table.rows.length);
  return { writes, problems };
}

/** Places named in any row must be there, whatever else is wrong with it; where a sound row reaches, the importer must. */
async function checkAreas(
  house: House,
  table: Table<Field>,
  rows: readonly ReadRow[],
  covers: ImportOptions['covers'],
  object: Objection,
): Promise<void> {
  const named = table.rows.flatMap(({ line, cells }) =>
    (['area', 'roleArea'] as const).flatMap((field) => {
      const code = cells[field] && plainCode(cells[field]);
      return code !== undefined && levelOf(code) ? { line, field, code } : [];
    }),
  );
  const known = await knownAreas(
    house,
    named.map(({ code }) => code),
  );
  for (const { line, field, code } of named) if (!known.has(code)) object(line, field, words.noArea(code));
  const breathe = breather();
  for (const { line, area, roles } of rows) {
    await breathe();
    const above = lineage(area);
    for (const code of new Set([area, ...roles.map((grant) => grant.area)])) {
      const field = code === area ? 'area' : above.includes(code) ? 'roles' : 'roleArea';
      if (!covers(lineage(code))) object(line, field, words.notYours(code));
    }
  }
}

async function whoIsMeant(
  house: House,
  rows: readonly ReadRow[],
  register: Register,
  covers: ImportOptions['covers'],
  object: Objection,
): Promise<Meant[]> {
  const meant: Meant[] = [];
  const lineOf = new Map<string, number>();
  const breathe = breather();
  for (const row of rows) {
    await breathe();
    const field = row.idNumber === undefined ? 'phone' : 'idNumber';
    const id = row.idNumber === undefined ? undefined : idNumberFingerprint(house.vault, row.idNumber);
    const found = register.match(row.name, row.phone && phoneFingerprint(house.vault, row.phone), id);
    if (found === 'other id' || found === 'two people') {
      object(row.line, field, found === 'two people' ? words.twoPeople : words.otherId);
      continue;
    }
    if (found && !covers(found.areas)) object(row.line, field, words.livesElsewhere);
    // The same person twice in one file: by number, by name and telephone, or by meaning one already known.
    const names = [
      ...(id === undefined ? [] : [`id ${id}`]),
      ...(row.phone === undefined ? [] : [`phone ${row.phone} ${row.name}`]),
      ...(found ? [`known ${found._id}`] : []),
    ];
    const earlier = names.map((name) => lineOf.get(name)).find((line) => line !== undefined);
    if (earlier !== undefined) object(row.line, field, words.sameAs(earlier));
    for (const name of names) if (!lineOf.has(name)) lineOf.set(name, row.line);
    meant.push({ row, id: found?._id ?? newId(), before: found });
  }
  return meant;
}

/** Those who may be a sentinel, by telephone: workers of the register and workers this file brings. */
export async function sentinelsByPhone(
  house: Pick<House, 'vault'>,
  meant: readonly Meant[],
  register: Pick<Register, 'byPhone'>,
): Promise<Map<string, Set<string>>> {
  const isWorker = ({ roles }: Pick<Person, 'roles'>) =>
    roles.some(({ role }) => role === 'worker' || role === 'grid_worker');
  const coming = new Map<string, string[]>();
  for (const { row, id } of meant) {
    if (row.phone === undefined || !isWorker(row)) continue;
    const ids = coming.get(row.phone);
    if (ids) ids.push(id);
    else coming.set(row.phone, [id]);
  }
  const found = new Map<string, Set<string>>();
  const breathe = breather();
  for (const phone of new Set(meant.flatMap(({ row }) => row.sentinel ?? []))) {
    await breathe();
    const known = register.byPhone(phoneFingerprint(house.vault, phone)).filter(isWorker);
    found.set(phone, new Set([...known.map((person) => person._id), ...(coming.get(phone) ?? [])]));
  }
  return found;
}

function sentinelOfRow(row: ReadRow, sentinels: Map<string, Set<string>>, object: Objection): string | undefined {
  if (row.sentinel === undefined) return undefined;
  const [only, second] = sentinels.get(row.sentinel) ?? [];
  if (only === undefined) object(row.line, 'sentinel', words.noSentinel);
  if (second !== undefined) object(row.line, 'sentinel', words.twoSentinels);
  return only;
}

/** What has to be written for a row; nothing when all of it is known already. */
function writeOf(house: House, { row, id, before }: Meant, sentinel: string | undefined): Write | undefined {
  const { vault } = house;
  const { line: _line, area, roles, phone, idNumber, address, sentinel: _phone, ...plain } = row;
  const fresh = roles.filter(
    ({ role, area: at }) => !before?.roles.some((one) => one.role === role && one.area === at),
  );
  const news = given({
    phone: phone && before?.phoneFingerprint === phoneFingerprint(vault, phone) ? undefined : phone,
    idNumber: idNumber && before?.idNumberFingerprint === idNumberFingerprint(vault, idNumber) ? undefined : idNumber,
    address:
      before?.address && vault.tryOpen(before.address, fieldPlace(id, 'address')) === address ? undefined : address,
  });
  const set = {
    // Somebody who comes back does not find old phones still signed in.
    ...(before && !before.active ? { signInsEnded: (before.signInsEnded ?? 0) + 1 } : {}),
    ...changedFields(before, { ...plain, areas: lineage(area), ...given({ sentinel }), active: true }),
    ...sealedFields(vault, id, news),
  };
  if (before && Object.keys(set).length === 0 && fresh.length === 0) return undefined;
  const now = house.clock.now();
  return {
    id,
    isNew: before === undefined,
    set: { ...set, version: (before?.version ?? 0) + 1, updatedAt: now },
    first: before ? {} : { createdAt: now },
    add: { roles: fresh },
    ...(set.idNumberFingerprint === undefined
      ? {}
      : { same: { field: 'idNumberFingerprint', value: set.idNumberFingerprint, sealed: SEALED_FIELDS } }),
  };
}

function changedFields(before: Person | undefined, after: Partial<Person>): Partial<Person> {
  const entries = Object.entries(after) as [keyof Person, unknown][];
  return Object.fromEntries(
    entries.filter(([field, value]) => JSON.stringify(before?.[field]) !== JSON.stringify(value)),
  );
}
