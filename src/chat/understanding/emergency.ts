import { matchesOf } from '../../core/matches.ts';
import { LONGEST_TEXT, normalise } from '../../core/text.ts';
import { plainMandarin } from './dialect.ts';
import { ofAnother } from './emergency/another.ts';
import { EMERGENCIES, type Emergency, type Sign } from './emergency/kinds.ts';
import { PEOPLE } from './emergency/people.ts';
import { PLACES } from './emergency/places.ts';
import { sieveOf } from './sieve.ts';
import { mendSlips } from './slips.ts';

export { EMERGENCIES, type Emergency } from './emergency/kinds.ts';

const SIGNS: readonly Sign[] = [...PEOPLE, ...PLACES];
const likelyIn = sieveOf(SIGNS.map(({ words }) => words));

/** A longer message is read in pieces of the length people's words are cut to, and no further than this. */
const MOST_PIECES = 30;
/** Pieces overlap, so that nothing falls between two. */
const OVERLAP = 60;

/** What a text says of emergencies. */
export interface Alarm {
  /** Those it tells of, the one that matters most first. */
  kinds: Emergency[];
  /** The words that tell of the first one found, with what stands around them in the sentence; empty when there is none. */
  words: string;
  /** None, and it says so: 没着火, 已经扑灭了, 怕老人摔倒. */
  dismissed: boolean;
}

/**
 * The emergencies a text tells of: fire, gas, a fall, pain in the chest, a lift with people in it, a lost child, violence,
 * thoughts of suicide …, in Mandarin and in the words of Guizhou. What is denied, over, feared, far away or a manner of
 * speaking (笑死我了) is none. Pure.
 *
 * When in doubt it is one: an alarm too many costs a sentence, one too few may cost a life. Whatever else a message
 * says, before or after, hides nothing.
 */
export function alarmIn(text: string): Alarm {
  const found = new Set<Emergency>();
  let dismissed = false;
  let words = '';
  for (const piece of piecesOf(text)) {
    for (const view of viewsOf(plainMandarin(mendSlips(piece)))) {
      for (const place of likelyIn(view)) {
        const one = SIGNS[place];
        if (one === undefined || found.has(one.kind)) continue;
        const told = tells(one, view);
        if (told === 'not so') dismissed = true;
        else if (told !== undefined) {
          found.add(told.kind);
          words ||= told.clause;
        }
      }
    }
  }
  return {
    kinds: EMERGENCIES.filter((kind) => found.has(kind)),
    words,
    dismissed: found.size === 0 && (dismissed || LIKENESS.test(text) || (SUPPOSED.test(text) && !NOW.test(text))),
  };
}

/** Whether a text tells of any emergency. Pure. */
export const tellsOfDanger = (text: string): boolean => alarmIn(text).kinds.length > 0;

function piecesOf(text: string): string[] {
  if (text.length <= LONGEST_TEXT) return [normalise(text)];
  const step = LONGEST_TEXT - OVERLAP;
  const count = Math.min(MOST_PIECES, Math.ceil(text.length / step));
  return Array.from({ length: count }, (_, index) => normalise(text.slice(index * step, index * step + LONGEST_TEXT)));
}

/** The words of a text as they stand, and without spaces or stammering: 我家 燃气 漏了, 着着火火了, 着!火!了!. */
function viewsOf(text: string): string[] {
  const words = text.split(/\s+/u);
  const joined = text.length <= words.length * SPACED ? words.join('') : text;
  const calm = stammers(joined) ? joined.replace(/(\p{Script=Han})\1+/gu, '$1') : joined;
  const letters = isLong(joined) ? joined : joined.replace(/[^\p{L}\p{N}]+/gu, '');
  const cried = letters.length <= CRIED ? letters : joined;
  return [...new Set([text, joined, calm, cried])];
}

function stammers(text: string): boolean {
  for (let at = 1; at < text.length; at += 1) if (text.charCodeAt(at) === text.charCodeAt(at - 1)) return true;
  // Characters outside the first plane are two halves each.
  return /[\ud800-\udfff]/.test(text);
}

/** Whether a text surely has more letters than a cry: its Chinese characters alone are more. */
function isLong(text: string): boolean {
  let letters = 0;
  for (let at = 0; at < text.length && letters <= CRIED; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x4e00 && code <= 0x9fff) letters += 1;
  }
  return letters > CRIED;
}

/** Words of no more letters than this between spaces are one sentence: 我家 燃气 漏了. */
const SPACED = 5;
/** Marks between single words are looked past only in what is short. */
const CRIED = 12;

const CLAUSE_END = /[\s\p{P}\p{S}]/u;

/** How much before a clause is looked at for whom it tells of. */
const TOLD_BEFORE = 60;

interface Told {
  kind: Emergency;
  clause: string;
}

/** The clause that tells of it; `not so` when all that name it say that it is not. The speaker's own life comes first. */
function tells({ kind, words, unless, always, lasting }: Sign, text: string): Told | 'not so' | undefined {
  let told: Told | 'not so' | undefined;
  for (const match of matchesOf(words, text)) {
    const start = match.index;
    const end = start + match[0].length;
    const from = clauseStart(text, start);
    const stop = clauseEnd(text, end);
    const clause = toldIn(text, from) + text.slice(from, stop);
    if (unless?.test(clause)) continue;
    const dismissed =
      DENIED.test(text.slice(from, start)) ||
      ELSEWHERE.test(clause) ||
      (!always && (SUPPOSED.test(clause) || (OFTEN.test(clause) && !NOW.test(clause)))) ||
      (!always && !lasting && YESTERDAY.test(clause) && !NOW.test(text)) ||
      OVER.test(text.slice(start, stop)) ||
      OVER_NEXT.test(text.slice(stop, stop + 16));
    if (dismissed) {
      told ??= 'not so';
      continue;
    }
    const other =
      kind === 'self_harm' && ofAnother(text.slice(from, end), text.slice(Math.max(0, from - TOLD_BEFORE), from));
    if (!other) return { kind, clause };
    told = { kind: 'self_harm_other', clause };
  }
  return told;
}

/** The clause before, when this one only tells what it says: 昨天看新闻，说哪里着火了. */
function toldIn(text: string, start: number): string {
  if (start === 0 || !/^(?:[说讲](?!不)|里面|里头)/u.test(text.slice(start, start + 2))) return '';
  return text.slice(clauseStart(text, start - 1), start);
}

function clauseStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && !CLAUSE_END.test(text.charAt(start - 1))) start -= 1;
  return start;
}

function clauseEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && !CLAUSE_END.test(text.charAt(end))) end += 1;
  return end;
}

/** Stands right before what is denied; 是不是, 有没有 and 没想到 deny nothing. */
const DENIED =
  /(?:(?<!有)没有?|(?<!是)不是|并未|未|不会|不可能|别|不要|不能|不准|禁止|严禁|以免|避免|防止|谨防|提防|防|无)(?:再|让|有|被|发生|出现|什么|任何|因为?|去|想|要|真的?)?$/u;

/** Told, dreamt, played, remembered, taught. */
const ELSEWHERE =
  /老乡说|他们那里|纪录片|新闻|电视|网上|抖音|快手|视频里|电影|小说|故事|梦[见到里]|以前|从前|小时候|当年|那年|去年|前年|几年前|年轻|老家|隔壁县|别的小区|演练|演习|培训|讲座|宣传|课堂|歌词|台词|游戏里|剧情|(?:上次|上回|上个?月|上半年)(?!.*(?:现在|又|还))/u;

/** Feared, supposed, provided for. */
const SUPPOSED =
  /预防|防止|防范|避免|以防|谨防|以免|(?<!不)小心(?!.*[了])|当心|万一|如果|要是|假如|假设|会不会|(?:害怕|怕(?!是|要|都))|担心(?!.*[了])|容易|可能会|哪天|听说(?!.*(?:快|现在|正在|里头|里面))|隐患|报警器|火灾险|保险(?!丝)|迟早|早晚(?:要|会)|差点|险些|不然|否则|注意(?:防|用|别|不要|消防)/u;

/** What only sounds like danger, whatever the model takes the message for. */
const LIKENESS =
  /着火了?(?:一样|似的|般)|救命(?:恩|稻草|之恩|的?[钱药])|(?:打|点|着)不(?:着|燃|起)火|(?:烧烤|面馆|炒菜|油烟).{0,4}冒烟/u;

const YESTERDAY = /昨天|昨晚|昨夜|前天|前晚|前几天|大前天|上周|上(?:个)?(?:星期|礼拜)/u;
const NOW = /现在|还在|还没|正在|到现在|一直|越来越|又|快来|快点|马上|赶快|开始|以来|救/u;
const OFTEN = /经常|老是|总是|天天|动不动|三天两头|多次|好几次|好几回|时不时|隔三差五/u;

const OVER =
  /(?:已经?|都|终于|刚才?)?(?:扑灭|熄灭|灭|控制住|处理(?:好|完)?|解决|修好|关(?:好|掉)|找到|送医院?|送去医院|好转|消除|整改)(?:好|完)?了|已(?:经)?(?:扑灭|灭|处理|整改|修复|找到|解决|控制|排除|关闭|消除)|没事了|虚惊|误会|闹着玩|开玩笑|逗你|骗你的/u;
const OVER_NEXT =
  /^[\s，,。.！!；;]*(?:不过|但是|后来|现在|还好|幸好|好在)?(?:火|人|孩子)?(?:已经?|都|又|终于|刚才?)?(?:扑灭|熄灭|灭了|找到|没事了|救(?:出|上)来|修好|处理好|关好|控制住|整改|虚惊|开玩笑|逗你|骗你)/u;
