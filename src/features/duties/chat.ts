import type { Intent } from '../../core/feature.ts';
import { dayOf } from '../../core/time.ts';
import { CHAT } from './messages.ts';
import { planOf } from './views.ts';

const SHOWN = 8;

/** 今天我要走哪几家: the week's list, what is late and most at risk first. */
export const today: Intent = {
  name: 'duty.today',
  effect: 'read',
  help: { ...CHAT.help, roles: ['worker', 'grid_worker', 'secretary', 'care_keeper'] },
  async handle(turn, house) {
    const { items, left } = await planOf(house, turn, dayOf(turn.now));
    if (items.length === 0) return { text: CHAT.none };
    if (left === 0) return { text: CHAT.nothing };
    const open = items.filter(({ done }) => !done);
    const lines = open.slice(0, SHOWN).map(({ title, person, left: count, by, late }) => {
      const what = person === undefined ? `${title}${count > 1 ? `${count}次` : ''}` : `${person.name}：${title}`;
      return CHAT.line(what, by, late);
    });
    return {
      text: [
        CHAT.heading(left, items.length),
        ...lines,
        ...(open.length > SHOWN ? [CHAT.more(open.length - SHOWN)] : []),
        ...(open.some(({ verified }) => !verified) ? [CHAT.unverified] : []),
        CHAT.how,
      ].join('\n'),
    };
  },
};
