/** Whether a text may say that a danger is over: 没事了, 火灭了, 虚惊一场, 人找到了. Pure, on normalised text. */

const LONGEST = 20;
const OVER =
  /(?:没事|没得事|没有事|不要紧|没问题|平安|安全|解除|好转|缓过来|醒过来|过去)[了啦哈啊咯]|虚惊|误报|误会|(?:搞|弄|发|点|看|听|闻)错了|(?:扑|熄)?灭[了掉完]|(?:找|寻)(?:到|回来)了|(?:救|捞|拉)[出上下]来了|关好了|送医院了|不(?:用|要)(?:再)?来了/u;
const NOT_YET = /(?:没|还没|没有|未|别|怎么|吗|么|[?？]).{0,4}(?:灭|找到|救|醒|来)|(?:[吗么?？]|没有?)[。.!！~\s]*$/u;
/** 路灯灭了: a lamp that is out is a problem and no fire that is. */
const LAMP_OUT = /(?:灯|照明|屏幕?|电(?![动瓶器线箱视梯脑炉热]))[^，,。；;火烟]{0,4}[熄灭][灭了掉完]{1,2}/gu;

export const soundsOver = (text: string): boolean =>
  text.length <= LONGEST &&
  OVER.test(text.replace(LAMP_OUT, '')) &&
  !NOT_YET.test(text.replace(/没事|没得事|没有事|没问题/gu, ''));

const WHO =
  '(?:老人家?|大人|人|娃儿?|娃娃|孩子|小孩|他们?|她们?|我们?|大家|家里|屋头|这边|那边|现在|已经|都|也|[，,。.!！~\\s])';
const PLAIN = '(?:明?火|烟)(?:已经|都|被)*(?:扑|熄)?灭[了啦掉]+|(?:扑|熄)灭[了啦]|是?虚惊一场|是?误报';
const BARE =
  '(?:没事|没得事|没有事|不要紧|没问题|平安|安全|解除|好转|缓过来|醒过来)[了啦哈啊咯]*|是?(?:误会|[搞弄发点看听闻]错)[了啦]*|[找寻](?:到|回来)了|[救捞拉][出上下]来了|(?:阀门?|煤?气|天然气|水)?关好了|送医院了|不[用要]再?来了|灭了';
const THANKS = '(?:谢谢|多谢|感谢|辛苦|不好意思|对不起|抱歉|麻烦|打扰)(?:大家|各位|邻居们?|你们?|您|关心)*[了啦哈啊]*';
const NOTHING_ELSE = new RegExp(`^(?:${WHO}|${PLAIN}|${BARE}|${THANKS})+$`, 'u');
const OF_ITSELF = new RegExp(PLAIN, 'u');
/** What a danger is made of: words with it are about one, and not about a parcel. */
const OF_DANGER = /[火烟]|煤气|燃气|消防|救|警|误报|虚惊|解除/u;
const TO_ALL = /@(?:所有人|全体成员|all)\s*/giu;

/** 没事了，谢谢 · 人找到了: says that something is over, and nothing else. */
export const isOnlyOver = (text: string): boolean => soundsOver(text) && NOTHING_ELSE.test(text);

/**
 * How a text says that a danger is over: `plainly` (火灭了, 虚惊一场), or so that something else may be meant (没事了, said to
 * a neighbour). Undefined for what is said to somebody who is called by name, and of anything else.
 */
export function overAsSaid(words: string): 'plainly' | 'perhaps' | undefined {
  const text = words.replace(TO_ALL, '').trim();
  if (text.includes('@') || !soundsOver(text)) return undefined;
  if (!NOTHING_ELSE.test(text)) return OF_DANGER.test(text) ? 'perhaps' : undefined;
  return OF_ITSELF.test(text) ? 'plainly' : 'perhaps';
}
