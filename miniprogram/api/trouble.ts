/** Why something could not be done: the house's own problem (RFC 9457), or the way to it. */
export class Trouble extends Error {
  /** Stable, for the program: the house's code, or `offline` when the house was not reached. */
  readonly code: string;
  /** HTTP status; 0 when the house was not reached. */
  readonly status: number;
  /** What is wrong with single fields of a form, by their path. */
  readonly fields: Readonly<Record<string, string>>;

  /** @param detail the sentence people read */
  constructor(code: string, status: number, detail: string, fields: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.code = code;
    this.status = status;
    this.fields = fields;
  }

  /** Whether trying again in the same words may help. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500 || this.code === 'request_in_progress';
  }
}

export const OFFLINE = '网络好像断了，请检查一下网络，再试一次。';
const STRANGE = '服务器没有正常回答，请过一会儿再试。';
const UNKNOWN = '刚才没有办成，请再试一次。还不行就请打社区电话。';

/** What a refusal means where the house's own sentence does not come along, as with files. */
const SENTENCES: Readonly<Record<number, string>> = {
  401: '登录过期了，请重新登录。',
  403: '这个您看不了。',
  404: '这个已经不在了。',
  413: '这个文件太大了。',
  429: '点得太快了，请过一会儿再试。',
};

/** The trouble an answer of the house tells of. */
export function troubleOf(status: number, body: unknown): Trouble {
  const { code, detail, fields } = (typeof body === 'object' && body !== null ? body : {}) as {
    code?: unknown;
    detail?: unknown;
    fields?: { path: string; problem: string }[];
  };
  if (typeof code !== 'string' || typeof detail !== 'string')
    return new Trouble('strange_answer', status, SENTENCES[status] ?? STRANGE);
  return new Trouble(code, status, detail, Object.fromEntries((fields ?? []).map((one) => [one.path, one.problem])));
}

/** Any error as a trouble with a sentence for people; WeChat's own failures are plain objects in English. */
export function troubleFrom(error: unknown): Trouble {
  if (error instanceof Trouble) return error;
  console.error(error);
  return new Trouble('unknown', 0, UNKNOWN);
}

/** The sentence people read about an error. */
export const wordsOf = (error: unknown): string => troubleFrom(error).message;
