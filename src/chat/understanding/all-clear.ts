/** Whether a text may say that a danger is over: 没事了, 火灭了, 虚惊一场, 人找到了. Pure, on normalised text. */

const LONGEST = 20;
const OVER =
  /(?:没事|没得事|没有事|不要紧|没问题|平安|安全|解除|好转|缓过来|醒过来|过去)[了啦哈啊咯]|虚惊|误报|误会|(?:搞|弄|发|点|看|听|闻)错了|(?:扑|熄)?灭[了掉完]|(?:找|寻)(?:到|回来)了|(?:救|捞|拉)[出上下]来了|关好了|送医院了|不(?:用|要)(?:再)?来了/u;
const NOT_YET = /(?:没|还没|没有|未|别|怎么|吗|么|[?？]).{0,4}(?:灭|找到|救|醒|来)|(?:[吗么?？]|没有?)[。.!！~\s]*$/u;

export const soundsOver = (text: string): boolean =>
  text.length <= LONGEST && OVER.test(text) && !NOT_YET.test(text.replace(/没事|没得事|没有事|没问题/gu, ''));
