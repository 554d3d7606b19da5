import { shown } from '../../core/echo.ts';
import { asked, incident, type Worded } from './chat-messages.ts';

/** What the bot says to those who decide what becomes of an incident. */

export const DECLINE: Worded = {
  ask: (number) => `事件${number}号为什么不受理？说一句原因就行，会告诉报告的人。`,
  readBack: (number, title, words) =>
    asked(`要对${incident(number, title)}不予受理，原因：${shown(words, 60)}，会告诉报告的人。`, '不受理', '不改'),
  done: (number) => `好的，事件${number}号不予受理，原因已经告诉报告的人。`,
};

export const DISPATCH = {
  who: (number: number, title: string): string => `${incident(number, title)}派给谁？回前面的数字：`,
  which: (said: string): string => `叫“${shown(said, 10)}”的不止一位，您说的是哪一位？`,
  nobody: (said: string): string => `“${shown(said, 10)}”不在能派的人里。能派的有，回前面的数字：`,
  none: (number: number): string => `事件${number}号那里还没有登记能派的人，请先请管理员登记网格员或社区工作者。`,
  label: (name: string, title: string): string => `${name}（${title}）`,
  readBack: (number: number, title: string, name: string, role: string): string =>
    asked(`要把${incident(number, title)}派给${name}（${role}）。`, '派出', '不派'),
  done: (number: number, name: string): string => `好的，事件${number}号派给${name}了，已经通知本人和报告的人。`,
};

export const MERGE = {
  askOther: (number: number): string => `事件${number}号和几号是同一件事？回那个编号就行。`,
  readBack: (given: { number: number; title: string; into: number; intoTitle: string; reason?: string | undefined }) =>
    asked(
      `要把${incident(given.number, given.title)}并到先报的${incident(given.into, given.intoTitle)}，一起办${given.reason === undefined ? '' : `，原因：${shown(given.reason, 60)}`}。`,
      '合并',
      '不合并',
    ),
  done: (number: number, into: number): string => `好的，事件${number}号并到事件${into}号了，报告的人照样能看到进展。`,
};

export const MISTAKEN = {
  withdraw: (number: number, title: string): string =>
    asked(`${incident(number, title)}报错了，要撤回，撤回后不再处置。`, '撤回', '不撤'),
  passOn: (number: number, title: string, words: string): string =>
    asked(
      `${incident(number, title)}还有别的邻居也报了，撤不了；要把您说的“${shown(words, 40)}”告诉处置的人。`,
      '转告',
      '不转告',
    ),
  cannot: (number: number, stateWord: string): string =>
    `事件${number}号现在是“${stateWord}”，您这里撤不了。报错了的话，请告诉网格员或书记。`,
};
