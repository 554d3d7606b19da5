/** What the tidying job is called and reports. */
export const tidyWords = {
  title: '清理三个月以前的任务记录',
  done: (runs: number) => `清理任务记录 ${runs} 条`,
  would: (runs: number) => `将清理任务记录 ${runs} 条`,
};
