/** What was stored before numbers were sealed: every text whole under the seal, and nothing beside it to guess a number by. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { digestOf } from '../../src/core/digest.ts';
import { type Aggregate, decide, draft, type HistoryEntry } from '../../src/core/lifecycle.ts';
import { sealStored } from '../../src/core/seal-stored.ts';
import { openWords, type Written } from '../../src/core/sealed-words.ts';
import { openVault } from '../../src/core/vault.ts';
import { wishLifecycle } from '../../src/features/wishes/lifecycle.ts';
import { contextOf, FACTS, granny, PLACE, SUBMIT, secretary } from '../support/wishes.ts';

const vault = openVault(Buffer.alloc(32, 7));
const START = Date.UTC(2026, 2, 1);

const entry = (version: number, why?: string): HistoryEntry => ({
  version,
  move: version === 1 ? 'log' : 'correct',
  from: null,
  to: 'logged',
  at: new Date(START + version),
  by: { id: 'a'.repeat(24), name: '李强' },
  channel: 'api',
  digest: 'x',
  ...(why !== undefined && { why }),
});
const document = (history: HistoryEntry[], fields: object): Aggregate & Record<string, unknown> => ({
  _id: 'b'.repeat(24),
  version: history.length,
  state: 'logged',
  areas: [],
  outbox: [],
  createdAt: new Date(START),
  updatedAt: new Date(START),
  history,
  ...fields,
});
const opened = (doc: Aggregate, sealed: ReturnType<typeof sealStored>): string[] =>
  openWords(vault, 'visit', { ...doc, ...sealed?.set, sealedWords: sealed?.words ?? [] }).map(({ text }) => text);

const phones = fc.integer({ min: 0, max: 99_999_999 }).map((rest) => `139${String(rest).padStart(8, '0')}`);
const texts = fc.uniqueArray(phones, { maxLength: 6 });

it('each of many texts of one path and one version is whole under the seal', () => {
  const versions = fc.array(fc.nat({ max: 4 }), { minLength: 6, maxLength: 6 });
  const kept = fc.option(phones, { nil: undefined });
  fc.assert(
    fc.property(texts, texts, texts, versions, kept, (before, notes, whys, at, said) => {
      const history = [entry(1), ...whys.map((phone, nth) => entry(nth + 2, `理由 ${phone}`))];
      const doc = document(history, {
        place: `王家 ${before[0] ?? '没有'}`,
        before: before.map((phone) => ({ place: `王家 ${phone}` })),
        notes: notes.map((phone, nth) => ({ text: `说明 ${phone}`, at: new Date(START + (at[nth] ?? 0)) })),
      });
      const whole = new Map<number, Written>(said === undefined ? [] : [[1, { text: `原话 ${said}` }]]);
      const places = { place: 'log', 'before.*.place': 'log', 'notes.*.text': '' };
      const sealed = sealStored(vault, 'visit', doc, places, whole);
      const written = [
        ...before.map((phone) => `王家 ${phone}`),
        ...notes.map((phone) => `说明 ${phone}`),
        ...whys.map((phone) => `理由 ${phone}`),
        ...(said === undefined ? [] : [`原话 ${said}`]),
      ];
      expect(opened(doc, sealed).toSorted()).toEqual(written.toSorted());
      expect(JSON.stringify(sealed?.set ?? {})).not.toMatch(/139\d{8}/u);
    }),
  );
});

it('no digest is left to try a number out by, and a request from before is still known', () => {
  const now = new Date(START);
  const plain = (actor: typeof granny, key: string) =>
    contextOf(actor, { now, key, facts: { ...FACTS, place: PLACE } });
  const input = { ...SUBMIT, text: '想要一台收音机，电话13912345678' };
  const begun = draft(wishLifecycle, 'submit', input, plain(granny, 'k1'), 'b'.repeat(24)).document;
  const declining = { reason: '请打13912345679说明' };
  const decision = decide(wishLifecycle, begun, 'decline', declining, plain(secretary, 'k2'));
  if (decision.kind === 'repeat') throw new Error('it was declined already');
  const sealed = sealStored(vault, 'wish', decision.after, { text: 'submit' });
  const after = { ...decision.after, ...sealed?.set };
  expect(after.history.map(({ digest }) => digest)).not.toContain(digestOf(declining));
  for (const { digest } of after.history) expect(decision.after.history.map((one) => one.digest)).not.toContain(digest);

  const sealing = { sealing: true, keyed: vault.fingerprint } as const;
  const again = { ...plain(secretary, 'k2'), ...sealing };
  expect(decide(wishLifecycle, after, 'decline', declining, again).kind).toBe('repeat');
  expect(() => decide(wishLifecycle, after, 'decline', { reason: '另有理由' }, again)).toThrow(
    'idempotency_key_reused',
  );
  const { isBegunAlike } = draft(wishLifecycle, 'submit', input, { ...plain(granny, 'k1'), ...sealing }, after._id);
  expect(isBegunAlike(after)).toBe(true);
  // An entry that had a key gets another, and is known by that.
  const keyed = decide(wishLifecycle, begun, 'decline', declining, again);
  if (keyed.kind === 'repeat') throw new Error('it was declined already');
  const twice = { ...keyed.after, ...sealStored(vault, 'wish', keyed.after, { text: 'submit' })?.set };
  expect(decide(wishLifecycle, twice, 'decline', declining, again).kind).toBe('repeat');
});
