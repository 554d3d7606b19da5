import type { ZodType } from 'zod';
import { z } from 'zod';
import type { Aggregate, HistoryEntry, SealedWords } from './moves.ts';
import { maskPersonal } from './personal.ts';
import type { Reads } from './reads.ts';
import { definitionOf, isFreeText } from './schemas.ts';
import { sealPlace, type Vault } from './vault.ts';

/**
 * What people write may hold numbers that say who somebody is. A document keeps and tells it with those masked; as it was
 * written it lies beside, under seal, for those who may read it whole.
 */

/** Texts as they were written, by where in the input they stood. */
export type Written = Readonly<Record<string, string>>;

const plain = z.registry<{ why: string }>();

/** Marks a text of a form as none that people write about somebody. @param why it is none */
export function notWritten<T extends Reads<unknown>>(why: string, schema: T): T {
  plain.add(schema as unknown as ZodType, { why });
  return schema;
}

/** An input without the numbers in what people wrote there, and the texts that had any. Pure. */
export function withoutNumbers<T>(reads: Reads<T>, input: T): { input: T; written: Written } {
  const written: Record<string, string> = {};

  function walk(schema: ZodType, value: unknown, path: string): unknown {
    if (plain.get(schema)) return value;
    const { innerType, element, shape } = definitionOf(schema);
    if (innerType) return walk(innerType, value, path);
    if (typeof value === 'string') return isFreeText(schema) ? masked(value, path) : value;
    if (Array.isArray(value) && element) return value.map((one, at) => walk(element, one, `${path}.${at}`));
    if (typeof value !== 'object' || value === null || !shape) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [
        key,
        shape[key] ? walk(shape[key], one, path === '' ? key : `${path}.${key}`) : one,
      ]),
    );
  }

  function masked(text: string, path: string): string {
    const without = maskPersonal(text);
    if (without !== text) written[path] = text;
    return without;
  }

  return { input: walk(reads as unknown as ZodType, input, '') as T, written };
}

type Kept = Pick<Aggregate, '_id' | 'history' | 'sealedWords'>;

const placeOf = (name: string, id: string, version: number): string => sealPlace(name, id, `words.${version}`);

/** What was written with the move that led to this version, under seal. @param name the document's kind, `wish` */
export const sealWords = (
  vault: Vault,
  name: string,
  { _id, version }: { _id: string; version: number },
  written: Written,
): SealedWords => ({ version, sealed: vault.seal(JSON.stringify(written), placeOf(name, _id, version)) });

/** A text as it was written, and when by whom. */
export interface Whole {
  text: string;
  entry: HistoryEntry;
}

/**
 * All that is under seal of a document's words, oldest first.
 * @throws HaolinError sealed_unreadable
 */
export const openWords = (vault: Vault, name: string, doc: Kept): Whole[] => opened(doc, name, vault.open);

function opened(
  { _id, history, sealedWords = [] }: Kept,
  name: string,
  open: (sealed: string, place: string) => string | undefined,
  may: (entry: HistoryEntry) => boolean = () => true,
): Whole[] {
  return sealedWords.flatMap(({ version, sealed }) => {
    const entry = history.find((one) => one.version === version);
    const written = entry && may(entry) ? open(sealed, placeOf(name, _id, version)) : undefined;
    if (!entry || written === undefined) return [];
    return Object.values(JSON.parse(written) as Written).map((text) => ({ text, entry }));
  });
}

/**
 * Makes what a document keeps of somebody's words whole again, for whom that is; a text that does not open stays masked.
 * @param may of the moves with which something was written, those whose words the reader may see whole
 * @returns of a text the document keeps, and when it was written where that is known, what was written
 */
export function wholeWords(
  vault: Vault,
  name: string,
  doc: Kept,
  may: (entry: HistoryEntry) => boolean,
): (text: string, at?: Date) => string {
  const known = opened(doc, name, vault.tryOpen, may).map(({ text, entry }) => ({
    masked: maskPersonal(text),
    text,
    at: entry.at.getTime(),
  }));
  return (text, at) => {
    const same = known.filter(({ masked }) => masked === text);
    return (same.find((one) => one.at === at?.getTime()) ?? same[0])?.text ?? text;
  };
}
