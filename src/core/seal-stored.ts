import { historyDigest } from './digest.ts';
import type { Upgrade } from './feature.ts';
import type { Aggregate, HistoryEntry, SealedWords } from './moves.ts';
import { maskPersonal } from './personal.ts';
import { rewrite } from './rewrite.ts';
import { sealWords, type Written } from './sealed-words.ts';
import type { Vault } from './vault.ts';

/** Documents from before numbers in what people write were sealed are brought to how they are kept now. */

/** Where what people wrote stands in a document, `notes.*.text`, and the move it is written with. */
export type TextsOf = Readonly<Record<string, string>>;

/** Something in a document that may say when or with which move it was written. */
interface Holder {
  at?: Date;
  version?: number;
}

/**
 * A document without the numbers in what was written on it, and that under seal; nothing when there are none. The digests in
 * its history get a key. Pure but for the seal.
 * @param whole what was kept under another seal until now, by the version it was written with
 */
export function sealStored(
  vault: Vault,
  name: string,
  doc: Aggregate,
  texts: TextsOf,
  whole: ReadonlyMap<number, Written> = new Map(),
): { set: Record<string, unknown>; words: SealedWords[] } | undefined {
  const written = new Map([...whole].map(([version, one]): [number, Record<string, string>] => [version, { ...one }]));
  const set: Record<string, unknown> = {};
  for (const [path, move] of Object.entries({ 'history.*.why': '', ...texts })) {
    const [field = '', ...inside] = path.split('.');
    const before = (doc as unknown as Record<string, unknown>)[field];
    const after = masked(set[field] ?? before, inside, {}, (text, holder) => {
      const version = versionOf(doc, text, holder, move);
      const there = written.get(version) ?? {};
      if (Object.values(there).includes(text)) return;
      written.set(version, { ...there, [`${path} ${Object.keys(there).length}`]: text });
    });
    if (after !== before) set[field] = after;
  }
  if (written.size === 0) return undefined;
  const history = (set.history as HistoryEntry[] | undefined) ?? doc.history;
  // A plain digest lets whoever has the masked words try out the number in them.
  set.history = history.map((one) => ({ ...one, digest: historyDigest(vault.fingerprint, name, doc._id, one.digest) }));
  return { set, words: [...written].map(([version, one]) => sealWords(vault, name, { _id: doc._id, version }, one)) };
}

/** The same value, the text at a path in it masked. @param found is told each text that had a number in it */
function masked(
  value: unknown,
  [key, ...rest]: readonly string[],
  holder: Holder,
  found: (text: string, holder: Holder) => void,
): unknown {
  if (key === undefined) {
    if (typeof value !== 'string') return value;
    const without = maskPersonal(value);
    if (without !== value) found(value, holder);
    return without;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (key === '*') {
    const all = (value as unknown[]).map((one) => masked(one, rest, one as Holder, found));
    return all.every((one, at) => one === (value as unknown[])[at]) ? value : all;
  }
  const before = (value as Record<string, unknown>)[key];
  const after = masked(before, rest, value as Holder, found);
  return after === before ? value : { ...value, [key]: after };
}

/** With which move a text was written: the one that gives it as its reason, that was made then, or the last of its kind. */
function versionOf({ history }: Aggregate, text: string, { version, at }: Holder, move: string): number {
  const made =
    version ??
    history.find(({ why }) => why === text)?.version ??
    (at && history.find((one) => one.at.getTime() === at.getTime() && (move === '' || one.move === move))?.version) ??
    history.findLast((one) => one.move === move)?.version;
  return made ?? 1;
}

/**
 * Seals the numbers in what was written on the documents of a model.
 * @param earlier what a document has under another seal, and the fields that go with it
 */
export const sealNumbers = (
  name: string,
  model: string,
  texts: TextsOf,
  earlier: (
    vault: Vault,
    doc: Aggregate,
  ) => { whole: ReadonlyMap<number, Written>; unset: Record<string, ''> } = () => ({
    whole: new Map(),
    unset: {},
  }),
): Upgrade => ({
  name,
  model,
  one: (first, house) =>
    rewrite(house, model, first, (doc) => {
      const { whole, unset } = earlier(house.vault, doc);
      const sealed = sealStored(house.vault, model, doc, texts, whole);
      return (
        sealed && {
          $set: sealed.set,
          ...(Object.keys(unset).length > 0 && { $unset: unset }),
          $push: { sealedWords: { $each: sealed.words } },
        }
      );
    }),
});
