import { inEcho } from '../core/echo.ts';
import { HaolinError } from '../core/errors.ts';
import type { Answer, Intent, Turn } from '../core/feature.ts';
import { normalise } from '../core/text.ts';
import { partAsWritten } from '../core/written.ts';
import { alikeOf } from './alike.ts';
import type { Plan } from './book.ts';
import { type Conclusion, conclude, joinTo, stateIn } from './conclude.ts';
import { saysAll } from './dialogue/replies.ts';
import { type Choice, type DialogueState, type Matter, untold } from './dialogue/state.ts';
import type { Exchange } from './exchange.ts';
import { meaningIn } from './meaning.ts';
import {
  ALARMS,
  BIND_FIRST,
  BIND_FIRST_IN_GROUP,
  CONFIRM_HINT,
  cannotYet,
  cannotYetNorHand,
  GUESSED,
  HANDOFF_CHOICE,
  LABELS,
  numbered,
  numberedTitle,
  otherKind,
  WHICH,
} from './messages.ts';
import type { Parts } from './parts.ts';
import { keyOf, planOf, stateAfter } from './plan.ts';
import { servesRole } from './steps/menu.ts';
import { kindMeant, type Mention, mentionsIn } from './understanding/kinds.ts';

/** What one can do with a matter: go on with it as far as it is known, or carry it out. */
export interface Matters {
  /** `refused` is where the dialogue stands when a feature refuses; by default the matter is over then. */
  goOn(exchange: Exchange, matter: Matter, state: DialogueState, refused?: DialogueState): Promise<void>;
  carryOut(exchange: Exchange, matter: Matter, state: DialogueState): Promise<void>;
  /** Carries out what an attempt before a crash was about to, as it was decided then. */
  carryOn(exchange: Exchange, plan: Plan): Promise<void>;
  /** Its words name the number of another kind of matter than the intent is about: see `Intent.about`. */
  isOfOtherKind(exchange: Exchange, matter: Matter): boolean;
  /** See `Intent.discreet`. */
  isDiscreet(intent: string): boolean;
  /** See `Intent.hears`. */
  unnamed(exchange: Exchange, matter: Matter): Promise<Choice[]>;
  /** The intent that takes what endangers life, from this speaker. */
  alarmFor(exchange: Exchange, matter: Matter): Promise<Intent | undefined>;
  /** The matter as it goes on with the speaker's danger that is still open; undefined when there is none. */
  openDanger(exchange: Exchange, matter: Matter): Promise<Matter | undefined>;
  /** See `Intent.isPast`. */
  isPast(exchange: Exchange, danger: Matter): Promise<boolean>;
  /** What people call an intent, or the one of that number. */
  title(intent: string, number?: number): string;
  /** The line of a list that hands the matter to a human, when that is possible. */
  toHuman(words: Pick<Matter, 'text' | 'written' | 'photos'>): Choice | undefined;
}

export function mattersOf({ intents, house, puppet, book, understand }: Parts): Matters {
  const title = (name: string, number?: number) => {
    const called = intents.get(name)?.help?.title ?? LABELS[name] ?? name;
    return number === undefined ? called : numberedTitle(called, number);
  };
  const kinds = [...new Set([...intents.values()].flatMap(({ about }) => about ?? []))];
  const aboutOf = (name: string) => [intents.get(name)?.about ?? []].flat();

  /** The matter with the number that is one of its kind, or the one of another kind that its words name. */
  function ofItsKind({ text }: Exchange, matter: Matter): { matter: Matter } | { other: Required<Mention> } {
    // Of what was found out once only the answer to a question is said.
    const about = aboutOf(matter.intent);
    if (about.length === 0 || matter.kept) return { matter };
    const whole = text.includes(matter.text) ? text : matter.text;
    const command = matter.explicit && whole !== matter.text;
    // 发言：… takes whatever follows.
    if (command && matter.slots.number === undefined) return { matter };
    const meant = kindMeant(mentionsIn(whole, kinds), about, matter.slots.number, command);
    if ('other' in meant) return meant;
    const { number } = meant;
    return { matter: number === undefined ? matter : { ...matter, slots: { ...matter.slots, number } } };
  }

  /** What can be said of that one instead, by this person. */
  function toldOf({ actor }: Exchange, { kind, number }: Required<Mention>): string {
    const able = [...intents.values()].filter((one) => aboutOf(one.name).includes(kind) && servesRole(one, actor));
    return otherKind(
      kind,
      number,
      able.flatMap(({ help }) => help?.example ?? []),
    );
  }

  const isDiscreet = (name: string) => intents.get(name)?.discreet === true;

  function toHuman({ text, written, photos }: Pick<Matter, 'text' | 'written' | 'photos'>): Choice | undefined {
    if (!intents.has('handoff')) return undefined;
    const matter: Matter = { intent: 'handoff', slots: {}, text, photos, explicit: true };
    return { label: HANDOFF_CHOICE, matter: written === undefined ? matter : { ...matter, written } };
  }

  function turnOf(exchange: Exchange, matter: Matter, confirmed: boolean): Turn {
    const { actor, incoming, now, place, area } = exchange;
    const speaker = actor ?? STRANGER;
    return {
      actor: speaker,
      ability: house.abilityOf(speaker),
      text: matter.text,
      written: writtenIn(exchange, matter),
      slots: matter.slots,
      place,
      ...(area === undefined ? {} : { area }),
      contact: { puppet, id: incoming.contact, ...(incoming.room === undefined ? {} : { room: incoming.room }) },
      now,
      key: matter.key ?? keyOf(exchange),
      photos: matter.photos,
      confirmed,
      means: meaningIn({ understand }, exchange),
      ...(matter.kept ? { kept: matter.kept } : {}),
      ...(matter.whole ? { whole: true } : {}),
    };
  }

  /** Finds who is to handle a matter, or says why nobody can. */
  function handlerOf(exchange: Exchange, matter: Matter, state: DialogueState): Intent | undefined {
    const intent = intents.get(matter.intent);
    if (!exchange.actor && !intent?.open) {
      const text = exchange.place === 'group' ? BIND_FIRST_IN_GROUP : BIND_FIRST;
      conclude(exchange, state, { text, open: true });
      return undefined;
    }
    if (intent) return intent;
    const human = toHuman(matter);
    const what = title(matter.intent);
    const said = human ? cannotYet(what) : cannotYetNorHand(what);
    const text = matter.slots.urgent ? `${ALARMS.help}\n${said}` : said;
    conclude(exchange, state, human ? listed(text, [human]) : { text });
    return undefined;
  }

  /** Turns a feature's answer into what is said and waited for. */
  async function answer(exchange: Exchange, matter: Matter, state: DialogueState, given: Answer): Promise<void> {
    const open = given.private === false ? { open: true } : {};
    if (given.options && given.options.length > 0) {
      const choices = given.options.map(({ label, intent, slots, kept }) => ({
        label,
        matter: {
          intent,
          slots,
          text: '',
          // The list only asks which; what was sent for the matter stays with it.
          photos: intent === matter.intent ? matter.photos : [],
          explicit: false,
          ...(kept ? { kept } : {}),
        },
      }));
      const [first, ...others] = choices.map((choice) => choice.matter);
      if (first && others.length > 0 && forAll(exchange, matter, choices)) {
        await goOn(exchange, first, { ...state, later: [...others, ...(state.later ?? [])] });
        return;
      }
      // Come back to, it is read back before anything is done, whatever it began with.
      const source: Matter = { ...(isDiscreet(matter.intent) ? untold(matter) : matter), explicit: false };
      conclude(exchange, state, { ...listed(given.text, choices, true, source), ...open });
      return;
    }
    if (given.human !== undefined) {
      const human = toHuman(matter);
      conclude(exchange, state, human ? listed(given.text, [human]) : { text: given.human });
      return;
    }
    if (given.ask) {
      const { intent, slots, kept, undo, free, yes } = given.ask;
      const { photos, explicit } = matter;
      const asked: Matter = { intent, slots, text: '', photos, explicit, ...(kept ? { kept } : {}) };
      conclude(exchange, state, {
        text: given.text,
        ...open,
        waiting: {
          for: 'words',
          matter: asked,
          shown: given.text,
          ...(undo && { undo }),
          ...(free && { free }),
          ...(yes && { yes }),
        },
      });
      return;
    }
    conclude(exchange, state, { text: given.text, ...open });
  }

  /** A refusal by name ends the matter in the feature's own words; anything else is nobody's fault here. */
  async function refusable(exchange: Exchange, state: DialogueState, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof HaolinError)) throw error;
      conclude(exchange, state, { text: error.detail });
    }
  }

  async function carryOut(exchange: Exchange, matter: Matter, state: DialogueState): Promise<void> {
    const intent = handlerOf(exchange, matter, state);
    if (!intent) return;
    await refusable(exchange, state, async () => {
      const keyed = { ...matter, key: matter.key ?? keyOf(exchange) };
      if (intent.effect !== 'read') await book.plan(exchange.key, planOf(exchange, keyed, state));
      await answer(exchange, matter, state, await intent.handle(turnOf(exchange, keyed, true), house));
    });
  }

  async function carryOn(exchange: Exchange, plan: Plan): Promise<void> {
    const { matter, said, preface } = plan;
    exchange.nth = plan.nth;
    if (preface !== undefined) exchange.preface = preface;
    await carryOut(exchange, matter, stateAfter(plan, exchange.home));
    const left = exchange.home && stateIn(exchange, exchange.home).later?.length;
    if (said) joinTo(said, exchange, matter.written ?? matter.text, left ?? 0);
  }

  async function goOn(
    exchange: Exchange,
    said: Matter,
    state: DialogueState,
    refused: DialogueState = state,
  ): Promise<void> {
    const one = await ofOneKind(exchange, said);
    if ('choices' in one) {
      conclude(exchange, state, listed(WHICH, one.choices));
      return;
    }
    const intent = handlerOf(exchange, one.matter, state);
    if (!intent) return;
    const meant = ofItsKind(exchange, one.matter);
    if ('other' in meant) {
      conclude(exchange, state, { text: toldOf(exchange, meant.other) });
      return;
    }
    const { matter } = meant;
    if (intent.effect === 'read' || !intent.readBack) {
      if (matter.guessed && intent.effect !== 'read') askFirst(exchange, matter, state);
      else await carryOut(exchange, matter, state);
      return;
    }
    const readBack = intent.readBack.bind(intent);
    await refusable(exchange, refused, async () => {
      const read = await readBack(turnOf(exchange, matter, matter.explicit), house);
      if ('text' in read) {
        await answer(exchange, matter, state, read);
        return;
      }
      // The message that was read back names the effect, so confirming twice over is still one.
      const { whole: _done, ...known } = matter;
      const words = read.words === undefined ? {} : { text: normalise(read.words), written: read.words };
      const ready: Matter = { ...known, ...words, key: keyOf(exchange), ...(read.kept ? { kept: read.kept } : {}) };
      if (matter.guessed && read.readBack === undefined) {
        askFirst(exchange, ready, state);
        return;
      }
      const atOnce = matter.explicit && !intent.grave && !(intent.showsPhotos && matter.photos.length > 0);
      if (atOnce || read.readBack === undefined) {
        await carryOut(exchange, ready, state);
        return;
      }
      const echo = inEcho(read.readBack);
      const shown = echo.includes('确认') ? echo : `${echo}\n${CONFIRM_HINT}`;
      conclude(exchange, state, { text: shown, waiting: { for: 'confirm', matter: ready, shown } });
    });
  }

  /** What needs no read-back when it was said plainly is asked about when it was guessed. */
  function askFirst(exchange: Exchange, { guessed: _now, ...matter }: Matter, state: DialogueState): void {
    const shown = `${GUESSED(title(matter.intent, matter.slots.number))}\n${CONFIRM_HINT}`;
    conclude(exchange, state, { text: shown, waiting: { for: 'confirm', matter, shown } });
  }

  const { ofOneKind, ...alike } = alikeOf({ intents, house, ofItsKind, turnOf, title });
  return { ...alike, isDiscreet, title, toHuman, carryOut, carryOn, goOn };
}

/** 都撤了: of each that can be meant, one after the other. In a group one matter is enough at a time. */
function forAll({ place }: Exchange, matter: Matter, choices: readonly Choice[]): boolean {
  return (
    place === 'private' && saysAll(matter.text) && choices.every((choice) => choice.matter.intent === matter.intent)
  );
}

/** A matter's words as they were written, in this message or in the one it began with. */
function writtenIn(exchange: Exchange, { text, written }: Matter): string {
  const now = partAsWritten(exchange.written, text);
  if (now !== undefined || written === undefined) return now ?? text;
  return normalise(written) === normalise(text) ? written : text;
}

/** A text with its choices below it, a number before each. */
export function listed(text: string, choices: Choice[], lasting = false, source?: Matter): Conclusion {
  const shown = [text, ...choices.map(({ label }, index) => numbered(index, inEcho(label)))].join('\n');
  return { text: shown, waiting: { for: 'choice', choices, shown, lasting, ...(source && { source }) } };
}

/** Somebody nobody has bound yet: may do only what is open to all. */
const STRANGER = { kind: 'anonymous', id: 'anonymous', name: '', roles: [], areas: [], channel: 'chat' } as const;
