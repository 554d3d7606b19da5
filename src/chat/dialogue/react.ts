import { findReferences } from '../understanding/references.ts';
import { asksToWait, numberIn } from './correction.ts';
import type { Heard } from './hear.ts';
import type { Reaction, Remark } from './reaction.ts';
import {
  addsToMatter,
  agreesTo,
  choiceInSentence,
  choiceWithVerb,
  choosesInVain,
  isAll,
  isBack,
  isCancel,
  isCancelAll,
  isConfirm,
  isGoAhead,
  isPlainCancel,
  isWrong,
  readChoice,
  voteIn,
  wantsToChange,
} from './replies.ts';
import { type Choice, type DialogueState, IDLE, type Matter, type Waiting } from './state.ts';
import { CLEAR, CLEARER, isAnother, isSubject, means, NO_SUBJECT, refines } from './subject.ts';

/** How often the same question is put before it is given up. */
const PATIENCE = 2;

export function react(state: DialogueState, heard: Heard): Reaction {
  if (heard.command) return begin(state, heard);
  switch (state.waiting?.for) {
    case 'confirm':
      return toReadBack(state, state.waiting, heard);
    case 'choice':
      return toList(state, state.waiting, heard);
    case 'words':
      return toQuestion(state, state.waiting, heard);
    default:
      return toNothing(state, heard);
  }
}

function toReadBack(state: DialogueState, waiting: Extract<Waiting, { for: 'confirm' }>, heard: Heard): Reaction {
  const { text, understanding } = heard;
  const { matter } = waiting;
  if (isBack(text)) return backwards(state);
  if (wantsToChange(text)) return { do: 'remark', remark: 'say_the_change', state, again: waiting.shown };
  if (heard.correction) return corrected(state, waiting, heard.correction);
  if (isWrong(text)) {
    if (state.before?.for !== 'choice') return { do: 'remark', remark: 'not_this', state: over(state) };
    return shownAgain(state, state.before, 'choose_again');
  }
  if (isCancelAll(text)) return cancelled(state, true);
  if (isCancel(text) || means('cancel', understanding)) return cancelled(state);
  const goAhead = isGoAhead(text, heard.verbsOf(matter.intent)) || agreesTo(text, matter.slots.choice);
  if (isConfirm(text) || goAhead || means('confirm', understanding)) {
    return { do: 'carry_out', matter, state: afterwards(state) };
  }
  const otherWay = votedAnew(matter, heard);
  if (otherWay) return { do: 'go_on', matter: otherWay, state: afterwards(state) };
  // 等一下，我问问他 is neither yes nor no: what was read back stays as it is.
  const another = isSubject(understanding, CLEARER) && understanding.intent !== matter.intent;
  if (asksToWait(text) && !another) return again(state, waiting, 'answer_yes_or_no');
  if (isSubject(understanding, CLEAR)) {
    // The same thing said again, better, is a correction and not a new subject.
    const again = understanding.intent === matter.intent;
    return again ? begin({ ...afterwards(state), photos: matter.photos }, heard, false) : begin(state, heard);
  }
  if (means('menu', understanding) || means('thanks', understanding)) return { do: 'begin', state };
  if (addsToMatter(text) || refines(understanding)) {
    const slots = { ...matter.slots, ...understanding.slots };
    return { do: 'go_on', matter: { ...matter, slots, text }, state: afterwards(state) };
  }
  return again(state, waiting, 'answer_yes_or_no');
}

/** 那我反对: the vote that was read back, the other way. With a number it may be another. */
function votedAnew({ key: _other, written: _former, ...matter }: Matter, { text, understanding }: Heard) {
  const { choice, number } = understanding.slots;
  if (choice === undefined || number !== undefined || understanding.intent !== matter.intent) return undefined;
  return { ...matter, slots: { ...matter.slots, choice }, text, explicit: false };
}

/** 不对，…: something else, another number or day, or the same matter in other words. */
function corrected(
  state: DialogueState,
  waiting: Extract<Waiting, { for: 'confirm' }>,
  said: NonNullable<Heard['correction']>,
): Reaction {
  const { text, understanding, bare } = said;
  const { matter } = waiting;
  if (isCancel(text) || means('cancel', understanding)) return cancelled(state);
  // 不对，是后天: the rest of what was read back stays. A number or a day of its own is changed below.
  const plain = matter.slots.number === undefined && matter.slots.until === undefined;
  const whole = plain && matter.kept ? said.revise(matter.text) : undefined;
  if (whole !== undefined) {
    const { key: _other, written: _former, ...same } = matter;
    return { do: 'go_on', matter: { ...same, text: whole, whole: true, explicit: false }, state: afterwards(state) };
  }
  const sameIntent = understanding.intent === matter.intent;
  const number = matter.slots.number === undefined ? undefined : numberIn(text);
  if (isSubject(understanding, CLEAR) && !sameIntent && number === undefined) {
    return { do: 'begin', state: afterwards(state), dropped: matter, said };
  }
  // 不对，我先吃饭: what means nothing is no matter, unless it says that it is meant instead.
  const meansNothing = NO_SUBJECT.has(understanding.intent) && Object.keys(bare).length === 0 && number === undefined;
  if (meansNothing && !said.instead) return again(state, waiting, 'answer_yes_or_no');
  const { kept, key: _never, ...rest } = matter;
  const slots = { ...matter.slots, ...(sameIntent ? understanding.slots : {}) };
  // 不对，是一床毯子, of what my mother wants: it is still she who does.
  if (matter.slots.for === 'proxy' && !/自己|本人/u.test(text)) slots.for = 'proxy';
  // Another day leaves the reason as it was; another number or other words leave nothing of what was found out.
  const otherDay = bare.until !== undefined && matter.slots.until !== undefined && number === undefined;
  const changed: Matter = otherDay
    ? { ...rest, ...(kept ? { kept } : {}), slots: { ...slots, ...bare }, text }
    : { ...rest, slots: number === undefined ? slots : { ...slots, number }, text };
  return { do: 'go_on', matter: { ...changed, explicit: false }, state: afterwards(state) };
}

function toList(state: DialogueState, waiting: Extract<Waiting, { for: 'choice' }>, heard: Heard): Reaction {
  const { text, understanding } = heard;
  if (isBack(text)) return backwards(state);
  const picked = pick(waiting.choices, heard);
  if (picked) return { do: 'go_on', matter: picked, state: { ...over(state), before: waiting } };
  const all = everyLine(state, waiting, text);
  if (all) return all;
  const { correction } = heard;
  if (correction && isSubject(correction.understanding, CLEAR)) {
    return { do: 'begin', state: afterwards(state), said: correction };
  }
  if (isWrong(text)) return { do: 'remark', remark: 'none_of_these', state: over(state) };
  if (isCancel(text) || means('cancel', understanding))
    return { do: 'remark', remark: 'cancelled', state: over(state) };
  const [only] = waiting.choices;
  if (only && waiting.choices.length === 1 && (isConfirm(text) || means('confirm', understanding))) {
    return { do: 'go_on', matter: only.matter, state: { ...over(state), before: waiting } };
  }
  // A list is no trap: what chooses nothing is taken for what it says, and the list waits on while that is next to nothing.
  if (choosesInVain(text) || means('confirm', understanding)) return again(state, waiting, 'answer_a_number');
  return NO_SUBJECT.has(understanding.intent) ? { do: 'begin', state } : begin(state, heard, false);
}

/** 都发布: each line of a list in its turn. */
function everyLine(
  state: DialogueState,
  { choices, lasting }: Extract<Waiting, { for: 'choice' }>,
  text: string,
): Reaction | undefined {
  const [top, ...others] = choices;
  if (!top || !lasting || !isAll(text)) return undefined;
  const later = [...others.map((choice) => choice.matter), ...(state.later ?? [])];
  return { do: 'go_on', matter: top.matter, state: later.length > 0 ? { ...IDLE, later } : IDLE };
}

function toQuestion(state: DialogueState, waiting: Extract<Waiting, { for: 'words' }>, heard: Heard): Reaction {
  const { text, understanding, photos } = heard;
  const { matter } = waiting;
  if (isBack(text)) return backwards(state);
  const answered: Matter = {
    ...matter,
    // What is known stays known: 3号 inside a reason is no new number.
    slots: { ...heard.bare, ...understanding.slots, ...matter.slots },
    text,
    photos: [...new Set([...matter.photos, ...photos])],
  };
  const answer: Reaction = { do: 'go_on', matter: answered, state: afterwards(state) };
  // 不用了 may be the very answer that was asked for; only a plain word ends the matter.
  if (isPlainCancel(text)) return waiting.undo ? answer : cancelled(state);
  // 2号延期到周五 while 1号's reason is asked for is about another.
  const elsewhere = understanding.intent !== matter.intent || isAnother(understanding, matter);
  if (isConfirm(text) && !waiting.undo && Object.keys(heard.bare).length === 0)
    return again(state, waiting, 'answer_in_words');
  const clear = !waiting.free && isSubject(understanding, CLEARER);
  if (elsewhere && (understanding.explicit || clear)) return begin(state, heard);
  if (understanding.intent === 'menu' && understanding.explicit) return { do: 'begin', state };
  return answer;
}

function toNothing(state: DialogueState, heard: Heard): Reaction {
  const { text, understanding } = heard;
  if (isBack(text)) return backwards(state);
  const before = state.before?.for === 'choice' ? state.before : undefined;
  const picked = before && pick(before.choices, heard);
  if (before && picked) return { do: 'go_on', matter: picked, state: { ...over(state), before } };
  const { correction, thanks } = heard;
  if (correction && isSubject(correction.understanding, CLEAR)) return { do: 'begin', state, said: correction };
  // 好的谢谢 ends a talk; 换成修灯，谢谢 wants something, even where there is nothing to do it to.
  const wants = correction?.instead || isAll(text) || findReferences(text, []).length > 0;
  if (thanks && !wants && NO_SUBJECT.has(understanding.intent) && understanding.intent !== 'menu')
    return { do: 'begin', state, said: { text, understanding: thanks } };
  if (isConfirm(text) || means('confirm', understanding)) {
    return { do: 'remark', remark: 'nothing_to_confirm', state };
  }
  if (isCancel(text) || isWrong(text) || means('cancel', understanding)) {
    return { do: 'remark', remark: 'nothing_to_cancel', state: { ...state, photos: [] } };
  }
  return { do: 'begin', state };
}

/** The line of a list a message means; a clear intent of its own (第一个我退了) replaces the line's. */
function pick(choices: readonly Choice[], heard: Heard): Matter | undefined {
  const { text, understanding, photos, verbsOf } = heard;
  const plain =
    readChoice(text, choices) ?? choiceWithVerb(text, choices, verbsOf) ?? voteIn(text, understanding, choices);
  if (plain) return { ...plain.matter, photos: [...new Set([...plain.matter.photos, ...photos])] };
  const named = choiceInSentence(text, choices);
  if (!named || named.matter.slots.number === undefined || !isSubject(understanding, CLEAR)) return undefined;
  const slots = { ...understanding.slots, number: named.matter.slots.number };
  return understanding.intent === named.matter.intent
    ? { ...named.matter, slots, text, photos }
    : { intent: understanding.intent, slots, text, photos, explicit: false };
}

function begin(state: DialogueState, heard: Heard, kindly = true): Reaction {
  const { waiting, photos } = state;
  const next = { ...afterwards(state), photos };
  // What can be undone was done already, and only more of it was asked for: nothing is put aside.
  const done = waiting?.for === 'words' && waiting.undo;
  const dropped = kindly && waiting && waiting.for !== 'choice' && !done ? { dropped: waiting.matter } : {};
  if (heard.command) return { do: 'go_on', matter: heard.command, state: next, ...dropped };
  return { do: 'begin', state: next, ...dropped };
}

function cancelled(state: DialogueState, all = false): Reaction {
  if (all) return { do: 'remark', remark: 'all_cancelled', state: IDLE };
  const { before } = listOf(withoutWaiting(state));
  if (!before) return { do: 'remark', remark: 'cancelled', state: over(state) };
  return { do: 'remark', remark: 'cancelled_list_stays', state: { ...over(state), waiting: before } };
}

function backwards(state: DialogueState): Reaction {
  if (state.before) return shownAgain(state, state.before, 'back_again');
  const { waiting } = state;
  return { do: 'remark', remark: 'nothing_before', state, ...(waiting ? { again: waiting.shown } : {}) };
}

function shownAgain(state: DialogueState, waiting: Waiting, remark: Remark): Reaction {
  if (waiting.for === 'choice' && waiting.source) {
    return { do: 'show_anew', remark, matter: waiting.source, state: over(state) };
  }
  return { do: 'remark', remark, state: { ...over(state), waiting }, again: waiting.shown };
}

function withoutWaiting({ waiting: _over, ...state }: DialogueState): DialogueState {
  return state;
}

/** Puts the question once more, and gives it up when that was in vain often enough. */
function again(state: DialogueState, waiting: Waiting, remark: Remark): Reaction {
  if (state.vain >= PATIENCE) return { do: 'remark', remark: 'given_up', state: over(state) };
  return { do: 'remark', remark, state: { ...state, vain: state.vain + 1 }, again: waiting.shown };
}

/** Whether the person drops what was asked, or leaves it for something else, instead of answering it. */
export function abandons({ waiting }: DialogueState, { command, understanding }: Heard, reaction: Reaction): boolean {
  if (!waiting || reaction.do === 'carry_out') return false;
  if (('dropped' in reaction && reaction.dropped) || command) return true;
  const stays = reaction.state.waiting?.shown === waiting.shown;
  if (reaction.do === 'remark') return !stays;
  // The same thing said better is a correction.
  const corrects = waiting.for === 'confirm' && understanding.intent === waiting.matter.intent;
  return reaction.do === 'begin' && !stays && !corrects;
}

/** Where a dialogue stands when its matter is done. */
export const afterwards = (state: DialogueState): DialogueState => ({ ...over(state), ...listOf(state) });

/** Nothing is under way but what is to be taken up later. */
const over = ({ later }: DialogueState): DialogueState => ({ ...IDLE, ...(later ? { later } : {}) });

/** The list to come back to after this matter, when there is one. */
function listOf(state: DialogueState): { before?: Waiting } {
  const list = state.waiting?.for === 'choice' ? state.waiting : state.before;
  return list?.for === 'choice' && list.lasting ? { before: list } : {};
}
