import { shortened } from '../core/letters.ts';

/** What the tidying job is called and reports. */
export const tidyWords = {
  title: '清理一年以前的消息',
  done: (deliveries: number, notices: number) => `清理消息 ${deliveries} 条、提醒记录 ${notices} 条`,
  would: (deliveries: number, notices: number) => `将清理消息 ${deliveries} 条、提醒记录 ${notices} 条`,
};

/** The text of a message that was kept back and no longer holds, as the inbox shows it. */
export const passed = (text: string): string => `${text}\n（后来情况有变，这条已经过时，不用再处理。）`;

/** In a list each is told in so many letters. */
const MOST_OF_ONE = 40;

/** What a message is about in a few words: its first sentence, if need be not all of it. */
const gistOf = (text: string): string => shortened(text.split(/[。！？\n]/u, 1)[0] ?? '', MOST_OF_ONE);

/** One message for all that was kept for the end of the day. */
export const digestWords = {
  title: (count: number) => `您有${count}条新消息`,
  text: (listed: readonly { title: string; text: string }[], more: number): string =>
    [
      ...listed.map(({ title, text }, index) => `${index + 1}. ${title}：${gistOf(text)}`),
      ...(more > 0 ? [`还有${more}条`] : []),
      '详细内容请在小程序“消息”里看。',
    ].join('\n'),
};

/** What is said to whoever marks messages as read without saying which. */
export const inboxWords = { whichRead: '请写明把哪些消息标为已读' };
