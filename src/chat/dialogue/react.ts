import { findReferences } from '../understanding/references.ts';
import { added, anew, corrected, isTakenIn, told, votedAnew } from './amend.ts';
import { asksToKnow } from './asking.ts';
import { asksForTime, asksToWait } from './correction.ts';
import { dangerMeant, isDanger, toDanger } from './danger.ts';
import type { Heard } from './hear.ts';
import type { Reaction, Remark } from './reaction.ts';
import {
  addsToMatter,
  agreesTo,
  choiceInSentence,
  choiceWithVerb,
  choosesByPlace,
  choosesInVain,
  endsInNo,
  isAll,
  isBack,
  isCancel,
  isCancelAll,
  isConfirm,
  isGoAhead,
  isPlainCancel,
  isWrong,
  leansOn,
  readChoice,
  saysForWhom,
  tellsMore,
  voteIn,
  wantsToChange,
} from './replies.ts';
import { afterwards, again, cancelled, over, overList } from './standing.ts';
import { type Choice, type DialogueState, IDLE, type Matter, type Waiting } from './state.ts';
import { CLEAR, CLEARER, isAnother, isSubject, means, NO_SUBJECT, refines } from './subject.ts';

export function react(state: DialogueState, heard: Heard): Reaction {
  if (heard.command) return begin(state, heard);
  const danger = dangerMeant(state, heard);
  if (danger) {
    const { dropped: _now, ...rest } = state;
    const put = state.waiting && canComeBack(state.waiting) ? { dropped: state.waiting } : {};
    return toQuestion({ ...rest, ...put, waiting: danger }, danger, heard);
  }
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
  if (choosesByPlace(text)) {
    const { before } = state;
    const other = before?.for === 'choice' ? pick(before.choices, heard) : undefined;
    if (before && other) return { do: 'go_on', matter: other, state: overList(state, before) };
    return again(state, waiting, 'answer_yes_or_no');
  }
  if (wantsToChange(text)) return { do: 'remark', remark: 'say_the_change', state, again: waiting.shown };
  if (heard.correction) return corrected(state, waiting, heard.correction, heard.takenInBy);
  if (isWrong(text)) {
    if (state.before?.for !== 'choice') return { do: 'remark', remark: 'not_this', state: over(state) };
    return shownAgain(state, state.before, 'choose_again');
  }
  // 是5栋后面 says it anew, and adds nothing.
  const plain = matter.slots.number === undefined && matter.slots.until === undefined;
  const placed = matter.kept && plain && !isConfirm(text) ? heard.anew(matter.text) : undefined;
  if (placed !== undefined && placed !== matter.text) return anew(state, matter, placed);
  if (saysForWhom(text) && matter.kept) return added(state, waiting, heard);
  if (isCancelAll(text)) return cancelled(state, true);
  if (isCancel(text) || (endsInNo(text) && understanding.slots.number === undefined) || means('cancel', understanding))
    return cancelled(state);
  const goAhead = isGoAhead(text, heard.verbsOf(matter.intent)) || agreesTo(text, matter.slots.choice);
  if (isConfirm(text) || goAhead || means('confirm', understanding)) {
    return { do: 'carry_out', matter, state: afterwards(state) };
  }
  const otherWay = votedAnew(matter, heard);
  if (otherWay) return { do: 'go_on', matter: otherWay, state: afterwards(state) };
  // 等一下，我问问他 is neither yes nor no: what was read back stays as it is.
  const another = isSubject(understanding, CLEARER) && understanding.intent !== matter.intent;
  if (asksToWait(text) && !another) return again(state, waiting, 'no_hurry');
  if (isTakenIn(matter, understanding.intent, heard.takenInBy) && tellsMore(text)) return told(state, waiting, text);
  if (isSubject(understanding, CLEAR)) {
    if (understanding.intent === matter.intent && matter.kept && leansOn(text)) return added(state, waiting, heard);
    // The same thing said again, better, is a correction and not a new subject.
    const again = understanding.intent === matter.intent;
    return again ? begin({ ...afterwards(state), photos: matter.photos }, heard, false) : begin(state, heard);
  }
  if (means('menu', understanding) || means('thanks', understanding)) return { do: 'begin', state };
  if (addsToMatter(text) || refines(understanding)) return added(state, waiting, heard);
  return again(state, waiting, 'answer_yes_or_no');
}

function toList(state: DialogueState, waiting: Extract<Waiting, { for: 'choice' }>, heard: Heard): Reaction {
  const { text, understanding } = heard;
  if (isBack(text)) return backwards(state);
  if (asksForTime(text)) return again(state, waiting, 'no_hurry');
  const picked = pick(waiting.choices, heard);
  if (picked) return { do: 'go_on', matter: picked, state: overList(state, waiting) };
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
    return { do: 'go_on', matter: only.matter, state: overList(state, waiting) };
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
  const { aside, ...rest } = waiting;
  if (aside && choosesByPlace(text) && readChoice(text, [aside])) {
    return { do: 'go_on', matter: aside.matter, state: { ...over(state), dropped: rest } };
  }
  const answered: Matter = {
    ...matter,
    // What is known stays known: 3号 inside a reason is no new number.
    slots: { ...heard.bare, ...understanding.slots, ...matter.slots },
    text,
    photos: [...new Set([...matter.photos, ...photos])],
  };
  const answer: Reaction = { do: 'go_on', matter: answered, state: afterwards(state) };
  if (isDanger(waiting)) return toDanger(answer, heard, matter.intent) ?? begin(state, heard);
  // 不用了 may be the very answer that was asked for; only a plain word ends the matter.
  if (isPlainCancel(text)) return waiting.undo ? answer : cancelled(state);
  if (waiting.yes && isConfirm(text)) return answer;
  // 2号延期到周五 while 1号's reason is asked for is about another.
  const elsewhere = understanding.intent !== matter.intent || isAnother(understanding, matter);
  if (isConfirm(text) && !waiting.undo && Object.keys(heard.bare).length === 0)
    return again(state, waiting, 'answer_in_words');
  const clear = !waiting.free && isSubject(understanding, CLEARER) && !asksToKnow(text);
  if (elsewhere && (understanding.explicit || clear)) return begin(state, heard);
  if (understanding.intent === 'menu' && understanding.explicit) return { do: 'begin', state };
  return answer;
}

function toNothing(state: DialogueState, heard: Heard): Reaction {
  const { text, understanding } = heard;
  if (isBack(text)) return backwards(state);
  const before = state.before?.for === 'choice' ? state.before : undefined;
  const picked = before && pick(before.choices, heard);
  if (before && picked) return { do: 'go_on', matter: picked, state: overList(state, before) };
  const { correction, thanks } = heard;
  if (asksForTime(text)) return { do: 'remark', remark: 'take_your_time', state };
  if (correction && isSubject(correction.understanding, CLEAR)) return { do: 'begin', state, said: correction };
  // 好的谢谢 ends a talk; 换成修灯，谢谢 wants something, even where there is nothing to do it to.
  const wants = correction?.instead || isAll(text) || findReferences(text, []).length > 0;
  if (thanks && !wants && NO_SUBJECT.has(understanding.intent) && understanding.intent !== 'menu')
    return { do: 'begin', state, said: { text, understanding: thanks } };
  if (isConfirm(text) || means('confirm', understanding)) {
    return { do: 'remark', remark: 'nothing_to_confirm', state };
  }
  if (choosesByPlace(text)) return { do: 'remark', remark: 'nothing_to_choose', state };
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
  const put = kindly && waiting && canComeBack(waiting);
  const next = { ...afterwards(state), photos, ...(put ? { dropped: waiting } : {}) };
  // What can be undone was done already, and only more of it was asked for: nothing is put aside.
  const done = waiting?.for === 'words' && waiting.undo;
  const dropped = kindly && waiting && waiting.for !== 'choice' && !done ? { dropped: waiting.matter } : {};
  if (heard.command) return { do: 'go_on', matter: heard.command, state: next, ...dropped };
  return { do: 'begin', state: next, ...dropped };
}

/** A list is come back to as `before`, and only if it lasts. */
const canComeBack = (waiting: Waiting): boolean => waiting.for !== 'choice';

function backwards(state: DialogueState): Reaction {
  const { waiting, before, dropped } = state;
  if (dropped) {
    const { dropped: _now, ...rest } = over(state);
    const other = waiting && canComeBack(waiting) ? { dropped: waiting } : {};
    return { do: 'remark', remark: 'back_again', state: { ...rest, ...other, waiting: dropped }, again: dropped.shown };
  }
  if (before) return shownAgain(state, before, 'back_again');
  return { do: 'remark', remark: 'nothing_before', state, ...(waiting ? { again: waiting.shown } : {}) };
}

function shownAgain(state: DialogueState, waiting: Waiting, remark: Remark): Reaction {
  if (waiting.for === 'choice' && waiting.source) {
    return { do: 'show_anew', remark, matter: waiting.source, state: over(state) };
  }
  return { do: 'remark', remark, state: { ...over(state), waiting }, again: waiting.shown };
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
