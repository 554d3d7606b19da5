import type { Intent } from '../../core/feature.ts';
import { bindContact } from './binding.ts';
import { words } from './messages.ts';
import { muteReminders } from './reminders.ts';

/** Reminders rest this long when somebody asks for quiet without saying for how long. */
const QUIET_DAYS = 30;

const LOOKS_LIKE_CODE = /(?<![A-Za-z0-9])[A-Za-z0-9]{6}(?![A-Za-z0-9])/u;

/** 绑定 and 别再提醒我. */
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
];
