import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chatWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await chatWorld();
}, 60_000);
afterAll(async () => {
  await world.close();
});

const says = async (contact: string, text: string) => (await world.says(contact, text)).join('\n---\n');
async function wished(text: string): Promise<number> {
  await says('granny', text);
  return Number(/心愿(\d+)号/u.exec(await says('granny', '确认'))?.[1]);
}
const stateOf = async (number: number) => (await world.wish(number)).state;

let first: number;
let second: number;
beforeEach(async () => {
  await world.house.db.collection('chat_dialogues').deleteMany({});
  first = await wished('想要一个热水壶');
  second = await wished('想请人来修水龙头');
});

describe('a command said of several numbers', () => {
  it.each([
    (a: number, b: number) => `发布${a}号和${b}号`,
    (a: number, b: number) => `发布${a}号和${b}号，谢谢`,
    (a: number, b: number) => `书记好，受理${a}号、${b}号，辛苦了`,
    (a: number, b: number) => `公开${a}号，${b}号`,
    (a: number, b: number) => `${a}号和${b}号都发布`,
    (a: number, b: number) => `${a}号${b}号都受理吧，麻烦了`,
  ])('%s is done to each', async (words) => {
    const answer = await says('chen', words(first, second));
    expect(answer).not.toMatch(/不客气|没有权限|没听明白|“”/u);
    expect([await stateOf(first), await stateOf(second)]).toEqual(['published', 'published']);
  });
  it.each(['不予受理', '婉拒'])('%s asks the reason of each in its turn', async (word) => {
    expect(await says('chen', `${word}${first}号和${second}号，谢谢`)).toContain(`${first}号`);
    await says('chen', '超出了社区能办的范围');
    expect(await says('chen', '确认')).toContain(`${second}号`);
    await says('chen', '超出了社区能办的范围');
    await says('chen', '确认');
    expect([await stateOf(first), await stateOf(second)]).toEqual(['declined', 'declined']);
  });
});

describe('the list of what waits to be published', () => {
  it.each(['都发布', '都受理，谢谢', '全部公开吧'])('%s takes every line, each read back', async (words) => {
    await says('chen', '待受理');
    expect(await says('chen', words)).toContain('确认');
    await says('chen', '确认');
    await says('chen', '确认');
    expect([await stateOf(first), await stateOf(second)]).toEqual(['published', 'published']);
  });
  it('is still meant by 都发布 when one line of it was chosen and dropped, and when it has but one', async () => {
    await says('chen', '待受理');
    await says('chen', '1');
    await says('chen', '确认');
    expect(await says('chen', '待受理')).toContain('1.');
    expect(await says('chen', '都发布')).toContain('确认');
    await says('chen', '确认');
    expect([await stateOf(first), await stateOf(second)]).toEqual(['published', 'published']);
  });
  it.each(['发布第二个', '第二个发布', '受理第二个吧', '把第二个公开'])('%s means its second line', async (words) => {
    const list = await says('chen', '待受理');
    const number = Number(/2[.、]\s*(?:\D*?)(\d+)号/u.exec(list)?.[1]);
    expect(await says('chen', words)).toContain(`${number}号`);
    await says('chen', '确认');
    expect(await stateOf(number)).toBe('published');
  });
  it.each(['别发布第二个', '不要发布第二个'])('%s publishes nothing', async (words) => {
    await says('chen', '待受理');
    await says('chen', words);
    await says('chen', '确认');
    expect([await stateOf(first), await stateOf(second)]).toEqual(['submitted', 'submitted']);
  });
});
