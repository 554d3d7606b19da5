import { inSimplified } from './script.ts';

/**
 * What every feature does to people's words: bring them into one shape, compare them, and shorten names and numbers.
 * All of it is pure and bounded in time, whatever arrives.
 */

/** Longest text kept of one message; what people type is far shorter, and everything after it costs time only. */
export const LONGEST_TEXT = 2_000;

/**
 * WeChat's own emoji travel as names in brackets. Those with a Unicode counterpart keep their meaning; the others are
 * dropped. A bracketed word that is not on this list is the writer's own text and stays.
 */
const WECHAT_EMOJI = new Map(
  `微笑:🙂 撇嘴: 色:😍 发呆: 得意:😎 流泪:😭 害羞:😊 闭嘴: 睡:😴 大哭:😭 尴尬:😅 发怒:😡 调皮:😜 呲牙:😁 惊讶:😮 难过:😞 囧:
  抓狂:😫 吐:🤮 偷笑:🤭 愉快:😊 白眼:🙄 傲慢: 困:😪 惊恐:😱 流汗:😓 憨笑:😄 悠闲: 咒骂:🤬 疑问:❓ 嘘:🤫 晕:😵 衰: 骷髅:💀 敲打:
  再见:👋 擦汗:😅 抠鼻: 鼓掌:👏 坏笑:😏 左哼哼: 右哼哼: 哈欠:🥱 鄙视: 委屈:🥺 快哭了:🥺 阴险:😏 亲亲:😘 吓:😨 可怜:🥺 笑脸:😄
  生病:😷 脸红:😊 破涕为笑:😂 恐惧:😱 失望:😞 无语:😑 嘿哈:😄 捂脸:🤦 奸笑:😏 机智:😏 皱眉:😟 耶:✌ 吃瓜:🍉 加油:💪 汗:😓 天啊:😱
  Emm: 社会社会: 旺柴: 好的:👌 打脸: 哇:😮 翻白眼:🙄 666:👍 让我看看: 叹气:😮 苦涩:😣 裂开:😩 嘴唇:💋 爱心:❤ 心碎:💔 拥抱:🤗
  强:👍 弱:👎 握手:🤝 胜利:✌ 抱拳:🙏 勾引: 拳头:👊 OK:👌 合十:🙏 啤酒:🍺 咖啡:☕ 蛋糕:🎂 玫瑰:🌹 凋谢:🥀 菜刀:🔪 炸弹:💣
  便便:💩 月亮:🌙 太阳:☀ 庆祝:🎉 礼物:🎁 红包:🧧 發: 福: 烟花:🎆 爆竹:🧨 猪头:🐷 跳跳: 发抖: 转圈: 赞:👍 比心:🫰 送花:🌹
  鲜花:🌹 双手合十:🙏`
    .split(/\s+/u)
    .map((entry): [string, string] => {
      const at = entry.indexOf(':');
      return [entry.slice(0, at), entry.slice(at + 1)];
    }),
);

const EMOJI_NAME = /\[([^\s[\]]{1,5})\]/gu;
/** wechat4u hands emoji and line ends over as HTML. */
const EMOJI_IMAGE = /<img[^<>]{0,800}>/giu;
const EMOJI_IMAGE_NAME = /text="(\[[^\]"]{1,6}\])/iu;
const LINE_BREAK = /<br\s{0,4}\/?>/giu;
/** Chinese punctuation is kept as people write it; NFKC would turn it into ASCII. */
const OUTSIDE_CHINESE_PUNCTUATION = /[^，。！？；：（）、…—“”‘’《》]+/gu;
const LINE_OR_TAB = /[\t-\r]+/gu;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Me}\p{Variation_Selector}\u115F\u1160\u3164\uFFA0\uFFFC\uFFFD]/gu;
/** Stars are counted when somebody rates, so they may repeat. */
const REPEATED_MARK = /((?![⭐★☆🌟])[\p{P}\p{S}])(?:\s?\1)+/gu;
const REPEATED_LETTER = /([^\s\dA-Za-z⭐★☆🌟])\1{3,}/gu;
const SPACES = /\s+/gu;

/**
 * One shape for all incoming text: NFKC, no invisible or control characters, WeChat emoji markup as Unicode emoji,
 * full-width digits narrow, repeated marks and stretched syllables shortened, white space single, simplified characters, at
 * most {@link LONGEST_TEXT} of them. Chinese punctuation stays as written. Normalising twice changes nothing more.
 */
export function normalise(text: string): string {
  if (text === last.text) return last.shape;
  const shape = inSimplified(isPlain(text) ? text : shaped(text));
  last = { text, shape };
  return shape;
}

/** One message is asked for several times over. */
let last = { text: '', shape: '' };

/** Nothing but what stays as it is, and nothing of it repeated: so are most messages. */
const isPlain = (text: string): boolean => text.length <= LONGEST_TEXT && PLAIN.test(text) && !REPEATED.test(text);
const PLAIN = /^(?! )[\u4e00-\u9fffA-Za-z0-9，。！？、：；（）… ]*(?<! )$/u;
const REPEATED = /([，。！？、：；（）…])\s?\1| {2}|([^\dA-Za-z])\2{3}/u;

function shaped(text: string): string {
  // Cutting first keeps a megabyte from being transformed only to be thrown away.
  let shape = text.slice(0, LONGEST_TEXT * 4);
  // What one step removes can bring together what an earlier one would have changed; ordinary text is stable at once.
  for (let round = 0; round < 4; round += 1) {
    const next = fold(shape);
    if (next === shape) break;
    shape = next;
  }
  return shape;
}

/** What a chat channel hands over as markup, as what the writer saw: pictures of emoji as their names, line ends as such. */
export function withoutMarkup(text: string): string {
  return text
    .replace(EMOJI_IMAGE, (image) => EMOJI_IMAGE_NAME.exec(image)?.[1] ?? '')
    .replace(LINE_BREAK, '\n')
    .replace(EMOJI_NAME, (all, name: string) => WECHAT_EMOJI.get(name) ?? all);
}

/** Full-width, circled and other special forms as ordinary letters and digits. Chinese punctuation stays as written. */
export function inPlainForms(text: string): string {
  return text.replace(OUTSIDE_CHINESE_PUNCTUATION, (part) => part.normalize('NFKC'));
}

function fold(text: string): string {
  const folded = inPlainForms(withoutMarkup(text))
    .replace(LINE_OR_TAB, ' ')
    .replace(INVISIBLE, '')
    .replace(SPACES, ' ')
    .replace(REPEATED_MARK, '$1')
    .replace(REPEATED_LETTER, '$1$1$1')
    .replace(SPACES, ' ')
    .trim();
  return cut(folded, LONGEST_TEXT);
}

/** The first `length` UTF-16 units, never half a character. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length).trimEnd();
}

/** A telephone number with its middle hidden: 138****0000; short ones keep only their last two digits. */
export function maskPhone(phone: string): string {
  const digits = phone.normalize('NFKC').replace(/\D/gu, '');
  if (digits.length >= 11) return `${digits.slice(-11, -8)}****${digits.slice(-4)}`;
  return `****${digits.length > 4 ? digits.slice(-2) : ''}`;
}

const DOUBLE_SURNAMES = new Set(
  '欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 端木 百里 南宫 独孤 长孙 宇文 申屠 轩辕'.split(' '),
);

/** A name reduced to its surname: 张*, 欧阳*; a name of one character keeps nothing. */
export function maskName(name: string): string {
  const letters = [...name.trim()];
  if (letters.length < 2) return '*';
  const double = letters.slice(0, 2).join('');
  return `${letters.length > 2 && DOUBLE_SURNAMES.has(double) ? double : letters[0]}*`;
}

/**
 * How alike two texts are, from 0 to 1: Dice's coefficient on pairs of neighbouring characters, blind to case, space
 * and punctuation. Good enough to hint that two wishes may be one, never to merge them unasked.
 */
export function similarity(a: string, b: string): number {
  const left = letters(a);
  const right = letters(b);
  if (left === right) return left === '' ? 0 : 1;
  const pairs = new Map<string, number>();
  for (let i = 0; i + 1 < left.length; i += 1) {
    const pair = left.slice(i, i + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  let shared = 0;
  for (let i = 0; i + 1 < right.length; i += 1) {
    const pair = right.slice(i, i + 2);
    const unmatched = pairs.get(pair) ?? 0;
    if (unmatched === 0) continue;
    pairs.set(pair, unmatched - 1);
    shared += 1;
  }
  const total = Math.max(0, left.length - 1) + Math.max(0, right.length - 1);
  return total === 0 ? 0 : (2 * shared) / total;
}

function letters(text: string): string {
  return normalise(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/**
 * How alike two matters are, from 0 to 1. Half of it is what both have in common, half how much of the shorter the longer
 * contains, since one says 轮椅 and the other tells a story of it. Pure.
 */
export function likeness(one: string, other: string): number {
  const common = similarity(one, other);
  const [shorter = 0, longer = 0] = [one, other]
    .map((words) => Math.max(0, [...words].length - 1))
    .sort((x, y) => x - y);
  if (shorter === 0) return common;
  const contained = Math.min(1, (common * (shorter + longer)) / (2 * shorter));
  return (common + contained) / 2;
}
