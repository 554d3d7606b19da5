import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { submitWish } from '../../../../src/features/wishes/index.ts';
import { makePerson } from '../../../support/house.ts';
import { openTalk, type Talk } from './talk.ts';

/** Nobody is asked for the story of what they may not do, or what is over: that is said first. */

let talk: Talk;
let world: Talk['world'];
beforeAll(async () => {
  talk = await openTalk();
  world = talk.world;
}, 60_000);
afterAll(() => talk.close());

const says: Talk['says'] = (contact, text) => talk.says(contact, text);
const NOTHING_WAITS = '现在没有等您确认的事';

describe('who may not', () => {
  it('is told that it is not in their hands, whatever they say of it, and nothing is asked', async () => {
    const number = await talk.wishOf('想要一个小暖炉', 'claimed');
    const before = await world.wish(number);
    for (const text of [
      `${number}号办好了`,
      `办结${number}号`,
      `办结${number}号 送到家里了`,
      `已联系${number}号`,
      `${number}号已联系，约好了周六`,
      `${number}号延期到4月3号`,
      `${number}号再宽限几天`,
      `退回${number}号`,
      `退回${number}号 家里有急事`,
    ]) {
      expect([text, await says('zhao', text)]).toEqual([text, expect.stringContaining(`${number}号不在您手上`)]);
      expect(await says('zhao', '确认')).toContain(NOTHING_WAITS);
    }
    for (const text of [`撤回${number}号`, `${number}号不要了，撤了吧`, `${number}号满意`]) {
      expect([text, await says('daughter', text)]).toEqual([text, expect.stringContaining('不是您许的心愿')]);
      expect(await says('daughter', '确认')).toContain(NOTHING_WAITS);
    }
    expect(await world.wish(number)).toEqual(before);
  });

  it('is not offered it in a list either: of a grid’s worker those of the grid', async () => {
    const [here = '', there = ''] = world.community.grids;
    await makePerson(world.house, {
      area: there,
      name: '何春梅',
      roles: [{ role: 'grid_worker', area: there }],
      contacts: [{ puppet: 'web', id: 'he' }],
    });
    const others = await talk.wishOf('想要一盏马灯');
    expect((await world.wish(others)).grid).toBe(here);
    expect(await says('he', '有哪些心愿可以认领')).not.toContain('回前面的数字');
    const actor = await world.house.directory.actor(world.persons.granny._id, 'api');
    if (!actor) throw new Error('granny is gone');
    const { wish } = await submitWish(
      world.house,
      {
        actor: { ...actor, areas: [...world.community.areas.slice(0, -1), there] },
        ability: world.house.abilityOf(actor),
        now: world.clock.now(),
      },
      { text: '想要一个铜盆', category: 'goods' },
    );
    await says('chen', `发布${wish.number}号`);
    const list = await says('he', '有哪些心愿可以认领');
    expect(list).toContain(`1. ${wish.number}号 想要一个铜盆`);
    expect(list).not.toContain('马灯');
    expect(await says('he', '1')).toContain('要认领心愿');
    await says('he', '取消');
    const all = await says('li', '有哪些心愿可以认领');
    expect(all).toContain('铜盆');
    expect(all).toContain('马灯');
  });
});

describe('what is over', () => {
  it('is not asked about and done once more', async () => {
    const number = await talk.wishOf('想要一个小木桶', 'submitted');
    await says('granny', `${number}号不用办了`);
    await says('granny', '确认');
    const before = await world.wish(number);
    for (const text of [`${number}号撤了`, `撤回${number}号`, `撤回${number}号 不需要了`]) {
      expect([text, await says('granny', text)]).toEqual([text, expect.stringContaining('已经撤回过了')]);
      expect(await says('granny', '确认')).toContain(NOTHING_WAITS);
    }
    expect(await says('chen', `发布${number}号`)).toContain('现在是“已撤回”');
    expect(await world.wish(number)).toEqual(before);
    const done = await talk.wishOf('想要一个大木桶', 'done');
    expect(await says('li', `${done}号办好了`)).toContain('已经办结过了');
    expect(await says('li', `${done}号延期`)).toContain('现在是“待评价”，延期不了');
  });

  it('is no more in a list that is come back to', async () => {
    const one = await talk.wishOf('想要一个竹篮', 'submitted');
    const two = await talk.wishOf('想要一个竹椅', 'submitted');
    const asked = await says('granny', '我的心愿想撤掉一个');
    expect(asked).toMatch(new RegExp(`${two}号[\\s\\S]*${one}号`, 'u'));
    await says('granny', `${two}号`);
    expect(await says('granny', '确认')).toContain('已撤回');
    const again = await says('granny', '上一个');
    expect(again).toContain('回到上一步');
    expect(again).toContain(`${one}号`);
    expect(again).not.toContain(`${two}号`);
    await says('granny', '取消');
    expect((await world.wish(one)).state).toBe('submitted');
  });
});
