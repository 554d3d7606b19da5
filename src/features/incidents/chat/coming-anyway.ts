import { z } from 'zod';
import { readAggregate } from '../../../core/aggregate.ts';
import type { Answer, Turn } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import { fitting } from '../../../core/letters.ts';
import { foundIn } from '../../../core/which.ts';
import { DANGER } from '../chat-messages.ts';
import { isDespair } from '../despair.ts';
import type { IncidentDoc } from '../model.ts';
import { moveIncident } from '../service.ts';
import type { IncidentView } from '../views.ts';

/** From whoever spoke of ending their life nobody is called off: what they say instead is passed on at once. */

const passing = z.object({ id: z.string(), passOn: z.string() });

/** What is passed on of one's own danger instead of taking it back; undefined when it can be taken back, or is over. */
export async function instead(
  house: House,
  turn: Turn,
  { id, own, moves }: IncidentView,
): Promise<{ kept: z.output<typeof passing> } | undefined> {
  if (!own || !moves.includes('withdraw')) return undefined;
  const incident = await readAggregate(house.model<IncidentDoc>('incident'), id);
  if (!incident || !isDespair(incident)) return undefined;
  const said = foundIn(turn).written ?? turn.written;
  return { kept: { id, passOn: said === '' ? turn.text : said } };
}

/** Passes on what `instead` has kept for this turn; undefined when it has nothing. */
export async function passOn(house: House, turn: Turn): Promise<Answer | undefined> {
  const { success, data } = passing.safeParse(turn.kept);
  if (!success) return undefined;
  const { incident } = await moveIncident(house, turn, data.id, 'add', { text: fitting(data.passOn, 500) });
  return { text: DANGER.comingAnyway(incident.number) };
}
