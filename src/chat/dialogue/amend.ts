import { inSimplified } from '../../core/script.ts';
import { numberIn } from './correction.ts';
import type { Heard } from './hear.ts';
import type { Reaction } from './reaction.ts';
import { isCancel, leansOn, saysForWhom, tellsMore } from './replies.ts';
import { saysWhose } from './said-parts.ts';
import { afterwards, again, cancelled } from './standing.ts';
import type { DialogueState, Matter, Waiting } from './state.ts';
import { CLEAR, isSubject, means, NO_SUBJECT } from './subject.ts';

/** What was read back, changed by what is said of it: corrected, added to, told on, voted the other way. Pure. */

type ReadBack = Extract<Waiting, { for: 'confirm' }>;

/** 还是要一张书桌: the same after all, in other words. */
const STILL = /^(?:那?还是|那就?)(?=\S{2})/u;
/** More is said about what was read back. Whom it is for stays unless it is said. */
export function added(state: DialogueState, { matter }: ReadBack, heard: Heard): Reaction {
  const { text, understanding } = heard;
  const slots = { ...matter.slots, ...understanding.slots };
  if (matter.slots.for === 'proxy' || saysForWhom(text)) slots.for = 'proxy';
  if (matter.slots.category !== undefined && leansOn(text)) slots.category = matter.slots.category;
  return { do: 'go_on', matter: { ...matter, slots, text }, state: afterwards(state) };
}

/** Whether what was understood may be a part of the matter: see `Intent.takesIn`. */
export const isTakenIn = ({ intent, kept }: Matter, other: string, takenInBy: Heard['takenInBy']): boolean =>
  kept !== undefined && takenInBy(intent)?.includes(other) === true;

/** What was read back, in words that take the place of all that was said before. */
export function anew(state: DialogueState, matter: Matter, text: string): Reaction {
  const { key: _other, written: former, ...same } = matter;
  const written = former !== undefined && writtenAnew(matter.text, text, former);
  const changed: Matter = { ...same, text, whole: true, explicit: false, ...(written ? { written } : {}) };
  return { do: 'go_on', matter: changed, state: afterwards(state) };
}

/** What was written, with the part exchanged in which the texts differ; undefined where more than the script differs. */
function writtenAnew(before: string, now: string, written: string): string | undefined {
  if (inSimplified(written) !== before) return undefined;
  const most = Math.min(before.length, now.length);
  let start = 0;
  while (start < most && before[start] === now[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === now.at(-1 - end)) end += 1;
  return written.slice(0, start) + now.slice(start, now.length - end) + written.slice(written.length - end);
}

/** 我妈要的 as 给我妈的: what a feature takes for whom it is for. */
const asGiven = (text: string): string =>
  /[给帮替为]/u.test(text) ? text : `给${text.replace(/^是|(?:的|要的?|用的?)$/gu, '')}的`;

/** The telling goes on: all of it is read back anew. */
export function told(state: DialogueState, { matter }: ReadBack, more: string): Reaction {
  return anew(state, matter, `${matter.text}；${more}`);
}

/** 那我反对: the vote that was read back, the other way. With a number it may be another. */
export function votedAnew({ key: _other, written: _former, ...matter }: Matter, { text, understanding }: Heard) {
  const { choice, number } = understanding.slots;
  if (choice === undefined || number !== undefined || understanding.intent !== matter.intent) return undefined;
  return { ...matter, slots: { ...matter.slots, choice }, text, explicit: false };
}

/** 不对，…: something else, another number or day, or the same matter in other words. */
export function corrected(
  state: DialogueState,
  waiting: ReadBack,
  said: NonNullable<Heard['correction']>,
  takenInBy: Heard['takenInBy'],
): Reaction {
  const { text, understanding, bare } = said;
  const { matter } = waiting;
  if (isCancel(text) || means('cancel', understanding)) return cancelled(state);
  // 不对，是后天: the rest of what was read back stays. A number or a day of its own is changed below.
  const plain = matter.slots.number === undefined && matter.slots.until === undefined;
  const whole = plain && matter.kept ? said.revise(matter.text) : undefined;
  if (whole !== undefined) return anew(state, matter, whole);
  // 不对，是给我妈的: whom it is for, and nothing of what is wanted.
  if (plain && matter.kept && matter.slots.for !== undefined && saysWhose(text)) {
    const hers: Matter = { ...matter, slots: { ...matter.slots, for: 'proxy' }, text: asGiven(text), explicit: false };
    const { key: _other, written: _former, ...same } = hers;
    return { do: 'go_on', matter: same, state: afterwards(state) };
  }
  if (isTakenIn(matter, understanding.intent, takenInBy) && tellsMore(text)) return told(state, waiting, text);
  const sameIntent = understanding.intent === matter.intent;
  const number = matter.slots.number === undefined ? undefined : numberIn(text);
  const { kept, key: _never, ...rest } = matter;
  // 不对，打5分: the words that were said with it stay.
  if (kept && bare.score !== undefined && matter.slots.score !== undefined && number === undefined) {
    const other = { ...matter.slots, score: bare.score };
    return {
      do: 'go_on',
      matter: { ...rest, kept, slots: other, text: '', explicit: false },
      state: afterwards(state),
    };
  }
  if (isSubject(understanding, CLEAR) && !sameIntent && number === undefined) {
    return { do: 'begin', state: afterwards(state), dropped: matter, said };
  }
  // 不对，我先吃饭: what means nothing is no matter, unless it says that it is meant instead.
  const meansNothing = NO_SUBJECT.has(understanding.intent) && Object.keys(bare).length === 0 && number === undefined;
  if (meansNothing && !said.instead) return again(state, waiting, 'answer_yes_or_no');
  const slots = { ...matter.slots, ...(sameIntent ? understanding.slots : {}) };
  // 不对，是一床毯子, of what my mother wants: it is still she who does.
  const hers = plain && kept && matter.slots.for === 'proxy' && !/自己|本人/u.test(text);
  if (hers) {
    const anew: Matter = {
      ...rest,
      kept,
      slots: { ...slots, for: 'proxy' },
      text: text.replace(STILL, ''),
      whole: true,
    };
    return { do: 'go_on', matter: { ...anew, explicit: false }, state: afterwards(state) };
  }
  // Another day leaves the reason as it was; another number or other words leave nothing of what was found out.
  const otherDay = bare.until !== undefined && matter.slots.until !== undefined && number === undefined;
  const changed: Matter = otherDay
    ? { ...rest, ...(kept ? { kept } : {}), slots: { ...slots, ...bare }, text }
    : { ...rest, slots: number === undefined ? slots : { ...slots, number }, text };
  return { do: 'go_on', matter: { ...changed, explicit: false }, state: afterwards(state) };
}
