/** What every asynchronous call of `wx` takes beside its own options. */
export interface Callbacks<R> {
  success?(result: R & { errMsg: string }): void;
  fail?(failure: { errMsg: string }): void;
  complete?(result: { errMsg: string }): void;
}

/** A call of `wx` did not work; the message stands behind `name:fail `, as WeChat words it. */
export class WxFailure extends Error {
  readonly facts: Record<string, unknown>;

  constructor(message: string, facts: Record<string, unknown> = {}) {
    super(message);
    this.facts = facts;
  }
}

/** The person said no: WeChat's word for it. */
export const cancelled = (): WxFailure => new WxFailure('cancel');

/**
 * Makes an asynchronous call of `wx`: with any callback it answers through them, without one it returns a promise.
 */
export function call<O extends object, R extends object>(name: string, run: (options: O) => R | Promise<R>) {
  return (options?: O & Callbacks<R>): Promise<R & { errMsg: string }> | undefined => {
    const answer = settle(name, run, (options ?? {}) as O);
    const { success, fail, complete } = options ?? {};
    if (!success && !fail && !complete) {
      return answer.then((result) => {
        if ('failed' in result) throw result.failed;
        return result.value;
      });
    }
    void answer.then((result) => {
      if ('failed' in result) fail?.(result.failed);
      else success?.(result.value);
      complete?.('failed' in result ? result.failed : result.value);
    });
    return undefined;
  };
}

type Settled<R> = { value: R & { errMsg: string } } | { failed: { errMsg: string } };

async function settle<O, R extends object>(
  name: string,
  run: (options: O) => R | Promise<R>,
  options: O,
): Promise<Settled<R>> {
  try {
    return { value: { errMsg: `${name}:ok`, ...(await run(options)) } };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const facts = error instanceof WxFailure ? error.facts : {};
    return { failed: { ...facts, errMsg: `${name}:fail ${message}` } };
  }
}
