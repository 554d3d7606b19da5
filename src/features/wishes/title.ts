import { shortened } from '../../core/letters.ts';
import { maskPersonal } from '../../core/personal.ts';
import { onOneLine } from '../../core/written.ts';

/** What says that something is asked for, and what only says good day. */
const ASKS = /想要|想请|想找|想有|需要|希望|盼着|求|帮我|帮他|帮她|帮忙|申请|能不能|可不可以/u;
const GREETS = /^(?:您好|你好|同志|书记|老师|社区|幺妹|麻烦|谢谢|不好意思|请问).{0,6}$/u;

/** 您好，同志： before what is said. */
const GREETING =
  /^(?:(?:您好|你好|同志们?|社区的?|书记|老师|幺妹|不好意思|打扰了?|请问|麻烦了?)+[\s，,。！!、：:]+)+(?=\S{2})/u;

/** Numbers that were masked: what stands around them says who, not what. */
const MASKED = /\*{3,}/u;
const LONGEST = 20;

/**
 * What a list shows of a wish: the whole of a short text, else the clause that says what is wanted, else the first that is
 * more than a greeting. It travels in messages, so no number stands in it. Pure.
 */
export function titleOf(text: string): string {
  const masked = onOneLine(maskPersonal(text)).replace(GREETING, '');
  const whole = masked.replace(/[，。！？；,.!?;\s]+$/u, '');
  if (shortened(whole, LONGEST) === whole && !MASKED.test(whole)) return whole;
  const clauses = masked
    .split(/[，。！？；,.!?;\s]/u)
    .map((part) => part.trim())
    .filter((part) => part.length > 1);
  const plain = clauses.filter((one) => !MASKED.test(one));
  const clause = plain.find((one) => ASKS.test(one)) ?? plain.find((one) => !GREETS.test(one)) ?? clauses[0] ?? masked;
  return shortened(clause, LONGEST);
}
