/** What a phone wrote down for somebody who spoke. Pure, on normalised text. */

const SPOKEN = /^(?:\[语音(?:转文字|消息|识别)?\]|【语音(?:转文字|消息|识别)?】|语音(?:转文字|消息)?[：:])[\s：:，,]*/u;
const HESITATION =
  /(?:^|(?<=[\s，,。、…]))(?:嗯+|呃+|额+|啊|那个|这个|就是|然后|怎么说)(?=[\s，,。、…]|$)[\s，,。、…]*/gu;
/** Whoever speaks turns to somebody first. */
const ADDRESS =
  /^[\s，,。、…]*(?:(?:喂|你好|您好|社区的?|同志|幺妹|妹儿|小妹|姑娘|师傅|书记|老师|主任|领导)[\s，,。、…]*)+(?=我|想|要|帮|请|家|屋|有)/u;

/** It says so, and leaves in the pauses and the calling; none of that is what was said. Other texts stay as they are. */
export function withoutSpeechMarks(text: string): string {
  if (!SPOKEN.test(text)) return text;
  const said = text.replace(SPOKEN, '').replace(HESITATION, '').trim().replace(ADDRESS, '');
  return said === '' ? text : said;
}
