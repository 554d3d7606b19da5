import type { Choice, Matter } from '../dialogue/state.ts';
import type { Exchange } from '../exchange.ts';
import type { Parts } from '../parts.ts';
import { masked, namesPossible } from '../services/masked.ts';
import type { Understanding } from '../understanding/labels.ts';

/**
 * Which of the two meanings a doubtful message has, as far as a configured helper says: one of the first two candidates and
 * never another. Nothing personal leaves the house with the question. `undefined` where there is no helper, or it has none
 * to offer: then the person is asked.
 */
export async function likelier(
  { breakTie, house }: Parts,
  { text, actor }: Exchange,
  choices: readonly Choice[],
  { intent, runnerUp }: Understanding,
): Promise<Matter | undefined> {
  const [first, second] = [intent, runnerUp].map((name) => choices.find((choice) => choice.matter.intent === name));
  // Of a message that may be a secret the words are not kept, and so are not sent either.
  if (!breakTie || !actor || !first || !second || first.matter.text !== text) return undefined;
  const known = (await house.directory.named?.(namesPossible(text), actor.areas)) ?? [];
  const asked = masked(text, [actor.name, ...known]);
  const picked = await breakTie({ text: asked, between: [first.label, second.label] });
  return picked === undefined ? undefined : (picked === 0 ? first : second).matter;
}
