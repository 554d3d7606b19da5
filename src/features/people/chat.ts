import { z } from 'zod';
import type { Intent } from '../../core/feature.ts';
import type { House, Reminder } from '../../core/house.ts';
import { NUMERAL, readNumeral } from '../../core/numerals.ts';
import { bindContact } from './binding.ts';
import { words } from './messages.ts';
import { muteMessage, muteReminders } from './reminders.ts';

/** Reminders rest this long when somebody asks for quiet without saying for how long. */
const QUIET_DAYS = 30;

/** 明天再提醒我, 过两天再说: how many days the quiet is to last; those who say 别提醒 alone say none. */
const LATER = '[^，,。不别莫]{0,6}再(?:来|给我|跟我)?(?:发|提醒|通知|说|推送|叫)';
const QUIET_FOR: readonly [RegExp, (found: string) => number | undefined][] = [
  [new RegExp(`(?:大后天)${LATER}`, 'u'), () => 3],
  [new RegExp(`(?:后天)${LATER}`, 'u'), () => 2],
  [new RegExp(`(?:明[天早晚儿日]|等会儿?|等下|待会儿?|一会儿?|晚点|晚些|今晚)${LATER}`, 'u'), () => 1],
  [new RegExp(`(?:过|等)\\s?(${NUMERAL})\\s?天${LATER}`, 'u'), readNumeral],
  [new RegExp(`过几天${LATER}`, 'u'), () => 3],
  [new RegExp(`下(?:个)?(?:周|星期|礼拜)[一二三四五六日天]?${LATER}`, 'u'), () => 7],
  [new RegExp(`(${NUMERAL})\\s?天(?![前后])`, 'u'), readNumeral],
  [
    new RegExp(`(${NUMERAL}|半)\\s?个?(?:周|星期|礼拜)(?![一二三四五六日天])`, 'u'),
    (count) => (readNumeral(count) ?? 0.5) * 7,
  ],
];

/** In whole days, at most as many as when nothing is said of it. */
function quietDays(text: string): number {
  for (const [pattern, days] of QUIET_FOR) {
    const found = pattern.exec(text);
    const count = found ? days(found[1] ?? '') : undefined;
    if (count !== undefined && count > 0) return Math.min(Math.ceil(count), QUIET_DAYS);
  }
  return QUIET_DAYS;
}
/** The one reminder that is spoken of, when it is one: 每周一早上那个提醒给我关了吧. */
function reminderMeant({ reminders = [] }: House, text: string): Reminder | undefined {
  const said = text.normalize('NFKC').replace(/(?:星期|礼拜)(?=[一二三四五六日天])/gu, '周');
  const named = reminders.flatMap((one) => {
    const names = [one.title, ...one.called].filter((name) => said.includes(name));
    return names.length > 0 ? [{ one, names }] : [];
  });
  // 本周走访排查完成情况 does not mean 本周走访排查 as well.
  const inLonger = (name: string) =>
    named.some(({ names }) => names.some((n) => n.length > name.length && n.includes(name)));
  const meant = named.filter(({ names }) => !names.every(inLonger));
  return meant.length === 1 ? meant[0]?.one : undefined;
}

const plannedOne = z.object({ message: z.string() });
const planned = z.object({ days: z.number().int().min(1).max(QUIET_DAYS) });

const REMINDERS = '(?:我的|所有的?|全部的?|微信的?|每天的|消息的?)*(?:提醒|推送|通知)';
const QUIET = '(?:静音|免打扰)(?:模式)?';
const ON = '(?:重新)?(?:恢复|打开|开启|开通|开起|继续|启用)';
const OFF = '(?:取消|解除|关闭|关掉|关了|退出)';
const PLEASE = '(?:请|麻烦|帮我|给我|你们|您)*';
const END = '(?:一下)?[\\s，,。.!！~了吧嘛啊哦呢哟噻哈]*';
const WANTED = [
  `${PLEASE}${ON}(?:给我)?${REMINDERS}我?`,
  `${PLEASE}把?${REMINDERS}(?:给我|帮我)?${ON}`,
  `我?(?:还是|还|也|又)?(?:要|想要|需要|想收到?)${REMINDERS}`,
  `(?:请|还是|继续|要)*(?:给我发|发给我)${REMINDERS}`,
  `${PLEASE}${OFF}${QUIET}`,
  `${PLEASE}把?${QUIET}${OFF}`,
].join('|');
const DO_NOT_STOP = `(?:不要|不用|别|莫)(?:停|关)掉?(?:${REMINDERS})?`;
/**
 * 恢复提醒, 不要停，我要提醒, 取消免打扰: the whole message says that reminders are wanted, for it is done without asking. One
 * that only speaks of a 通知 is about something else, and 我要静音 wants none.
 */
const WANTS_REMINDERS = new RegExp(
  `^(?:${DO_NOT_STOP}${END})?(?:(?:${WANTED})${END}){1,2}(?:${DO_NOT_STOP}${END})?$`,
  'u',
);

const LOOKS_LIKE_CODE = /(?<![A-Za-z0-9])[A-Za-z0-9]{6}(?![A-Za-z0-9])/u;

/** 绑定, 别再提醒我 and 恢复提醒. */
export const intents: Intent[] = [
  {
    name: 'bind',
    effect: 'change',
    open: true,
    help: words.help.bind,
    async handle({ slots, text, contact }, house) {
      const code = slots.code ?? LOOKS_LIKE_CODE.exec(text.normalize('NFKC'))?.[0];
      if (code === undefined) {
        const asked = /^(?:我?(?:要|想|来))?绑定|^$|找(?:哪个|谁)|怎么|咋|哪里|哪点|没有|没得/u.test(text)
          ? words.askCode
          : words.notACode;
        return { text: asked, private: true, ask: { intent: 'bind', slots: {} } };
      }
      const person = await bindContact(house, contact, code);
      return { text: words.bound(person.name), private: true };
    },
  },
  {
    name: 'mute',
    effect: 'change',
    help: words.help.mute,
    async readBack({ text }, house) {
      const one = reminderMeant(house, text);
      if (one) return { readBack: words.muteOneReadBack(one.title), kept: { message: one.name } };
      const days = quietDays(text);
      return { readBack: words.muteReadBack(days), kept: { days } };
    },
    async handle({ actor, now, kept }, house) {
      const one = plannedOne.safeParse(kept).data;
      if (one) {
        const title = house.reminders?.find(({ name }) => name === one.message)?.title ?? '';
        await muteMessage(house, actor.id, one.message, true);
        return { text: words.mutedOne(title), private: true };
      }
      const { days } = planned.safeParse(kept).data ?? { days: QUIET_DAYS };
      const until = await muteReminders(house, actor.id, days);
      return { text: words.muted(until ?? now), private: true };
    },
  },
  {
    name: 'unmute',
    effect: 'change',
    help: words.help.unmute,
    command: [WANTS_REMINDERS],
    async handle({ actor }, house) {
      await muteReminders(house, actor.id, 0);
      return { text: words.unmuted, private: true };
    },
  },
];
