/** A phone for tests of the mini-program's plain modules: what `wx` keeps and sends, and nothing else of it. */

export interface Sent {
  url: string;
  method: string;
  header: Record<string, string>;
  data: unknown;
}

export type Reply = { statusCode: number; data: unknown } | 'offline';

export interface Phone {
  storage: Map<string, unknown>;
  sent: Sent[];
  /** What the house answers from now on. */
  answer(reply: (request: Sent) => Reply | Promise<Reply>): void;
}

/** Puts a fresh phone in the place of `wx`. */
export function freshPhone(): Phone {
  const storage = new Map<string, unknown>();
  const sent: Sent[] = [];
  let reply: (request: Sent) => Reply | Promise<Reply> = () => 'offline';
  const copy = (value: unknown) => (value === undefined ? '' : JSON.parse(JSON.stringify(value)));
  const wx = {
    getStorageSync: (key: string) => copy(storage.get(key)),
    setStorageSync: (key: string, value: unknown) => void storage.set(key, copy(value)),
    removeStorageSync: (key: string) => void storage.delete(key),
    clearStorageSync: () => storage.clear(),
    login: async () => ({ code: 'wx-code' }),
    request(options: Sent & { success(reply: object): void; fail(reason: object): void }) {
      const { url, method, header, data } = options;
      const request = { url, method, header, data };
      sent.push(request);
      void Promise.resolve(reply(request)).then((answer) =>
        answer === 'offline' ? options.fail({ errMsg: 'request:fail' }) : options.success(answer),
      );
    },
  };
  Object.assign(globalThis, { wx });
  return {
    storage,
    sent,
    answer(next) {
      reply = next;
    },
  };
}
