import type { Intent } from '../../core/feature.ts';
import { bindContact } from './binding.ts';
import { words } from './messages.ts';
import { muteReminders } from './reminders.ts';

/** Reminders rest this long when somebody asks for quiet without saying for how long. */
const QUIET_DAYS = 30;

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
        const asked = /^绑定|^$/u.test(text) ? words.askCode : words.notACode;
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
    readBack: async () => ({ readBack: words.muteReadBack(QUIET_DAYS) }),
    async handle({ actor, now }, house) {
      const until = await muteReminders(house, actor.id, QUIET_DAYS);
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
