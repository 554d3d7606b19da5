/** What the tidying job is called and reports. */
export const tidyWords = {
  title: '清理一年以前的消息',
  done: (deliveries: number, notices: number) => `清理消息 ${deliveries} 条、提醒记录 ${notices} 条`,
  would: (deliveries: number, notices: number) => `将清理消息 ${deliveries} 条、提醒记录 ${notices} 条`,
};

/** The text of a message that was kept back and no longer holds, as the inbox shows it. */
export const passed = (text: string): string => `${text}\n（后来情况有变，这条已经过时，不用再处理。）`;

interface Listed {
  title: string;
  text: string;
  data: Record<string, unknown>;
}

const LONGEST_LINE = 60;

function shortened(text: string): string {
  const line = [...text.replace(/\s*\n\s*/gu, '，')];
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE).join('')}…` : line.join('');
}

/** One message for all that was kept for the end of the day. */
export const digestWords = {
  title: (count: number) => `您有${count}条新消息`,
  /** Of several with one title the words tell them apart: whom each is about is not in the title. */
  text: (listed: readonly Listed[], more: number): string =>
    [
      ...listed.map(({ title, text, data: { number } }, index) => {
        if (typeof number === 'number') return `${index + 1}. ${title}（${number}号）`;
        const alone = listed.every((other, at) => at === index || other.title !== title || other.text === text);
        return `${index + 1}. ${title}${alone ? '' : `：${shortened(text)}`}`;
      }),
      ...(more > 0 ? [`还有${more}条`] : []),
      '详细内容请在小程序“消息”里看。',
    ].join('\n'),
};

/** What is said to whoever marks messages as read without saying which. */
export const inboxWords = { whichRead: '请写明把哪些消息标为已读' };
