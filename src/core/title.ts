import { shortened } from './letters.ts';
import { maskPersonal } from './personal.ts';
import { onOneLine } from './written.ts';

/** What only says good day. */
const GREETS = /^(?:您好|你好|同志|书记|老师|社区|幺妹|麻烦|谢谢|不好意思|请问).{0,6}$/u;

/** 您好，同志： before what is said. */
const GREETING =
  /^(?:(?:您好|你好|同志们?|社区的?|书记|老师|幺妹|不好意思|打扰了?|请问|麻烦了?)+[\s，,。！!、：:]+)+(?=\S{2})/u;

/** 另外，, 哦对了，, 那我说正事，, 再给我登记一个，: what leads over to what is said. */
const LEADS =
  /^(?:(?:[帮给替为]\S{1,10}?(?:登记|报|许)(?:一?个)?(?:微?心愿)|哦|噢|嗯|啊|那|对了|另外|还有|算了|等[下哈]|我?直接说|(?:那|我)*接着说\S{0,4}|(?:那|我)*说正事|(?:再)?(?:给|帮)我(?:再)?登记(?:一?个)?(?:微?心愿)?)+[\s，,、：:]+|另外(?=\p{L}))+(?=\S{2})/u;

/** 想请你们帮我找一个: asks for what another clause names. */
const UNNAMED =
  /(?:找|换|修|买|要|求|弄|看|装|通|送|领|借)(?:[一两二三几]?[个副张床件台把双部条根]|一?[下哈])?(?:嘛|吧|哈)?$/u;

/** Numbers that were masked: what stands around them says who, not what. */
const MASKED = /\*{3,}/u;
const LONGEST = 20;

/**
 * What a list shows of a longer text: the whole of a short one, else the clause that says what it is about, else the first
 * that is more than a greeting. It travels in messages, so no number stands in it. Pure.
 * @param tells what a clause has in it that says so: 想要, 坏了
 */
export function titleFrom(text: string, tells: RegExp): string {
  const masked = onOneLine(maskPersonal(text)).replace(GREETING, '').replace(LEADS, '');
  const whole = masked.replace(/[，。！？；,.!?;\s]+$/u, '');
  if (shortened(whole, LONGEST) === whole && !MASKED.test(whole)) return whole;
  const clauses = masked
    .split(/[，。！？；,.!?;\s]/u)
    .map((part) => part.trim())
    .filter((part) => part.length > 1);
  const plain = clauses.filter((one) => !MASKED.test(one));
  const clause =
    plain.find((one) => tells.test(one) && !UNNAMED.test(one)) ??
    plain.find((one) => !GREETS.test(one)) ??
    clauses[0] ??
    masked;
  return shortened(clause, LONGEST);
}
