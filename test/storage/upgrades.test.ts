/** One document that cannot be upgraded keeps neither the others nor the other upgrades. */
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Upgrade } from '../../src/core/feature.ts';
import type { House } from '../../src/core/house.ts';
import { openWords } from '../../src/core/sealed-words.ts';
import { openVault, sealPlace } from '../../src/core/vault.ts';
import { type WishDoc, wishes } from '../../src/features/wishes/index.ts';
import { numbers } from '../../src/features/wishes/upgrades.ts';
import { marksOf, startUpgrades, type UpgradeMark } from '../../src/storage/upgrades.ts';
import { type TestHouse, testHouse } from '../support/house.ts';
import { submitted } from '../support/wishes.ts';

const COUNT = 230;
const TEXT = '想要收音机，打我电话13912345678';
const idAt = (nth: number) => nth.toString(16).padStart(24, '0');

let at: TestHouse;
const logged: { upgrade?: string; id?: string }[] = [];
const wishesOf = ({ db }: House) => db.collection<WishDoc & { said?: string }>('wish');

beforeAll(async () => {
  at = await testHouse([wishes]);
  const all = Array.from({ length: COUNT }, (_, nth) => ({
    ...submitted({ text: TEXT }),
    outbox: [],
    _id: idAt(nth),
    number: nth + 1,
  }));
  await wishesOf(at.house).insertMany(all);
});
afterAll(() => at.close());

/** Runs them as a house that opens does, until each of these is done. */
async function run(upgrades: readonly Upgrade[], done = upgrades): Promise<(UpgradeMark | null)[]> {
  logged.length = 0;
  const log = { ...at.house.log, error: (fields: object) => void logged.push(fields) };
  const started = startUpgrades({ ...at.house, log } as House, upgrades);
  const marks = (of: readonly Upgrade[]) => Promise.all(of.map(({ name }) => marksOf(at.house).findOne({ _id: name })));
  for (let nth = 0; nth < 100; nth += 1) {
    if ((await marks(done)).every((mark) => mark?.doneAt && (!mark.failed || logged.length > 0))) break;
    await wait(50);
  }
  await started.stop();
  return marks(upgrades);
}

const failingOn = (broken: ReadonlySet<string>, name: string, seen: string[] = []): Upgrade => ({
  name,
  model: 'wish',
  async one({ _id }) {
    seen.push(_id);
    if (broken.has(_id)) throw new Error(TEXT);
    return true;
  },
});

it('passes by what fails, says which without what is in it, and tries it again at each start', async () => {
  const broken = new Set([idAt(3), idAt(150)]);
  const seen: string[] = [];
  const [mark] = await run([failingOn(broken, 'a.first', seen)]);
  expect(seen).toHaveLength(COUNT);
  expect(mark).toMatchObject({ seen: COUNT, changed: COUNT - 2, failed: [...broken] });
  expect(logged).toMatchObject([...broken].map((id) => ({ upgrade: 'a.first', id })));

  seen.length = 0;
  broken.delete(idAt(3));
  const [later] = await run([failingOn(broken, 'a.first', seen)]);
  expect(seen.toSorted()).toEqual([idAt(3), idAt(150)]);
  expect(later).toMatchObject({ seen: COUNT, changed: COUNT - 1, failed: [idAt(150)] });

  broken.clear();
  const [last] = await run([failingOn(broken, 'a.first'), failingOn(broken, 'a.after')]);
  expect(last).toMatchObject({ changed: COUNT });
  expect(last).not.toHaveProperty('failed');
});

it('an upgrade that cannot go on at all lets the others go on', async () => {
  const lost = { ...failingOn(new Set(), 'b.lost'), model: 'nothing' };
  const other = failingOn(new Set(), 'b.other');
  const [mark, next] = await run([lost, other], [other]);
  expect([mark?.doneAt, next?.doneAt]).toEqual([undefined, expect.any(Date)]);
  expect(logged).toMatchObject([{ upgrade: 'b.lost' }]);
});

it('words that do not open stay as they are, and their wish is upgraded all the same', async () => {
  const lost = openVault(Buffer.alloc(32, 1));
  const [first, second] = [idAt(0), idAt(1)] as const;
  const said = (vault: { seal(text: string, place?: string): string }, id: string) =>
    vault.seal(`原话：${TEXT}`, sealPlace('wish', id, 'said'));
  await wishesOf(at.house).updateOne({ _id: first }, { $set: { said: said(lost, first) } });
  await wishesOf(at.house).updateOne({ _id: second }, { $set: { said: said(at.house.vault, second) } });
  expect(await run([numbers])).toMatchObject([{ seen: COUNT, changed: COUNT }]);
  expect(logged).toEqual([]);
  const words = async (id: string) => {
    const wish = await wishesOf(at.house).findOne({ _id: id });
    if (!wish) throw new Error('it is gone');
    expect(wish.text).not.toContain('13912345678');
    return [
      wish.said !== undefined,
      openWords(at.house.vault, 'wish', wish)
        .map(({ text }) => text)
        .toSorted(),
    ];
  };
  expect(await words(first)).toEqual([true, [TEXT]]);
  expect(await words(second)).toEqual([false, [`原话：${TEXT}`, TEXT].toSorted()]);
});
