import { soundsOver } from '../understanding/all-clear.ts';
import { asksToKnow } from './asking.ts';
import type { Heard } from './hear.ts';
import type { Reaction } from './reaction.ts';
import { isCancel, isConfirm } from './replies.ts';
import { isPlace, namesPlace } from './said-parts.ts';
import type { DialogueState, Waiting } from './state.ts';
import { CLEAR, CLEARER, isSubject, NO_SUBJECT } from './subject.ts';

/** What somebody says while a danger of theirs is open: of it, or of something else. Pure. */

type Asked = Extract<Waiting, { for: 'words' }>;

/** Whether more of a danger is waited for, which is told already. */
export const isDanger = (waiting: Waiting | undefined): waiting is Asked & { undo: true } =>
  waiting?.for === 'words' && waiting.undo === true && waiting.matter.slots.urgent === true;

/** What may be said of any danger: those who come, those who are hurt, what burns. */
const OF_DANGER =
  /救|来人|派人|快[点来些]|人(?:呢|[到在]哪)|到哪(?!一?步)|还要?多久|多久(?:才|能)*[到来]|什么时候能?[到来]|还没[到来]|怎么办|咋个?办|啷个办|担架|医生|送医|氧气|警察|消防|流血|出血|烧|着火|火[势大小]|烟|煤气|燃气|受伤|伤[了口得]|晕|昏|倒[了在]|喘|叫不醒|醒[了来]|没气|爆|困[在住]|危险|害怕/u;
/** That nobody need come, be it that it is over or that somebody has given up. */
const CALLED_OFF = /算了|取消|撤[回销]|不用了|别来|不要来|别管/u;
/** Less likely than this, other words are no doubt that is worth a question. */
const DOUBT = 0.5;

/**
 * Where words go while a danger is open: to it (`answer`), what may be something else with the question whether it is;
 * undefined when they are something else and speak of no danger. In doubt those who come hear too much, never too little.
 */
export function toDanger(
  answer: Extract<Reaction, { do: 'go_on' }>,
  { text, understanding }: Heard,
  danger: string,
): Reaction | undefined {
  const { intent, confidence, explicit, slots } = understanding;
  if (intent === 'menu' && explicit) return undefined;
  if (NO_SUBJECT.has(intent) && !asksToKnow(text)) return answer;
  if (slots.number === undefined && (soundsOver(text) || CALLED_OFF.test(text))) return answer;
  const ofDanger = slots.urgent === true || OF_DANGER.test(text);
  const both: Reaction = { ...answer, aside: understanding };
  // Another problem, or more of this one?
  if (intent === danger) return !ofDanger && !isPlace(text) && isSubject(understanding, CLEARER) ? both : answer;
  if (!ofDanger && (asksToKnow(text) || isSubject(understanding, CLEAR))) return undefined;
  if (explicit) return undefined;
  const maybe = !NO_SUBJECT.has(intent) && confidence >= (ofDanger ? CLEARER : DOUBT);
  return maybe ? both : answer;
}

/** The danger that was left for something else, when words seem to go back to it and answer nothing that was asked since. */
export function dangerMeant(
  { waiting, dropped }: DialogueState,
  { text, understanding }: Heard,
): (Asked & { undo: true }) | undefined {
  if (!isDanger(dropped) || waiting?.for === 'words' || isConfirm(text) || isCancel(text)) return undefined;
  const { intent } = understanding;
  const clear = isSubject(understanding, CLEAR) && intent !== dropped.matter.intent;
  // What was read back or listed since is nearer.
  const ofDanger = waiting
    ? !clear && OF_DANGER.test(text)
    : OF_DANGER.test(text) || isPlace(text) || (!clear && namesPlace(text)) || intent === dropped.matter.intent;
  return ofDanger ? dropped : undefined;
}

/** Where a dialogue stands without a danger it holds. */
export function withoutDanger({ waiting, dropped, ...rest }: DialogueState): DialogueState {
  return {
    ...rest,
    ...(waiting && !isDanger(waiting) ? { waiting } : {}),
    ...(dropped && !isDanger(dropped) ? { dropped } : {}),
  };
}
