import { z } from 'zod';
import type { Answer, Slots, Turn } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import { normalise } from '../../../core/text.ts';
import { communityOf, lineage } from '../codes.ts';
import { communitiesMeant } from '../meant.ts';
import { placeWords } from '../messages.ts';
import { addressIn, type UnknownBuilding, unknownBuildingIn } from './address.ts';
import { placesIn } from './service.ts';

/** A place as an intent keeps it: found in the words or picked from a list; `null` when it is none of those asked about. */
export const whereSchema = z.object({ grid: z.string(), label: z.string(), exact: z.string(), close: z.boolean() });
export type Where = z.output<typeof whereSchema>;

/** More than this is no question for a chat. */
const MOST_ASKED = 8;

const communityMeant = (turn: Pick<Turn, 'actor' | 'area'>): string | undefined =>
  communityOf(turn.actor.areas) ?? communitiesMeant(turn)[0];

/**
 * Where what somebody says is: in the community they live in or, for who serves elsewhere, the one they most likely mean.
 * @returns one place when it is clear, several to ask about with `askWhere`, none when nothing known is named
 */
export async function whereSaid(
  house: House,
  turn: Pick<Turn, 'actor' | 'area' | 'now'>,
  text: string,
): Promise<Where[]> {
  const community = communityMeant(turn);
  if (community === undefined) return [];
  const found = addressIn(normalise(text), await placesIn(house, community, turn.now));
  const candidates = found?.candidates ?? [];
  if (candidates.length > MOST_ASKED) return [];
  // One's own grid first: it is the likeliest.
  const own = (one: Where) => (turn.actor.areas.includes(one.grid) ? 0 : 1);
  return candidates.filter(({ grid }) => communityOf(lineage(grid)) === community).sort((a, b) => own(a) - own(b));
}

/** A building nobody knows of where somebody says they are: see `unknownBuildingIn`. */
export async function unknownBuilding(
  house: House,
  turn: Pick<Turn, 'actor' | 'area' | 'now'>,
  text: string,
): Promise<UnknownBuilding | undefined> {
  const community = communityMeant(turn);
  return community === undefined
    ? undefined
    : unknownBuildingIn(normalise(text), await placesIn(house, community, turn.now));
}

/**
 * Asks whether one of the nearest buildings is meant: each comes back to the intent as `kept.where` with the text that says
 * so, and what was said as `kept.askedBuilding`, since nobody is asked twice.
 */
export function askBuilding(
  intent: string,
  slots: Slots,
  kept: Record<string, unknown> & { text?: string | undefined },
  { said, start, end, nearest }: UnknownBuilding,
): Answer {
  const text = normalise(kept.text ?? '');
  const before = { ...kept, askedBuilding: true };
  const near = nearest.map(({ building, address }) => ({
    label: placeWords.place(address.label, address.exact),
    intent,
    slots,
    kept: { ...before, where: address, text: text.slice(0, start) + building + text.slice(end) },
  }));
  return {
    text: placeWords.unknown(said),
    options: [...near, { label: placeWords.asSaid(said), intent, slots, kept: before }],
  };
}

/** Asks which of these places is meant: each comes back to the intent as `kept.where`, 都不是 as `null`. */
export function askWhere(
  intent: string,
  slots: Slots,
  kept: Record<string, unknown>,
  places: readonly Where[],
): Answer {
  const option = (label: string, where: Where | null) => ({ label, intent, slots, kept: { ...kept, where } });
  const shown = (one: Where) => placeWords.place(one.label, one.exact);
  return {
    text: placeWords.which,
    options: [...places.map((one) => option(shown(one), one)), option(placeWords.none, null)],
  };
}
