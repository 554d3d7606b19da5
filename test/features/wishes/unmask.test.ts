import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPerson, type Person } from '../../../src/features/people/index.ts';
import { getWish, type WishDoc } from '../../../src/features/wishes/index.ts';
import { unmaskWish } from '../../../src/features/wishes/unmask.ts';
import { makePerson } from '../../support/house.ts';
import { openTown, type Town } from './town.ts';

const ADDRESS = '人民路12号3栋2单元501';
const PHONE = '13912345678';

let town: Town;
let granny: Person;
let daughter: Person;
beforeAll(async () => {
  town = await openTown();
  const [area = ''] = town.here.grids;
  granny = await makePerson(town.house, { area, name: '龙奶奶', phone: PHONE, address: '登记的地址', household: '7' });
  daughter = await makePerson(town.house, { area, name: '龙小妹', phone: '13700000001', household: '7' });
});
afterAll(() => town.close());

const unmask = (who: Parameters<Town['as']>[0], wish: WishDoc, why?: string) =>
  unmaskWish(town.house, town.as(who), wish._id, why);
const outcome = async (who: Parameters<Town['as']>[0], wish: WishDoc) =>
  unmask(who, wish).then(
    () => 'shown',
    (error: { code?: string }) => error.code,
  );
const audits = (person: Person) =>
  town.house.db.collection('audits').find({ person: person._id }).sort({ _id: 1 }).toArray();

/** The grandmother's wish, made by her daughter, in every state a helper or a moderator meets it in. */
async function inEveryState(): Promise<Record<string, WishDoc>> {
  const make = () =>
    town.make({ text: '想要一台轮椅', address: ADDRESS, for: { person: granny._id, relation: '女儿' } }, daughter);
  const claimed = async () => {
    const wish = await make();
    await town.move(wish, 'chen', 'publish');
    await town.move(wish, 'zhao', 'claim', { group: '好邻小队' });
    return town.move(wish, 'sun', 'join');
  };
  const done = async () => town.move(await claimed(), 'zhao', 'done', { note: '送到了' });
  return {
    submitted: await make(),
    published: await town.move(await make(), 'chen', 'publish'),
    claimed: await claimed(),
    partial: await town.move(await claimed(), 'zhao', 'partial', { note: '送到了', left: '还差坐垫' }),
    done: await done(),
    reopened: await town.move(await done(), daughter, 'rate', { score: 1 }),
    closed: await town.move(await done(), daughter, 'rate', { score: 5 }),
    withdrawn: await town.move(await claimed(), daughter, 'withdraw'),
  };
}

describe('the contacts behind a wish', () => {
  it('are shown to those who help as long as there is something to do, and to those who decide about it', async () => {
    const others = ['neighbour', 'li', 'zheng', 'far'] as const;
    const hidden = new Set(['submitted', 'withdrawn']);
    for (const [state, wish] of Object.entries(await inEveryState())) {
      const helping = ['claimed', 'partial', 'done', 'reopened'].includes(state);
      for (const who of ['zhao', 'sun'] as const) {
        const otherwise = state === 'submitted' ? 'not_found' : 'forbidden';
        expect(await outcome(who, wish), `${who}, ${state}`).toBe(helping ? 'shown' : otherwise);
      }
      for (const who of ['chen', 'wu'] as const) expect(await outcome(who, wish), `${who}, ${state}`).toBe('shown');
      for (const who of others) {
        const reads = who === 'li';
        const expected = hidden.has(state) && !reads ? 'not_found' : 'forbidden';
        expect(await outcome(who, wish), `${who}, ${state}`).toBe(expected);
      }
    }
  });

  it('are names, telephones and the address, and each look is written down with who, what and why', async () => {
    const wish = (await inEveryState()).claimed as WishDoc;
    await town.house.db.collection('audits').deleteMany({});
    expect(await unmask('zhao', wish, '上门前打电话')).toEqual({
      address: ADDRESS,
      requester: { name: '龙奶奶', phone: PHONE },
      proxy: { name: '龙小妹', phone: '13700000001' },
      beneficiary: { name: '龙奶奶', relation: '女儿' },
      words: [],
    });
    const why = `心愿${wish.number}号：上门前打电话`;
    const by = { id: town.cast.zhao._id, name: '赵磊' };
    expect(await audits(granny)).toMatchObject([
      { what: 'unmask', by, fields: ['address'], why },
      { what: 'unmask', by, fields: ['name', 'phone'], why },
    ]);
    expect(await audits(daughter)).toMatchObject([{ what: 'unmask', by, fields: ['name', 'phone'], why }]);
    await unmask('zhao', wish);
    expect(await audits(daughter)).toHaveLength(2);
    expect((await audits(daughter))[1]).toMatchObject({ why: `心愿${wish.number}号` });
    await outcome('li', wish);
    expect(await audits(daughter)).toHaveLength(2);
    // No line, no look.
    const lines = town.house.model('audits').collection;
    const insert = lines.insertMany.bind(lines);
    lines.insertMany = () => Promise.reject(new Error('the store is away'));
    await expect(unmask('zhao', wish)).rejects.toThrow('away');
    lines.insertMany = insert;
  });

  it('are where the requester is registered when the wish says nothing, and nothing of whom nobody registered', async () => {
    const own = await town.make({ text: '想要一床棉被' }, granny);
    expect((await unmask('chen', own)).address).toBe('登记的地址');
    const neighbours = await town.make({ text: '想要一床棉被', for: { name: '楼下王爷爷' } }, 'li');
    expect(await unmask('chen', neighbours)).toMatchObject({
      requester: { name: '李强' },
      beneficiary: { name: '楼下王爷爷', relation: '邻居' },
    });
    expect(await unmask('chen', neighbours)).not.toHaveProperty('address');
  });

  it('stand in nobody’s view but the authors’ own', async () => {
    const wish = (await inEveryState()).claimed as WishDoc;
    for (const who of [...Object.keys(town.cast)] as (keyof Town['cast'])[]) {
      const text = JSON.stringify(await getWish(town.house, town.as(who), wish._id));
      expect(text, who).not.toContain(ADDRESS);
      expect(text, who).not.toContain(PHONE);
    }
    for (const who of [granny, daughter]) {
      expect(await getWish(town.house, town.as(who), wish._id)).toMatchObject({ address: ADDRESS, unmask: false });
    }
    expect(await getWish(town.house, town.as('zhao'), wish._id)).toMatchObject({ unmask: true });
  });

  it('lie sealed to their own wish: swapped in the store they do not open', async () => {
    const [a, b] = [await town.make({ address: ADDRESS }), await town.make({ address: '别处' })];
    const rows = town.house.db.collection<WishDoc>('wish');
    await rows.updateOne({ _id: a._id }, { $set: { place: b.place } });
    await expect(unmask('chen', a)).rejects.toMatchObject({ code: 'sealed_unreadable' });
    expect(await getWish(town.house, town.as('granny'), a._id)).not.toHaveProperty('address');
    expect((await findPerson(town.house, granny._id))?.address).not.toContain('登记');
  });
});

it('numbers in the words are sealed, whole to whoever said them, and shown to helpers by a look that is written down', async () => {
  const text = '想要一台收音机，打我女儿电话一三九 八七六五 四三二一';
  const wish = await town.make({ text });
  const row = await town.stored(wish);
  expect(row.text).toBe('想要一台收音机，打我女儿电话139****4321');
  expect(JSON.stringify(row)).not.toContain('八七六五');
  expect(await getWish(town.house, town.as('granny'), wish._id)).toMatchObject({ text });
  await town.move(wish, 'chen', 'publish');
  await town.move(wish, 'li', 'claim');
  expect(await getWish(town.house, town.as('li'), wish._id)).toMatchObject({ text: row.text });
  expect(await unmask('li', wish, '上门前打电话')).toMatchObject({ words: [{ by: '王桂芳', text }] });
  expect((await audits(town.cast.granny)).some(({ fields }) => fields.includes('words'))).toBe(true);
  // Whoever else wrote a number there is looked at, too.
  const note = '送到了，有事打13612345678';
  await town.move(wish, 'li', 'done', { note });
  expect((await unmask('chen', wish)).words).toMatchObject([{ text }, { by: '李强', text: note }]);
  const looks = (await audits(town.cast.li)).filter(({ why }) => why === `心愿${wish.number}号`);
  expect(looks).toMatchObject([{ what: 'unmask', fields: ['words'] }]);
  // Nothing is sealed, and nothing shown, where there is no number.
  const plain = await town.make({ text: '想要一台收音机' });
  expect(await town.stored(plain)).not.toHaveProperty('sealedWords');
  expect(await unmask('chen', plain)).toMatchObject({ words: [] });
});
