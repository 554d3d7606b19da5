import type { Listed } from './list.ts';

/** What the bot says about certificates. */
export const CHAT = {
  help: { title: '问证明', example: '健在证明找谁开' },
  which: '您要开哪种证明？直接说名称，比如“健在证明”；不知道叫什么，就说拿去做什么用。',
  /** Not on any list: nobody is sent to a counter on a guess. */
  unknown: '这种证明我这里没有查到该找谁开，请社区的人来答您最稳妥：',
  unknownWithoutHuman: '这种证明我这里没有查到该找谁开，请直接问社区工作人员。',
  byCommunity: ({ name, issuedBy, bring, verified }: Listed): string =>
    [
      `“${name}”由社区开${bring === undefined ? '' : `，要带：${bring}`}。`,
      ...(verified ? [] : [`找谁开：${issuedBy}。各地不一样，以社区答复为准。`]),
      '要办就转给社区工作人员：',
    ].join(verified ? '' : '\n'),
  elsewhere: ({ name, issuedBy, bring, basis, title, source, verified }: Listed): string =>
    [
      `“${name}”社区不开此证明，请找：${issuedBy}。`,
      ...(bring === undefined ? [] : [`要带：${bring}。`]),
      `依据：${source}《${title}》${basis === undefined ? '' : `；${basis}`}。`,
      ...(verified ? [] : ['找谁开、带什么还没有核实，各地不一样，以窗口答复为准。']),
    ].join('\n'),
  stillHuman: '还有不清楚的，回“转人工”找社区的人。',
};
