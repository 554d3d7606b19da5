import { HaolinError, namedError } from '../../../core/errors.ts';

export const fileUnreadable = (cause?: unknown): HaolinError =>
  new HaolinError('file_unreadable', 400, '这个文件读不出来，请另存为 .xlsx 或者 UTF-8（或 GBK）编码的 .csv 再试。', {
    cause,
  });
export const fileTooLong = namedError(
  'file_too_long',
  400,
  (most: number) => `文件超过${most}行了，请分成几个文件导入。`,
);
export const fileTooLarge = namedError(
  'file_too_large',
  400,
  () => '这个表格展开以后太大了，请分成几个文件，或者另存为 .csv 再导入。',
);
export const quoteOpen = namedError(
  'quote_open',
  400,
  (line: number) => `第${line}行有一个双引号没有配对，后面的内容都读不出来，请改好再试。`,
);
/** Both pass by themselves, so they say when to come back. */
export const importRunning = (): HaolinError =>
  new HaolinError('import_running', 409, '另一个导入正在进行，请等它完成再试。', { retryAfterSeconds: 15 });
export const importInterrupted = (): HaolinError =>
  new HaolinError('import_interrupted', 409, '这次导入被另一个进程中断了，一行也没有写入，请再导入一次。', {
    retryAfterSeconds: 1,
  });
