import type { Answer } from '../../api/ask';
import { areaFrom, areaWord } from './area';

export type Owner = Answer<'getBallotsByIdOwners'>['owners'][number];
export type Account = Owner['people'][number];
export type Resident = Answer<'getBallotsByIdResidents'>['items'][number];

const MOST_NAME = 60;

/** One line of what somebody entered: an owner and one flat. */
export interface Entry {
  name: string;
  door: string;
  /** Hundredths of a square metre. */
  area: number;
  people: readonly Account[];
}

/** The name an owner stands under in the list, their flats behind it. */
const nameOf = ({ name }: Pick<Owner, 'name'>): string => name.split(' ')[0] ?? name;
const doorsOf = ({ name }: Pick<Owner, 'name'>): string => name.slice(nameOf({ name }).length + 1);
const accountsOf = (people: readonly Account[]): string =>
  people
    .map(({ id }) => id)
    .sort()
    .join(' ');

const ownerOf = ({ name, door, area, people }: Entry): Owner => ({
  name: [name.replace(/\s+/gu, ''), door.trim()].filter(Boolean).join(' '),
  area,
  people: [...people],
});

/** What becomes of an entry: a new owner; another flat of one who is listed; or somebody has to say which. */
export type Fit =
  | { kind: 'new'; owner: Owner }
  | { kind: 'same'; at: number; owner: Owner }
  | { kind: 'unsure'; at: number }
  | { kind: 'wrong'; words: string };

/**
 * Whoever votes by the same account is one owner. Of the same name alone nobody knows: two heads would be one too many for
 * one person, and one too few for two.
 */
export function fitOf(owners: readonly Owner[], entry: Entry): Fit {
  const owner = ownerOf(entry);
  if (owner.name.length > MOST_NAME) return { kind: 'wrong', words: '名字和门牌太长了，请写短一点' };
  const accounts = accountsOf(entry.people);
  const account = owners.findIndex((one) => accounts !== '' && accountsOf(one.people) === accounts);
  if (account >= 0) return joined(owners, account, entry);
  const name = owners.findIndex((one) => nameOf(one) === nameOf(owner));
  const known = owners[name];
  if (!known) return { kind: 'new', owner };
  if (owners.some((one) => one.name === owner.name || (nameOf(one) === nameOf(owner) && hasDoor(one, entry.door))))
    return { kind: 'wrong', words: '名单里已经有这一位的这套房' };
  // Two accounts are two people, whatever they are called.
  const differ = accounts !== '' && known.people.length > 0;
  return differ ? { kind: 'new', owner } : { kind: 'unsure', at: name };
}

const hasDoor = (owner: Owner, door: string): boolean => doorsOf(owner).split('、').includes(door.trim());

/** Another flat of an owner: still one head, with the area of all of them. */
function joined(owners: readonly Owner[], at: number, { door, area, people }: Entry): Fit {
  const known = owners[at];
  if (!known) return { kind: 'wrong', words: '名单里没有这一位了' };
  if (door.trim() !== '' && hasDoor(known, door)) return { kind: 'wrong', words: '名单里已经有这一位的这套房' };
  const doors = [doorsOf(known), door.trim()].filter(Boolean).join('、');
  const owner: Owner = {
    name: [nameOf(known), doors].filter(Boolean).join(' '),
    area: known.area + area,
    people: known.people.length > 0 ? known.people : [...people],
  };
  if (owner.name.length > MOST_NAME) return { kind: 'wrong', words: '名字和门牌太长了，请写短一点' };
  return { kind: 'same', at, owner };
}

/** Another flat of whoever is listed under the same name. */
export const sameName = (owners: readonly Owner[], entry: Entry): Fit =>
  joined(
    owners,
    owners.findIndex((one) => nameOf(one) === entry.name),
    entry,
  );

/** Somebody else who is called the same. */
export const otherName = (_owners: readonly Owner[], entry: Entry): Fit => ({ kind: 'new', owner: ownerOf(entry) });

/** An entry as it is asked about: what was written, and who is listed under that name. */
export const askedOf = <T extends Entry>(owners: readonly Owner[], entry: T): T & { whose: string } => ({
  ...entry,
  whose: owners.find((one) => nameOf(one) === entry.name)?.name ?? entry.name,
});

/** What is in the three fields, as an entry; words for what is missing. */
export function entryWritten(
  { name, door, area: written }: Readonly<Record<'name' | 'door' | 'area', string>>,
  people: readonly Account[],
): (Entry & { text: string }) | string {
  if (name.trim() === '') return '请写业主的名字。';
  if (door.trim() === '') return '请写门牌，例如3-2-501。';
  const area = areaFrom(written);
  if (typeof area === 'string') return `${area}。`;
  return {
    name: name.trim(),
    door: door.trim(),
    area,
    people,
    text: `${name.trim()} ${door.trim()} ${written.trim()}`,
  };
}

/** The same list with an entry in it, when it is plain where it goes. */
export function withEntry(owners: readonly Owner[], fit: Fit): Owner[] | undefined {
  if (fit.kind === 'new') return [fit.owner, ...owners];
  if (fit.kind === 'same') return owners.map((one, at) => (at === fit.at ? fit.owner : one));
  return undefined;
}

/** A line of what was pasted that is not in the list yet, and why. */
export interface Left {
  line: number;
  text: string;
  words: string;
}

/** What came of many lines. */
export interface Pasted {
  owners: Owner[];
  added: number;
  left: Left[];
  /** Of those that are left, whose name is in the list already: it is asked which it is. */
  unsure: (Entry & { text: string })[];
}

const BETWEEN = /[\s,，;；、|]+/u;
const UNIT = /^(平方米|平米|平|㎡|m2)$/iu;

/** One owner a line: 名字 门牌 面积, with blanks, commas or the columns of a sheet between. Empty lines are none. */
export function pasteInto(owners: readonly Owner[], text: string): Pasted {
  const result: Pasted = { owners: [...owners], added: 0, left: [], unsure: [] };
  for (const [at, raw] of text.split(/\r?\n/u).entries()) {
    const line = raw.trim();
    if (line === '') continue;
    const leave = (words: string) => result.left.push({ line: at + 1, text: line, words });
    const entry = entryFrom(line);
    if (typeof entry === 'string') {
      leave(entry);
      continue;
    }
    const fit = fitOf(result.owners, entry);
    const next = withEntry(result.owners, fit);
    if (next) {
      result.owners = next;
      result.added += 1;
    } else if (fit.kind === 'unsure') result.unsure.push({ ...entry, text: line });
    else if (fit.kind === 'wrong') leave(fit.words);
  }
  return result;
}

/** @returns words for what is wrong with the line */
function entryFrom(line: string): Entry | string {
  const parts = line.split(BETWEEN).filter(Boolean);
  if (parts.length > 1 && UNIT.test(parts[parts.length - 1] ?? '')) parts.pop();
  const [name = '', ...rest] = parts;
  const written = rest.pop();
  if (written === undefined) return '要写三样：名字、门牌、面积';
  if (/^[\d.]+$/u.test(name)) return '开头要写名字';
  const area = areaFrom(written);
  if (typeof area === 'string') return area;
  return rest.length === 0 ? '没有写门牌' : { name, door: rest.join(' '), area, people: [] };
}

export const totalsWord = (owners: readonly Owner[]): string =>
  owners.length === 0
    ? '还没有登记业主。'
    : `登记了${owners.length}位业主，一共${areaWord(owners.reduce((all, { area }) => all + area, 0))}。`;

/** One owner as the list shows it. */
export interface OwnerLine {
  /** Its place in the whole list. */
  at: number;
  name: string;
  area: string;
  tag: string;
  tone: string;
}

/** Those whose name or door has this in it. */
export const linesOf = (owners: readonly Owner[], q: string): OwnerLine[] =>
  owners
    .map(({ name, area, people }, at) => ({
      at,
      name,
      area: areaWord(area),
      tag: people.length > 0 ? '手机、纸质票都行' : '交纸质票',
      tone: people.length > 0 ? 'tag-good' : '',
    }))
    .filter(({ name }) => name.includes(q));

/** An owner taken up again, to be changed. */
export const entryOf = (owner: Owner): Entry => ({
  name: nameOf(owner),
  door: doorsOf(owner),
  area: owner.area,
  people: owner.people,
});
