import { normalise } from '../../core/text.ts';
import type { Calendar } from '../../core/time.ts';
import { type FoundDate, findDates } from './dates.ts';
import { plainMandarin } from './dialect.ts';
import { findReferences, type Reference } from './references.ts';
import { mendSlips } from './slips.ts';

/** A message made ready to be understood. */
export interface Surface {
  /** Normalised, without the mention of the bot, slips of the pen mended. */
  text: string;
  /** The text with what varies from message to message (numbers, dates, phones, names) put in classes. */
  pattern: string;
  dates: FoundDate[];
  references: Reference[];
  /** Nothing but marks and emoji is left. */
  empty: boolean;
}

/** The one character each class of varying text is written as in {@link Surface.pattern}. */
export const CLASS = {
  reference: 'Ⓡ',
  past: 'Ⓨ',
  today: 'Ⓣ',
  future: 'Ⓕ',
  phone: 'Ⓟ',
  code: 'Ⓒ',
  digits: '0',
} as const;

const MENTION = /^(?:\s*@[^\s@,，:：]{1,20}(?:[\s,，:：]+|$))+|\s*@[^\s@]{1,20}\s*$|@好邻(?:机器人|助手)?/gu;
const PHONE = /(?<!\d)(?:1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|0\d{2,3}-?\d{7,8})(?!\d)/gu;
const CODE = /(?<![A-Za-z\d])(?=[A-Za-z]{0,7}\d)(?:\d{6}|(?=\d{0,7}[A-Za-z])[A-Za-z\d]{5,8})(?![A-Za-z\d])/gu;
const DIGITS = /\d+/gu;
const SURNAMED =
  /[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹喻潘葛范彭郎鲁韦马苗方俞任袁柳史唐费岑薛雷贺倪汤罗毕郝安常于傅卞齐康伍余顾孟黄穆萧尹姚邵汪毛米戴宋庞熊纪舒项祝董梁杜阮蓝闵季贾路江童颜郭梅林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯卢莫房解应丁邓洪包左石崔龚程邢裴陆荣翁甄曲封储靳焦谷车侯宓蓬全班仲宁仇甘厉祖武符刘景詹龙叶司黎薄白蒲卓池乔阴谭贡申冉桑桂牛边燕尚温庄晏瞿阎慕连习艾向古易廖耿满匡寇广沃利越师巩聂敖冷辛阚简饶曾沙丰游权盖益公](?=大爷|大伯|大妈|大娘|大姐|大哥|大叔|婆婆|奶奶|爷爷|嬢|孃|阿姨|叔|伯|师傅|老师|书记|主任|医生|老太|老汉|姐|哥|孃|婶|老师|同志)/gu;
const TITLE = /[爷奶婆伯叔妈娘姐哥嬢孃姨师任记医汉婶志]/u;
const FAMILIAR =
  /(?<=[小老])[赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹潘范彭韦马方任袁柳史唐薛雷贺汤罗康伍余顾孟黄尹姚汪毛宋熊董梁杜阮蓝贾江郭林钟徐邱高夏蔡田胡卢莫丁邓洪石崔龚程陆刘龙叶黎白谭申冉牛温廖曾](?![板实虎师化区学时])/gu;

/** Reads a raw message into the shape the rest of the understanding works on. */
export function surfaceOf(raw: string, now: Date, calendar?: Calendar): Surface {
  const shape = normalise(raw);
  const text = mendSlips(shape.includes('@') ? shape.replace(MENTION, ' ').trim() : shape.trim());
  const dates = findDates(text, now, calendar);
  const references = findReferences(text, dates);
  return {
    text,
    pattern: classify(text, dates, references, now),
    dates,
    references,
    empty: !/[\p{L}\p{N}]/u.test(text),
  };
}

function classify(text: string, dates: FoundDate[], references: Reference[], now: Date): string {
  const today = now.getTime() + 8 * 3_600_000;
  const spans: { start: number; end: number; as: string }[] = references.map(({ start, end }) => ({
    start,
    end,
    as: CLASS.reference,
  }));
  for (const date of dates) {
    // 今天 and 明天 say more as themselves.
    if (date.kind === 'literal') continue;
    const days = Date.parse(`${date.day}T00:00:00Z`) - Math.floor(today / 86_400_000) * 86_400_000;
    spans.push({ start: date.start, end: date.end, as: days > 0 ? CLASS.future : days < 0 ? CLASS.past : CLASS.today });
  }
  spans.sort((a, b) => a.start - b.start);
  let pattern = '';
  let at = 0;
  for (const span of spans) {
    if (span.start < at) continue;
    pattern += text.slice(at, span.start) + span.as;
    at = span.end;
  }
  pattern += text.slice(at);
  pattern = plainMandarin(pattern);
  // Each of these looks at every character; most messages have nothing for them.
  if (/\d/u.test(pattern)) {
    pattern = pattern.replace(PHONE, CLASS.phone).replace(CODE, CLASS.code).replace(DIGITS, CLASS.digits);
  }
  if (TITLE.test(pattern)) pattern = pattern.replace(SURNAMED, '某');
  if (/[小老]/u.test(pattern)) pattern = pattern.replace(FAMILIAR, '某');
  return pattern.toLowerCase();
}
