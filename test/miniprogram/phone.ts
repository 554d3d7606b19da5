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
  /** Where it went: `reLaunch /pages/…`. */
  ways: string[];
  /** The pages that are open, the top last. */
  open: { route: string; options: Record<string, string> }[];
  /** How many keys fit into its storage. */
  room: number;
  /** What the house answers from now on. */
  answer(reply: (request: Sent) => Reply | Promise<Reply>): void;
  /** What `wx.login` does from now on. */
  login(how: () => Promise<{ code: string }>): void;
}

/** Puts a fresh phone in the place of `wx`. */
export function freshPhone(): Phone {
  const storage = new Map<string, unknown>();
  const sent: Sent[] = [];
  let reply: (request: Sent) => Reply | Promise<Reply> = () => 'offline';
  let login = async () => ({ code: 'wx-code' });
  const way = (name: string) => (options: { url: string; success?(): void }) => {
    phone.ways.push(`${name} ${options.url}`);
    options.success?.();
  };
  const copy = (value: unknown) => (value === undefined ? '' : JSON.parse(JSON.stringify(value)));
  const wx = {
    getStorageSync: (key: string) => copy(storage.get(key)),
    setStorageSync(key: string, value: unknown) {
      if (!storage.has(key) && storage.size >= phone.room)
        throw new Error('setStorageSync:fail exceed storage max size');
      storage.set(key, copy(value));
    },
    getStorageInfoSync: () => ({ keys: [...storage.keys()], currentSize: 1, limitSize: 10_240 }),
    removeStorageSync: (key: string) => void storage.delete(key),
    clearStorageSync: () => storage.clear(),
    login: () => login(),
    reLaunch: way('reLaunch'),
    navigateTo: way('navigateTo'),
    redirectTo: way('redirectTo'),
    switchTab: way('switchTab'),
    request(options: Sent & { success(reply: object): void; fail(reason: object): void }) {
      const { url, method, header, data } = options;
      const request = { url, method, header, data };
      sent.push(request);
      void Promise.resolve(reply(request)).then((answer) =>
        answer === 'offline' ? options.fail({ errMsg: 'request:fail' }) : options.success(answer),
      );
    },
  };
  const phone: Phone = {
    storage,
    sent,
    ways: [],
    open: [],
    room: 1_000,
    answer(next) {
      reply = next;
    },
    login(next) {
      login = next;
    },
  };
  Object.assign(globalThis, { wx, getCurrentPages: () => phone.open });
  return phone;
}
