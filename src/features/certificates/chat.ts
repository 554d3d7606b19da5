import { z } from 'zod';
import type { Answer, Intent } from '../../core/feature.ts';
import { certificateNamed, certificatesIn } from './find.ts';
import { CHAT } from './messages.ts';
import { certificatesOf } from './registry.ts';

/** Asked for what the bot could not name before. */
const asked = z.object({ asked: z.literal(true) });

const MOST_TOLD = 3;

/** 健在证明找谁开: told from the list with where that is written; of what is on none a human is asked. */
export const ask: Intent = {
  name: 'certificate.ask',
  effect: 'read',
  help: CHAT.help,
  async handle(turn, house): Promise<Answer> {
    const known = await certificatesOf(house, turn.actor.areas, turn.now);
    const again = asked.safeParse(turn.kept).success;
    const name = turn.slots.name ?? (again ? turn.text : undefined);
    const first = name === undefined ? undefined : certificateNamed(name, known);
    const found = [...new Set([...(first ? [first] : []), ...certificatesIn(turn.text, known)])].slice(0, MOST_TOLD);
    if (found.length === 0) {
      if (name !== undefined) return { text: CHAT.unknown, human: CHAT.unknownWithoutHuman };
      return { text: CHAT.which, ask: { intent: ask.name, slots: {}, kept: { asked: true } } };
    }
    const elsewhere = found.filter(({ byCommunity }) => !byCommunity).map(CHAT.elsewhere);
    const here = found.filter(({ byCommunity }) => byCommunity).map(CHAT.byCommunity);
    if (here.length > 0) {
      const text = [...elsewhere, ...here].join('\n');
      return { text, human: text };
    }
    // Nothing of it is about anybody: neighbours may read who issues what.
    return { text: [...elsewhere, CHAT.stillHuman].join('\n'), private: false };
  },
};
