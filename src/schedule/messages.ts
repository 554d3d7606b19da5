import type { Message } from '../core/feature.ts';

/** What those who look after the house are told of its clockwork. */
export const scheduleMessages = {
  'schedule.failed': {
    title: '定时任务没能完成',
    body: ({ job, title, attempts }) =>
      `定时任务“${String(title)}”（${String(job)}）试了${String(attempts)}次都没有完成，已经停下。请查看日志，处理好以后可以用 npm run jobs 重新执行。`,
  },
} satisfies Record<string, Message>;

/** What the tidying job is called and reports. */
export const tidyWords = {
  title: '清理三个月以前的任务记录',
  done: (runs: number) => `清理任务记录 ${runs} 条`,
  would: (runs: number) => `将清理任务记录 ${runs} 条`,
};
