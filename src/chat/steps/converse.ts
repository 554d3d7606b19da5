import type { Actor } from '../../core/ability.ts';
import type { Intent, Slots } from '../../core/feature.ts';
import { readNumeral } from '../../core/numerals.ts';
import { normalise } from '../../core/text.ts';
import { partAsWritten } from '../../core/written.ts';
import { type Conclusion, conclude } from '../conclude.ts';
import { asksToKnow, isAngry, nods } from '../dialogue/asking.ts';
import { hear } from '../dialogue/hear.ts';
import { abandons, react } from '../dialogue/react.ts';
import type { Reaction } from '../dialogue/reaction.ts';
import { endsInNo } from '../dialogue/replies.ts';
import { type Choice, type DialogueState, IDLE, type Matter, untold } from '../dialogue/state.ts';
import type { Exchange, Step } from '../exchange.ts';
import { listed, type Matters } from '../matters.ts';
import { meaningIn, roleOf } from '../meaning.ts';
import {
  ALARMS,
  ASK_A_HUMAN,
  BIND_FIRST,
  BIND_FIRST_IN_GROUP,
  DATE_SLIP,
  dropped,
  IN_CHINESE,
  leftUndone,
  NOTED,
  ONE_VOTE_AT_A_TIME,
  REMARKS,
  SEVERAL,
  SMALL_TALK,
  SORRY,
  THANKS,
  WHICH,
  WHICH_NOTHING,
} from '../messages.ts';
import type { Parts } from '../parts.ts';
import { soundsOver } from '../understanding/all-clear.ts';
import { menuPartIn } from '../understanding/commands.ts';
import { dateSlipIn } from '../understanding/date-slips.ts';
import { alarmIn } from '../understanding/emergency.ts';
import { isForeign } from '../understanding/foreign.ts';
import type { Understanding } from '../understanding/labels.ts';
import { findReferences } from '../understanding/references.ts';
import { isUrgent, raise } from './alarm.ts';
import { likelier } from './likelier.ts';
import { menuFor, servesRole } from './menu.ts';
import { over, withoutPast } from './over.ts';
import { commandsIn, inOrder, severalIn, takeUpLater, withoutChanges } from './several.ts';
import { saidRight } from './spoken.ts';
import { askedWhichDay } from './which-day.ts';

/** What a question for facts is taken for, since nothing here answers one. */
const FACTLESS: ReadonlySet<string> = new Set(['none', 'wish.submit', 'menu', 'confirm', 'thanks']);
/** Below this the bot asks which of two things was meant. What changes nothing may be a little less certain. */
const SURE = { read: 0.4, create: 0.55, change: 0.55 };

/** Takes a message for what it means where the dialogue stands, and goes on from there. */
export function converse(parts: Parts, matters: Matters): Step {
  return async (exchange) => {
    if (exchange.plan) {
      // It was decided before the crash what this message does; that is carried out, whatever it would be taken for now.
      await matters.carryOn(exchange, exchange.plan);
      return takeUp(exchange);
    }
    const said = saidRight(exchange);
    if (said === 'over') return;
    if (said === 'spoken') {
      const [danger] = alarmIn(exchange.text).kinds;
      if (danger) {
        exchange.preface = ALARMS[danger];
        return raise(matters, exchange);
      }
    }
    const commanded = (text: string) => commandIn(text, parts.intents.values(), exchange.actor);
    const ordered = commanded(exchange.text);
    if (!ordered && soundsOver(exchange.text) && (await over(parts, matters, exchange))) return;
    const state = await withoutPast(matters, exchange, exchange.home?.state ?? IDLE);
    if (exchange.text === '') return begin(exchange, state, NOTHING_SAID);
    const heard = hear(exchange.text, {
      understand: parts.understand,
      role: roleOf(exchange.actor),
      place: exchange.place,
      now: exchange.now,
      calendar: parts.house.calendar,
      photos: state.photos,
      verbsOf: (intent) => parts.intents.get(intent)?.verbs,
      takenInBy: (intent) => parts.intents.get(intent)?.takesIn,
    });
    if (isUrgent(heard.understanding)) {
      exchange.preface = ALARMS.help;
      return raise(matters, exchange);
    }
    const each = commandsIn(heard.text, exchange.now, commanded);
    const command = each?.[0] ?? ordered ?? commanded(heard.text);
    const told = command ? { ...heard, command } : heard;
    const reaction = react(state, told);
    if (abandons(state, told, reaction)) leaveChanges(exchange, reaction);
    noteDateSlip(exchange, reaction, heard.understanding, state);
    if (each) putOff(exchange, reaction, each.slice(1));
    await follow(exchange, reaction, heard.understanding);
    return takeUp(exchange);
  };

  function takeUp(exchange: Exchange): Promise<void> {
    return takeUpLater(parts, matters, exchange, (words, state) => {
      exchange.text = normalise(words);
      exchange.written = words;
      return begin(exchange, state, meaningIn(parts, exchange)(words));
    });
  }

  /** The same command said of other numbers, too: each in its turn. */
  function putOff(exchange: Exchange, reaction: Reaction, others: Matter[]): void {
    if (reaction.do !== 'go_on') return;
    const state = alone(exchange, reaction.state);
    reaction.state = { ...state, later: [...others, ...(state.later ?? [])] };
    const words = [reaction.matter, ...others].map((one) => matters.title(one.intent, one.slots.number));
    exchange.preface = [exchange.preface ?? '', SEVERAL(words)].join('\n').trim();
  }

  /** See `withoutChanges`; says what is not done now. */
  function leaveChanges(exchange: Exchange, reaction: Reaction): void {
    const { state, left } = withoutChanges(reaction.state, parts, meaningIn(parts, exchange));
    reaction.state = state;
    if (left.length === 0) return;
    const words = left.map((one) => (typeof one === 'string' ? one : matters.title(one.intent, one.slots.number)));
    exchange.preface = [exchange.preface ?? '', leftUndone(words)].join('\n').trim();
  }

  /** Says that a day is over or does not exist, before it is asked for once more. */
  function noteDateSlip(
    exchange: Exchange,
    reaction: Reaction,
    { intent, slots }: Understanding,
    { waiting }: DialogueState,
  ): void {
    const matter = reaction.do === 'go_on' ? reaction.matter : { intent, slots };
    if (reaction.do !== 'go_on' && reaction.do !== 'begin') return;
    if (!parts.intents.get(matter.intent)?.wantsDay || matter.slots.until !== undefined) return;
    const slip = dateSlipIn(exchange.text, exchange.now, waiting?.for === 'words');
    if (slip) exchange.preface = DATE_SLIP[slip.why](slip.said, slip.day);
  }

  async function follow(exchange: Exchange, reaction: Reaction, understanding: Understanding): Promise<void> {
    if ('dropped' in reaction && reaction.dropped) {
      exchange.preface = [dropped(matters.title(reaction.dropped.intent)), exchange.preface ?? ''].join('\n').trim();
    }
    switch (reaction.do) {
      case 'carry_out':
        return matters.carryOut(exchange, reaction.matter, reaction.state);
      case 'go_on':
        if (askedWhichDay(parts, exchange, reaction.matter, reaction.state)) return;
        if (reaction.aside) exchange.aside = asideOf(exchange, reaction.aside);
        return matters.goOn(exchange, reaction.matter, reaction.state);
      case 'show_anew':
        exchange.preface = REMARKS[reaction.remark];
        return matters.goOn(exchange, reaction.matter, reaction.state);
      case 'remark': {
        if (!exchange.actor && !reaction.state.waiting) return introduce(exchange, reaction.state);
        const text = [REMARKS[reaction.remark], ...(reaction.again === undefined ? [] : [reaction.again])].join('\n');
        return conclude(exchange, reaction.state, { text });
      }
      default:
        if (reaction.said) exchange.text = reaction.said.text;
        return beginEach(exchange, reaction.state, reaction.said?.understanding ?? understanding);
    }
  }

  /** What words that went to a danger may have meant besides, to be chosen from what is asked then. */
  function asideOf({ text, written }: Exchange, { intent, slots }: Understanding): Choice {
    const said = partAsWritten(written, text) ?? text;
    const matter: Matter = { intent, slots, text, written: said, photos: [], explicit: false };
    return { label: matters.title(intent), matter: matters.isDiscreet(intent) ? untold(matter) : matter };
  }

  /** Of several matters in one message what only wants looking up comes first, and the others wait for their turn. */
  async function beginEach(exchange: Exchange, state: DialogueState, understanding: Understanding): Promise<void> {
    const mean = meaningIn(parts, exchange);
    const several = exchange.actor && severalIn(exchange.text, understanding, exchange.now, parts, mean);
    if (!several) return begin(exchange, state, understanding);
    const reads = (words: string) => parts.intents.get(mean(words).intent)?.effect === 'read';
    const discreet = (words: string) => matters.isDiscreet(mean(words).intent);
    const { first, others, unheard } = inOrder(several, reads, discreet);
    const shown = [first, ...others].map((words) => (discreet(words) ? matters.title(mean(words).intent) : words));
    const how = unheard.length > 0 ? ONE_VOTE_AT_A_TIME : SEVERAL(shown);
    exchange.preface = [exchange.preface ?? '', how].join('\n').trim();
    exchange.text = first;
    const toCome = others.map((words) => partAsWritten(exchange.written, words) ?? words);
    const before = alone(exchange, state);
    return begin(exchange, { ...before, later: [...toCome, ...(before.later ?? [])] }, mean(first));
  }

  /** A message on its own: one of the bot's courtesies, or a new matter. */
  async function begin(exchange: Exchange, state: DialogueState, understanding: Understanding): Promise<void> {
    const { intent, slots, explicit } = understanding;
    const photos = state.photos;
    const written = partAsWritten(exchange.written, exchange.text) ?? exchange.text;
    const words = written === exchange.text ? { text: written } : { text: exchange.text, written };
    const matter: Matter = { intent, slots, ...words, photos, explicit };
    const courtesy = exchange.actor && !explicit ? courtesyTo(exchange, matter) : undefined;
    if (courtesy) return conclude(exchange, { ...state, photos: [] }, courtesy);
    const unnamed = exchange.actor && !explicit ? await unnamedIn(exchange, matter) : [];
    const [only] = unnamed;
    if (only && unnamed.length === 1) return matters.goOn(exchange, only.matter, { ...state, photos: [] });
    if (only) return conclude(exchange, { ...state, photos: [] }, listed(WHICH, unnamed));
    if (intent === 'menu') {
      if (!exchange.actor) return introduce(exchange, state);
      const foreign = isForeign(exchange.text) ? `${IN_CHINESE}\n` : '';
      return conclude(exchange, state, {
        text: `${foreign}${menuFor(parts, exchange.actor, menuPartIn(exchange.text))}`,
        open: true,
      });
    }
    const doubtful =
      !explicit &&
      !matters.isOfOtherKind(exchange, matter) &&
      !matters.isDiscreet(intent) &&
      understanding.confidence < SURE[parts.intents.get(intent)?.effect ?? 'create'];
    if (doubtful) {
      const choices = candidates(exchange, understanding, matter);
      const picked = await likelier(parts, exchange, choices, understanding);
      if (picked) return matters.goOn(exchange, { ...picked, guessed: true }, { ...state, photos: [] });
      if (choices.length > 0) return conclude(exchange, { ...state, photos: [] }, listed(WHICH, choices));
    }
    if (intent === 'thanks' || intent === 'none') {
      if (!exchange.actor) return introduce(exchange, state);
      const kind = intent === 'thanks' ? THANKS : SMALL_TALK;
      return conclude(exchange, state, { text: isForeign(exchange.text) ? IN_CHINESE : kind, open: true });
    }
    if (intent === 'confirm' || intent === 'cancel') return conclude(exchange, state, { text: WHICH_NOTHING });
    if (askedWhichDay(parts, exchange, matter, { ...state, photos: [] })) return;
    return matters.goOn(exchange, matter, { ...state, photos: [] });
  }

  /** What is said of something without its name, whatever the words would mean by themselves. */
  function unnamedIn(exchange: Exchange, matter: Matter): Promise<Choice[]> {
    const number = matter.slots.number ?? findReferences(matter.text, [])[0]?.number;
    return matters.unnamed(exchange, number === undefined ? matter : { ...matter, slots: { number } });
  }

  /** What is said to what asks for nothing that is done here: a question for facts, anger, a nod, a wish taken back at once. */
  function courtesyTo({ text }: Exchange, matter: Matter): Conclusion | undefined {
    const human = FACTLESS.has(matter.intent) && asksToKnow(text) && matters.toHuman(matter);
    if (human) return listed(ASK_A_HUMAN, [human]);
    if (FACTLESS.has(matter.intent) && isAngry(text)) return { text: SORRY, open: true };
    if (matter.intent !== 'thanks' && FACTLESS.has(matter.intent) && nods(text)) return { text: NOTED, open: true };
    return matter.intent === 'wish.submit' && endsInNo(text) ? { text: REMARKS.cancelled } : undefined;
  }

  /** What a doubtful message may have meant, a human last. */
  function candidates(exchange: Exchange, { intent, runnerUp }: Understanding, matter: Matter): Choice[] {
    const likely = [intent, ...(runnerUp ? [runnerUp] : [])].filter(
      (name) =>
        servesRole(parts.intents.get(name), exchange.actor) &&
        !matters.isOfOtherKind(exchange, { ...matter, intent: name }),
    );
    if (likely.length === 0) return [];
    const told = likely.some(matters.isDiscreet) ? untold(matter) : matter;
    const human = likely.includes('handoff') ? undefined : matters.toHuman(told);
    const choices = likely.map((name): Choice => ({ label: matters.title(name), matter: { ...told, intent: name } }));
    return human ? [...choices, human] : choices;
  }

  function introduce(exchange: Exchange, state: DialogueState): void {
    conclude(exchange, state, { text: exchange.place === 'group' ? BIND_FIRST_IN_GROUP : BIND_FIRST, open: true });
  }
}

/** Of several matters a group hears nothing, whatever each of them is: they are taken up alone, and so is what is asked about them. */
function alone(exchange: Exchange, state: DialogueState): DialogueState {
  const { own, place } = exchange;
  if (place === 'private' || !own || exchange.home === own) return state;
  exchange.home = own;
  return { ...own.state, photos: state.photos };
}

const NOTHING_SAID: Understanding = { intent: 'menu', slots: {}, confidence: 1, explicit: false };

/** The command a text is, of those features declare for themselves and this person may give. */
function commandIn(text: string, intents: Iterable<Intent>, actor: Actor | undefined): Matter | undefined {
  for (const intent of intents) {
    if (!servesRole(intent, actor)) continue;
    const match = intent.command?.map((pattern) => pattern.exec(text)).find((found) => found);
    if (!match) continue;
    const number = readNumeral(match.groups?.number ?? '');
    const slots: Slots = number === undefined ? {} : { number };
    return { intent: intent.name, slots, text: match.groups?.words?.trim() ?? '', photos: [], explicit: true };
  }
  return undefined;
}
