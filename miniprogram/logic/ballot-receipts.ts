import { forget, keep, kept, names } from '../api/kept';

/**
 * Receipts of secret votes, kept on this phone by person, ballot and voice. A receipt is here before its vote goes out, so
 * that a vote whose answer got lost is sent again under the same one. What was chosen is never kept.
 */

interface Kept {
  receipt: string;
  /** When it was taken, in ms. */
  at: number;
}

const RECEIPTS = 'receipt:';
/** Longer than any ballot with its publicity; whoever holds the phone later need not find it. */
const KEPT_MS = 120 * 24 * 3_600_000;

const nameOf = (person: string, ballot: string, elector: string) => `${RECEIPTS}${person}:${ballot}:${elector}`;

export const keptReceipt = (person: string, ballot: string, elector: string): string | undefined =>
  kept<Kept>(nameOf(person, ballot, elector))?.receipt;

/** @returns whether it is really there: a full phone keeps nothing */
export function keepReceipt(person: string, ballot: string, elector: string, receipt: string): boolean {
  keep(nameOf(person, ballot, elector), { receipt, at: Date.now() } satisfies Kept);
  return keptReceipt(person, ballot, elector) === receipt;
}

export const forgetReceipt = (person: string, ballot: string, elector: string): void =>
  forget(nameOf(person, ballot, elector));

export function forgetOldReceipts(now: Date): void {
  for (const name of names().filter((one) => one.startsWith(RECEIPTS))) {
    if (now.getTime() - (kept<Kept>(name)?.at ?? 0) > KEPT_MS) forget(name);
  }
}

const A_RECEIPT = /^[0-9a-f]{32}$/;

/** A receipt as somebody typed or pasted it. @returns `undefined` when it is none */
export function receiptIn(written: string): string | undefined {
  const bare = written.replace(/[\s-]/g, '').toLowerCase();
  return A_RECEIPT.test(bare) ? bare : undefined;
}

/** In groups of four, as one reads it out. */
export const inGroups = (receipt: string): string => receipt.replace(/(.{4})(?=.)/g, '$1 ');
