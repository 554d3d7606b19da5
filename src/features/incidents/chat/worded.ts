import { z } from 'zod';
import type { Intent, Turn } from '../../../core/feature.ts';
import { meant, saidBesides, saidInCommand } from '../../../core/said-besides.ts';
import { storedPhotos } from '../../../core/turn-photos.ts';
import { foundIn } from '../../../core/which.ts';
import { asSaid } from '../../../core/written.ts';
import type { ChatMove, Worded } from '../chat-messages.ts';
import { moveIncident } from '../service.ts';
import { incidentFits, rehearse, whichIncident } from './find.ts';

/** A move on an incident that takes some words of one's own: a reason, a note, what was found. */

const planned = z.object({ id: z.string(), input: z.record(z.string(), z.unknown()) });
export const planOf = (turn: Turn) => planned.parse(turn.kept);

interface Definition extends Pick<Intent, 'like' | 'verbs' | 'help' | 'ofEach' | 'command' | 'grave'> {
  move: ChatMove;
  /** What the words are to the move. */
  field: 'reason' | 'note' | 'text' | 'words';
  said: Worded;
  /** Takes photos, too. */
  photos?: true;
  /** What is given besides. */
  besides?: Record<string, unknown>;
}

const askedBefore = z.object({ asking: z.literal(true).optional(), given: z.string().optional() });

/** The intent for such a move: finds which incident, asks for the words, reads it back. */
export function worded({ move, field, said, photos, besides, ...rest }: Definition): Intent {
  const name = `incident.${move}`;
  return {
    name,
    about: '事件',
    effect: 'change',
    fits: incidentFits(move),
    ...rest,
    async readBack(turn, house) {
      const which = await whichIncident(house, turn, name, move);
      if ('answer' in which) return which.answer;
      const { id, number, title } = which.incident;
      const stored = photos ? await storedPhotos(house, turn) : {};
      const words = wordsIn(turn);
      const kept = { id, stored, ...(words !== undefined && { given: words }) };
      if (words === undefined) {
        const slots = { ...turn.slots, number };
        return { text: said.ask(number), ask: { intent: name, slots, kept: { ...kept, asking: true } } };
      }
      const ids = Object.values(stored);
      const input = { [field]: words, ...besides, ...(photos && { photos: ids }) };
      await rehearse(house, turn, id, move, input);
      return { readBack: said.readBack(number, title, words, ids.length), kept: { ...kept, input } };
    },
    async handle(turn, house) {
      const { id, input } = planOf(turn);
      const { incident } = await moveIncident(house, turn, id, move, input);
      return { text: said.done(incident.number) };
    },
  };
}

/** The words of the move: found before, the answer to what was asked, or what the message says besides naming the move. */
function wordsIn(turn: Turn): string | undefined {
  const { asking, given } = askedBefore.safeParse(turn.kept ?? {}).data ?? {};
  if (given !== undefined) return given;
  const text = foundIn(turn).words ?? turn.text;
  const words = asking ? meant(turn.text) : turn.confirmed ? saidInCommand(text, turn.slots.number) : saidBesides(text);
  return words === undefined ? undefined : asSaid(turn, words);
}
