import type { Intent } from '../../core/feature.ts';
import { bindContact } from './binding.ts';
import { words } from './messages.ts';
import { muteReminders } from './reminders.ts';

/** Reminders rest this long when somebody asks for quiet without saying for how long. */
const QUIET_DAYS = 30;

const REMINDERS = '(?:提醒|推送|通知|免打扰|静音)';
/** 恢复提醒, 不要停，我要提醒, 把提醒打开: reminders are wanted. 我不要提醒, 我要取消提醒 want none. */
const WANTS_REMINDERS = new RegExp(
  `^(?=.{3,24}$)(?=.*${REMINDERS})` +
    `(?!.*(?:不要|不想|不用|别|莫|不准)(?:再|给我|要|收|恢复|打开|开|发|推|提醒)+)` +
    `(?!.*(?<!不要|不用|别|莫)(?:取消|关闭|关掉|停止|退订|暂停|屏蔽)(?:所有|全部|我的|微信|每天的)*(?:提醒|推送|通知))` +
    `.*(?:恢复|打开|开启|开通|开起|重新|继续|启用|解除|还原|取消(?:静音|免打扰)|(?:不要|不用|别|莫)(?:停|关)|(?:还是|我)(?:还|也|又)?(?:要|想要|需要|想收)|给我发|发给我)`,
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
