import { LONGEST_TEXT, normalise, withoutMarkup } from '../../core/text.ts';
import { asWritten } from '../../core/written.ts';
import type { Step } from '../exchange.ts';
import type { Parts } from '../parts.ts';

/** Own messages and the channel's own lines are nobody's; what is left is brought into one shape. */
export const receive: Step = async (exchange, next) => {
  const { incoming } = exchange;
  if (incoming.self || incoming.kind === 'notice' || incoming.contact === '') return;
  exchange.text = withoutSpeechMarks(normalise(incoming.text));
  exchange.written = asWritten(withoutMarkup(incoming.text.slice(0, LONGEST_TEXT * 4)));
  await next();
};

const SPOKEN = /^(?:\[语音(?:转文字|消息|识别)?\]|【语音(?:转文字|消息|识别)?】|语音(?:转文字|消息)?[：:])[\s：:，,]*/u;
const HESITATION =
  /(?:^|(?<=[\s，,。、…]))(?:嗯+|呃+|额+|啊|那个|这个|就是|然后|怎么说)(?=[\s，,。、…]|$)[\s，,。、…]*/gu;
/** Whoever speaks turns to somebody first. */
const ADDRESS =
  /^(?:喂+|你好|您好|社区的?|同志|幺妹|妹儿|小妹|姑娘|师傅|书记|老师|主任|领导|[\s，,。、…])+(?=我|想|要|帮|请|家|屋|有)/u;

/** What a phone wrote down for somebody who spoke says so, and leaves in the pauses and the calling; none is what was said. */
function withoutSpeechMarks(text: string): string {
  if (!SPOKEN.test(text)) return text;
  const said = text.replace(SPOKEN, '').replace(HESITATION, '').trim().replace(ADDRESS, '');
  return said === '' ? text : said;
}

const AFTER_PREFIX = /^[\s，,：:、。!！]+/u;

/** In a group only a real mention or the group's prefix is for the bot; all else is the group's own talk and not kept. */
export function address({ groupOf }: Parts): Step {
  return async (exchange, next) => {
    const { incoming } = exchange;
    if (incoming.room === undefined) return next();
    const group = await groupOf(incoming.room);
    if (group) exchange.area = group.area;
    const prefix = group?.prefix === undefined ? undefined : normalise(group.prefix);
    const prefixed = prefix !== undefined && exchange.text.startsWith(prefix);
    if (!incoming.mentioned && !prefixed) return undefined;
    if (prefixed) exchange.text = exchange.text.slice(prefix.length).replace(AFTER_PREFIX, '');
    return next();
  };
}
