import { spanWords } from './time.ts';

/** One thing wrong with one field of an input. `path` is dotted; `problem` is a Chinese sentence, `code` is stable and for programs. */
export interface FieldProblem {
  path: string;
  problem: string;
  code: string;
}

interface ErrorExtra {
  fields?: FieldProblem[];
  retryAfterSeconds?: number;
  cause?: unknown;
}

/**
 * An error people are told about. `code` is stable and for programs, `status` is the HTTP status it maps to,
 * `detail` is one plain Chinese sentence that says what happened and what to do next.
 */
export class HaolinError extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail: string;
  readonly fields: FieldProblem[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: string, status: number, detail: string, extra: ErrorExtra = {}) {
    super(`${code}: ${detail}`, extra.cause === undefined ? undefined : { cause: extra.cause });
    this.name = 'HaolinError';
    this.code = code;
    this.status = status;
    this.detail = detail;
    this.fields = extra.fields;
    this.retryAfterSeconds = extra.retryAfterSeconds;
  }
}

/** Names an error once; the factory it returns makes one to throw. Features define theirs beside their lifecycle. */
export function namedError<A extends unknown[]>(code: string, status: number, detail: (...args: A) => string) {
  return (...args: A): HaolinError => new HaolinError(code, status, detail(...args));
}

export const notSignedIn = namedError('not_signed_in', 401, () => '请先登录，再试一次。');
export const forbidden = namedError('forbidden', 403, () => '您没有权限做这件事，需要的话请联系社区工作人员。');
export const notFound = namedError(
  'not_found',
  404,
  (what: string = '内容') => `没有找到这个${what}，请检查编号是否正确。`,
);
export const wrongState = namedError(
  'wrong_state',
  409,
  (now: string) => `现在的状态是“${now}”，不能这样操作，请刷新后再看。`,
);
export const keyReused = namedError(
  'idempotency_key_reused',
  422,
  () => '这个请求编号已经用在另一件事上了，请重新打开页面再提交。',
);
/** Never seen by people: the clock learns that somebody was faster. */
export const notDue = namedError('not_due', 409, () => '时候还没到，或者已经有人处理过了。');
export const tooBusy = namedError('busy', 503, () => '同时操作的人太多，请稍等几秒再试。');

/** More at once nobody keeps in mind; `fields` has them all. */
const MOST_SAID = 3;

export function invalidInput(fields: FieldProblem[]): HaolinError {
  const said = [...new Set(fields.map(({ problem }) => problem.replace(/[。！]$/u, '')))].slice(0, MOST_SAID);
  const detail = said.length > 0 ? `${said.join('；')}。` : '填写的内容有问题，请检查。';
  return new HaolinError('invalid_input', 400, detail, { fields });
}

export const badCursor = (): HaolinError =>
  invalidInput([{ path: 'cursor', code: 'not_right', problem: '翻页标记已失效，请回到第一页再看' }]);

export const sealedUnreadable = (cause?: unknown): HaolinError =>
  new HaolinError('sealed_unreadable', 500, '这条加密的信息打不开了，请联系管理员核对密钥或恢复备份。', { cause });

export function tooManyRequests(retryAfterSeconds: number): HaolinError {
  const seconds = Math.max(1, Math.ceil(retryAfterSeconds));
  return new HaolinError('too_many_requests', 429, `操作太频繁了，请等${spanWords(seconds)}再试。`, {
    retryAfterSeconds: seconds,
  });
}
