import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Turn } from '../../../src/core/feature.ts';
import { DAY } from '../../../src/core/time.ts';
import { areas } from '../../../src/features/areas/index.ts';
import { actorOf, issueBindingCode, type Person, people } from '../../../src/features/people/index.ts';
import { wants } from '../../../src/features/people/reminders.ts';
import { makeCommunity, makePerson, type TestHouse, testHouse } from '../../support/house.ts';

let at: TestHouse;
let wang: Person;
beforeAll(async () => {
  at = await testHouse([areas, people]);
  wang = await makePerson(at.house, { name: '王秀英', area: (await makeCommunity(at.house)).community });
});
afterAll(() => at.close());

const intent = (name: string) => {
  const found = people.intents.find((one) => one.name === name);
  if (!found) throw new Error(`no intent ${name}`);
  return found;
};
const turn = (text: string, slots: Turn['slots'] = {}): Turn => {
  const actor = actorOf(wang, 'chat');
  return {
    actor,
    ability: at.house.abilityOf(actor),
    text,
    written: text,
    slots,
    place: 'private',
    contact: { puppet: 'mock', id: 'granny' },
    now: at.clock.now(),
    key: 'message-1',
    photos: [],
    confirmed: true,
    means: () => ({ intent: 'none', slots: {} }),
  };
};

test('somebody not bound yet may bind: the code comes as a slot, in the text, or is asked for', async () => {
  const bind = intent('bind');
  expect(bind.open).toBe(true);
  const asked = await bind.handle(turn('绑定'), at.house);
  expect(asked).toMatchObject({ text: expect.stringContaining('绑定码'), private: true, ask: { intent: 'bind' } });
  expect(await bind.handle(turn('我不会弄'), at.house)).toMatchObject({
    text: expect.stringContaining('没有看到绑定码'),
  });
  for (const say of [
    (code: string) => turn('绑定', { code }),
    (code: string) => turn(`我的是 ${code.toLowerCase()} 谢谢`),
  ]) {
    const { code } = await issueBindingCode(at.house, wang._id, actorOf(wang, 'api'));
    expect(await bind.handle(say(code), at.house)).toMatchObject({
      text: expect.stringContaining('王秀英，您好'),
      private: true,
    });
  }
  expect((await at.house.directory.byContact('mock', 'granny'))?.id).toBe(wang._id);
  await expect(bind.handle(turn('绑定', { code: '333333' }), at.house)).rejects.toMatchObject({
    code: 'binding_code_unknown',
    detail: expect.stringContaining('重新取一个'),
  });
});

test('asking for quiet is read back, then holds for thirty days and no longer', async () => {
  const mute = intent('mute');
  expect(await mute.readBack?.(turn('别再提醒我了'), at.house)).toMatchObject({
    readBack: expect.stringContaining('30天'),
  });
  expect((await mute.handle(turn('别再提醒我了'), at.house)).text).toContain('4月8日');
  expect(await at.house.directory.addresses(wang._id)).toEqual([]);
  at.clock.shift(30 * DAY);
  expect(await at.house.directory.addresses(wang._id)).toEqual([{ channel: 'wechaty', target: 'granny' }]);
});

test.each([
  '恢复提醒',
  '不要停，我要提醒',
  '莫停，我要提醒',
  '把提醒打开',
  '重新打开提醒',
  '继续提醒我',
  '我还是要提醒',
  '请恢复微信推送',
  '提醒恢复一下',
  '取消免打扰',
  '还是给我发提醒嘛，我要提醒',
  '我要提醒，莫停',
  '关闭静音模式',
  '把免打扰关了吧',
])('%s lets reminders in again', async (text) => {
  const unmute = intent('unmute');
  expect(unmute.command?.some((command) => command.test(text))).toBe(true);
  await intent('mute').handle(turn('别再提醒我了'), at.house);
  expect(await at.house.directory.addresses(wang._id)).toEqual([]);
  expect((await unmute.handle(turn(text), at.house)).text).toContain('提醒开着');
  expect(await at.house.directory.addresses(wang._id)).not.toEqual([]);
});

test.each([
  ['别再发本周走访排查完成情况', 'friday'],
  ['别再发本周走访排查', 'monday'],
  ['周一的提醒不要再发了', 'monday'],
  ['别再发周一的提醒和周五的提醒', undefined],
])('%s means one reminder, if one alone', async (text, message) => {
  const reminders = [
    { name: 'monday', title: '本周走访排查', called: ['周一的提醒'] },
    { name: 'friday', title: '本周走访排查完成情况', called: ['周五的提醒'] },
  ];
  const ready = await intent('mute').readBack?.(turn(text), { ...at.house, reminders });
  expect(ready && 'kept' in ready ? ready.kept : undefined).toEqual(message ? { message } : { days: 30 });
});

test.each([
  '别再提醒我了',
  '不要提醒',
  '我要取消提醒',
  '关闭推送',
  '退订提醒',
  '不要再给我发通知',
  '莫给我发提醒咯',
  '明天提醒',
  '提醒',
  '我要静音',
  '我要免打扰',
  '开启免打扰',
  '打开静音',
  '把静音打开',
  '收到通知了，我要一床被子',
  '已通知家属，我要出差半个月',
  '物业通知明天停电，我要投诉',
  '我要报警，物业通知都不发',
  '我要提醒大家莫乱停车',
  '收到提醒了，继续办',
  '恢复通知发到群里没有',
])('%s does not', (text) => {
  expect(intent('unmute').command?.some((command) => command.test(text))).toBe(false);
});

test.each([
  ['明天再提醒我', 1],
  ['晚点再提醒我', 1],
  ['后天再提醒我', 2],
  ['大后天再提醒我', 3],
  ['过两天再提醒我', 2],
  ['过5天再提醒我', 5],
  ['下周再提醒', 7],
  ['先别提醒我，明天再说', 1],
  ['过90天再提醒我', 30],
  ['暂停提醒3天', 3],
  ['三天别提醒我', 3],
  ['暂停提醒两个星期', 14],
  ['这一周别提醒我了', 7],
  ['周一的提醒别发了', 30],
  ['明天别再提醒我', 30],
  ['别再提醒我了', 30],
])('%s is quiet for %d days', async (text, days) => {
  const mute = intent('mute');
  const planned = await mute.readBack?.(turn(text), at.house);
  expect(planned).toMatchObject({ readBack: expect.stringMatching(new RegExp(`^${days}天内`, 'u')), kept: { days } });
  const kept = planned && 'kept' in planned ? { kept: planned.kept } : {};
  await mute.handle({ ...turn(text), ...kept } as Turn, at.house);
  const person = await at.house.model<Person>('people').findById(wang._id).lean();
  expect(person?.mutedUntil).toEqual(new Date(at.clock.now().getTime() + days * DAY));
  await intent('unmute').handle(turn('恢复提醒'), at.house);
});

describe('what somebody wants in their chat', () => {
  const now = new Date('2026-03-09T09:00+08:00');
  const inDays = (days: number) => new Date(now.getTime() + days * DAY);
  const muted = { mutedUntil: inDays(30), mutedSince: now };
  const one = { kind: 'reminder', message: 'duties.monday' } as const;
  const POST = [{ role: 'secretary', area: '990001001001' }] as const;
  it.each([
    ['everything, when nothing is muted', {}, one, 0, true],
    ['no reminder while all are muted', muted, one, 29, false],
    ['reminders again afterwards', muted, one, 30, true],
    ['nothing of their own matters for a week', muted, { kind: 'matter' }, 6, false],
    ['their own matters after a week', muted, { kind: 'matter' }, 7, true],
    ['answers as their own matters', muted, { kind: 'answer' }, 7, true],
    ['what is urgent at any time', muted, { urgent: true }, 0, true],
    ['not the one reminder that is muted', { mutedMessages: ['duties.monday'] }, one, 0, false],
    ['the other reminders', { mutedMessages: ['duties.friday'] }, one, 0, true],
    ['a matter, whatever its name', { mutedMessages: ['duties.monday'] }, { ...one, kind: 'matter' }, 0, true],
    ['nothing when they read it in the inbox', { channel: 'inbox' }, {}, 0, false],
    ['no reminder then either', { channel: 'inbox', roles: POST }, one, 0, false],
    ['what others wait for, whoever holds a post', { channel: 'inbox', roles: POST }, { kind: 'matter' }, 0, true],
    ['but not while they pause', { channel: 'inbox', roles: POST, ...muted }, { kind: 'matter' }, 6, false],
    ['what is urgent even then', { channel: 'inbox' }, { urgent: true }, 0, true],
  ] as const)('%s', (_name, person, about, days, wanted) => {
    const { mutedMessages, roles = [], ...rest } = person as Partial<Pick<Person, 'mutedMessages' | 'roles'>>;
    const muting = mutedMessages && { mutedMessages: [...mutedMessages] };
    expect(wants({ ...rest, roles: [...roles], ...muting }, about, inDays(days))).toBe(wanted);
  });

  it('is one reminder less when they name it, and all again when they ask for reminders', async () => {
    at.house.reminders = [
      { name: 'duties.monday', title: '本周要走访的人', called: ['周一'] },
      { name: 'duties.friday', title: '本周小结', called: ['周五'] },
    ];
    const mute = intent('mute');
    const text = '每星期一早上那个提醒给我关了吧';
    const planned = await mute.readBack?.(turn(text), at.house);
    expect(planned).toMatchObject({ readBack: expect.stringContaining('“本周要走访的人”') });
    const kept = planned && 'kept' in planned ? { kept: planned.kept } : {};
    await mute.handle({ ...turn(text), ...kept } as Turn, at.house);
    const reached = async (message: string) =>
      (await at.house.directory.addresses(wang._id, { kind: 'reminder', message })).length;
    expect([await reached('duties.monday'), await reached('duties.friday')]).toEqual([0, 1]);
    await intent('unmute').handle(turn('恢复提醒'), at.house);
    expect(await reached('duties.monday')).toBe(1);
    // Two that are meant are no one reminder: all rest, as when none is named.
    expect(await mute.readBack?.(turn('周一周五都别提醒我了'), at.house)).toMatchObject({ kept: { days: 30 } });
  });
});
