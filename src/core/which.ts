import { z } from 'zod';
import type { Answer, HeardOf, Slots, Turn } from './intent.ts';
import { complaintIn, isSubjectOf } from './judgement.ts';

/** Which matter of a kind somebody means: as found before, by its number, or as the only one that can be meant. */

/** A matter as far as choosing it goes. */
export interface Meant {
  id: string;
  number: number;
  title: string;
  place: string;
  stateWord: string;
  moves: readonly string[];
}

/** How the matters of one kind are found, and what is said while it is not clear which. */
export interface Finder<V extends Meant> {
  /** The move that is to be made on it. */
  move: string;
  get(id: string): Promise<V>;
  /** Those of that number the speaker may mean, the likeliest first. */
  byNumber(number: number): Promise<V[]>;
  /** Those that can be meant when no number was said. */
  pool(): Promise<Meant[]>;
  words: {
    which: string;
    none: string;
    notFound(number: number): string;
    label(number: number, title: string, stateWord: string): string;
    placed(number: number, title: string, place: string): string;
  };
}

export type Which<V> = { matter: V } | { answer: Answer };

const MOST_OFFERED = 9;

/** What earlier steps of the same matter found out. */
const foundBefore = z.object({
  id: z.string().optional(),
  words: z.string().optional(),
  written: z.string().optional(),
});
export const foundIn = (turn: Turn) => foundBefore.safeParse(turn.kept ?? {}).data ?? {};

/** Finds it, or asks which of several: some moves (a judgement, a command) are made at once. */
export async function whichOf<V extends Meant>(turn: Turn, intent: string, finder: Finder<V>): Promise<Which<V>> {
  const { words: said, get, move } = finder;
  const { id } = foundIn(turn);
  if (id !== undefined) return { matter: await get(id) };
  const { number } = turn.slots;
  if (number !== undefined) {
    const found = await finder.byNumber(number);
    const able = found.filter(({ moves }) => moves.includes(move));
    const matter = able[0] ?? found[0];
    if (!matter) return { answer: { text: said.notFound(number) } };
    if (able.length < 2) return { matter };
    return { answer: asked(turn, intent, said.which, able, (one) => said.placed(one.number, one.title, one.place)) };
  }
  const pool = await finder.pool();
  const [only] = pool;
  if (!only) return { answer: { text: said.none } };
  if (pool.length === 1) return { matter: await get(only.id) };
  return { answer: asked(turn, intent, said.which, pool, (one) => said.label(one.number, one.title, one.stateWord)) };
}

/** Whether a matter of the kind can be meant now: see `Intent.fits`. */
export async function canBeMeant({ slots: { number } }: Turn, finder: Finder<Meant>): Promise<boolean> {
  if (number === undefined) return (await finder.pool()).length > 0;
  return (await finder.byNumber(number)).some(({ moves }) => moves.includes(finder.move));
}

/** Those of all that can be judged now which the words say are not done, with the lowest score: see `Intent.hears`. */
export async function complaintsOf(
  { text, slots: { number } }: Turn,
  finder: Finder<Meant>,
  label: (number: number) => string,
): Promise<HeardOf[]> {
  const complaint = complaintIn(text);
  if (!complaint) return [];
  const named = number === undefined ? await finder.pool() : await finder.byNumber(number);
  const able = named.filter(({ moves }) => moves.includes(finder.move));
  const meant = number === undefined ? able.filter(({ title }) => isSubjectOf(complaint.subject, title)) : able;
  const numbers = [...new Set(meant.map((one) => one.number))];
  return numbers.map((one) => ({ label: label(one), slots: { number: one, score: 1 } }));
}

function asked<V extends Meant>(
  turn: Turn,
  intent: string,
  text: string,
  matters: readonly V[],
  label: (one: V) => string,
): Answer {
  const { words = turn.text, written = turn.written } = foundIn(turn);
  const options = matters.slice(0, MOST_OFFERED).map((one) => {
    const slots: Slots = { ...turn.slots, number: one.number };
    return { label: label(one), intent, slots, kept: { ...turn.kept, id: one.id, words, written } };
  });
  return { text, options };
}
