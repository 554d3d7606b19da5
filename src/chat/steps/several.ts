import { joinTo, stateIn } from '../conclude.ts';
import { withoutCourtesy } from '../dialogue/courtesy.ts';
import type { DialogueState, Matter } from '../dialogue/state.ts';
import { CLEAR, isSubject } from '../dialogue/subject.ts';
import type { Exchange } from '../exchange.ts';
import type { Matters } from '../matters.ts';
import type { Parts } from '../parts.ts';
import { findDates } from '../understanding/dates.ts';
import type { Understanding } from '../understanding/labels.ts';
import { addedIn, eachNumberIn, itemsIn } from '../understanding/several.ts';

/** Whoever counts their matters is believed at this; whoever adds one in passing must be clearer. */
const LIKELY = 0.5;
/** Said beside something else these are no matter of their own. */
const BESIDE: ReadonlySet<string> = new Set(['mute', 'bind', 'handoff']);

type Mean = (text: string) => Understanding;

/** The matters of one message, each in the person's own words; undefined when it is about one. */
export function severalIn(
  text: string,
  { intent }: Understanding,
  now: Date,
  { intents }: Pick<Parts, 'intents'>,
  mean: Mean,
): string[] | undefined {
  // The thanks at the end belong to the whole of it: 3号，谢谢 would be thanks.
  const core = withoutCourtesy(text);
  const each = intents.get(intent)?.ofEach ? eachNumberIn(core, findDates(core, now)) : undefined;
  if (each) return each;
  const items = itemsIn(text);
  if (items && items.filter((item) => isMatter(mean(item), LIKELY)).length >= 2) return items;
  return addedMatters(addedIn(text) ?? [], mean);
}

/**
 * In which order matters of one message are taken up: what nothing is kept of cannot wait, so the first such comes first and
 * any other has to be said again; then what only wants looking up.
 */
export function inOrder(
  several: readonly string[],
  reads: (words: string) => boolean,
  discreet: (words: string) => boolean,
): { first: string; others: string[]; unheard: string[] } {
  const [secret, ...unheard] = several.filter(discreet);
  const plain = several.filter((words) => !discreet(words));
  const rest = [...plain.filter(reads), ...plain.filter((words) => !reads(words))];
  const [first = '', ...others] = secret === undefined ? rest : [secret, ...rest];
  return { first, others, unheard };
}

/** 发布1号和3号: the command said of each number, when it is one of each; undefined otherwise. */
export function commandsIn(
  text: string,
  now: Date,
  commandIn: (text: string) => Matter | undefined,
): [Matter, ...Matter[]] | undefined {
  const commands = (eachNumberIn(text, findDates(text, now)) ?? []).map(commandIn);
  const [first, ...others] = commands.filter((one) => one !== undefined);
  return first && others.length > 0 && others.length + 1 === commands.length ? [first, ...others] : undefined;
}

/** Parts that are matters of their own; what only says more about the one before stays with it. */
function addedMatters(parts: readonly string[], mean: Mean): string[] | undefined {
  const matters: { text: string; kind: string }[] = [];
  for (const part of parts) {
    const meant = mean(part);
    const last = matters.at(-1);
    // 5号同意，还有6号反对 are two votes, whereas 12号办好了，还有水管也修好了 is one matter.
    const { choice, category, number } = meant.slots;
    const kind = isMatter(meant, CLEAR) ? `${meant.intent} ${(choice ? number : category) ?? ''}` : '';
    if (last && (kind === '' || last.kind === '' || kind === last.kind)) {
      last.text = `${last.text}，${part}`;
      last.kind = last.kind === '' ? kind : last.kind;
    } else matters.push({ text: part, kind });
  }
  return matters.length < 2 ? undefined : matters.map((one) => one.text);
}

const isMatter = (meant: Understanding, enough: number): boolean =>
  !BESIDE.has(meant.intent) && isSubject(meant, enough);

/**
 * Takes up what was said in the same breath, one matter after the other, as far as none of them waits for an answer.
 * `begin` takes words for what they mean.
 */
export async function takeUpLater(
  { log }: Pick<Parts, 'log'>,
  matters: Matters,
  exchange: Exchange,
  begin: (words: string, state: NonNullable<Exchange['home']>['state']) => Promise<void>,
): Promise<void> {
  const { home } = exchange;
  if (!home) return;
  for (let nth = (exchange.nth ?? 0) + 1; ; nth += 1) {
    const { later = [], ...state } = stateIn(exchange, home);
    const [next, ...others] = later;
    if (next === undefined || state.waiting) return;
    const said = exchange.reply;
    const rest = others.length > 0 ? { ...state, later: others } : state;
    exchange.nth = nth;
    log.debug({ message: exchange.key, nth }, 'the next matter of several is taken up');
    if (typeof next === 'string') await begin(next, rest);
    else await matters.goOn(exchange, next, rest);
    if (!said) continue;
    const words = typeof next === 'string' ? next : next.text || matters.title(next.intent, next.slots.number);
    joinTo(said, exchange, words, others.length);
  }
}

/**
 * Whoever drops what was asked, or turns to something else, wants no more changes to what exists: an offhand 好的 to the
 * next of them would do what nobody asked for any more. They are dropped and named; what was to be looked up or made stays.
 * Pure, as far as `mean` is.
 */
export function withoutChanges(
  { later = [], ...state }: DialogueState,
  { intents }: Pick<Parts, 'intents'>,
  mean: Mean,
): { state: DialogueState; left: (string | Matter)[] } {
  const intentOf = (one: string | Matter) => (typeof one === 'string' ? mean(one).intent : one.intent);
  const changes = (one: string | Matter) => intents.get(intentOf(one))?.effect === 'change';
  const stay = later.filter((one) => !changes(one));
  return { state: stay.length > 0 ? { ...state, later: stay } : state, left: later.filter(changes) };
}
