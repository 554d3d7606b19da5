import { scoreIn } from '../../core/judgement.ts';
import { dayOf } from '../../core/time.ts';
import { certificateIn } from './certificates.ts';
import type { FoundDate } from './dates.ts';
import type { Intent, Slots } from './labels.ts';
import { answerOf } from './model.ts';
import { choiceIn } from './ratings.ts';
import type { Surface } from './surface.ts';

/** Intents about one matter that people name by its number. */
export const NUMBERED: ReadonlySet<Intent> = new Set([
  'progress.query',
  'wish.claim',
  'wish.release',
  'wish.done',
  'wish.extend',
  'wish.withdraw',
  'rate',
  'topic.second',
  'ballot.cast',
]);

/** 她屋头水龙头也漏: of somebody spoken of before. */
const SOMEBODY_ELSE = /(?<![其吉])[她他](?:们)?(?:屋头|家里?(?!具|教|电|务)|想要|一个人|自己)/u;

/** What the message said beyond its intent. `scores` gives the model's; it was written `now`. */
export function slotsOf(
  intent: Intent,
  surface: Surface,
  scores: () => Float32Array,
  temperature: number,
  now: Date,
): Slots {
  const slots: Slots = {};
  const number = surface.references[0]?.number;
  if (NUMBERED.has(intent) && number !== undefined) slots.number = number;
  switch (intent) {
    case 'wish.submit':
      slots.category = answerOf(scores(), 'wish', temperature).answer;
      slots.for = SOMEBODY_ELSE.test(surface.text) ? 'proxy' : answerOf(scores(), 'for', temperature).answer;
      break;
    case 'incident.report':
      slots.category = answerOf(scores(), 'incident', temperature).answer;
      if (answerOf(scores(), 'urgent', temperature).answer === 'yes') slots.urgent = true;
      break;
    case 'wish.extend':
      assign(slots, 'until', untilIn(surface, dayOf(now)));
      break;
    case 'rate':
      assign(slots, 'score', scoreIn(surface.text));
      break;
    case 'ballot.cast':
      assign(slots, 'choice', choiceIn(surface.text));
      break;
    case 'certificate.ask':
      assign(slots, 'name', certificateIn(surface.text));
      break;
    case 'bind':
      assign(slots, 'code', codeIn(surface.text));
      break;
    default:
  }
  return slots;
}

function assign<K extends keyof Slots>(slots: Slots, key: K, value: Slots[K] | undefined): void {
  if (value !== undefined) slots[key] = value;
}

const TOWARDS = /(?:到|至|成|为|等|期限|缓|推|延|拖|改|宽限)\s?$/u;

/** The day asked for: one that 到 leads to, else the last one still to come; none when the text contradicts itself. */
function untilIn({ text, dates }: Surface, today: string): string | undefined {
  const coming = dates.filter(({ day }) => day > today);
  const aimed = coming.filter((date) => TOWARDS.test(text.slice(0, date.start)));
  const chosen: FoundDate | undefined = aimed.at(-1) ?? coming.at(-1);
  return chosen?.contradiction ? undefined : chosen?.day;
}

const SPOKEN_CODE = /[零〇一二三四五六七八九幺]{6}/u;
const SPOKEN_DIGITS: Readonly<Record<string, string>> = {
  零: '0',
  〇: '0',
  一: '1',
  幺: '1',
  二: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
};

/** The binding code a text holds, without spaces, in upper case; digits may be spoken (四八二…). */
export function codeIn(text: string): string | undefined {
  const joined = text.replace(/(?<=[A-Za-z\d])[\s-](?=[A-Za-z\d])/gu, '');
  const codes =
    joined.match(/(?<![A-Za-z\d])[A-Za-z\d]{4,10}(?![A-Za-z\d])/gu)?.filter((code) => /\d/u.test(code)) ?? [];
  const code = codes.find(({ length }) => length === 6) ?? codes[0];
  if (code !== undefined) return code.toUpperCase();
  const spoken = SPOKEN_CODE.exec(text)?.[0];
  return spoken && [...spoken].map((digit) => SPOKEN_DIGITS[digit]).join('');
}
