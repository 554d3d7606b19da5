/** A service outside the house, asked only where the operator configured one, and never needed. */
export interface Service {
  /** Up to `/v1`, as OpenAI-compatible servers give it. */
  url: string;
  key: string | undefined;
  /** Which of its models is asked. */
  model: string;
}

const MOST_BYTES = 64 * 1024;

/**
 * Posts something and gives the JSON that is answered.
 * @throws Error when it is not there in time, is no success, leads elsewhere, is larger than any answer, or is no JSON
 */
export async function postTo(
  { url, key }: Service,
  path: string,
  body: string | FormData,
  timeoutMs: number,
): Promise<unknown> {
  const answer = await fetch(`${url.replace(/\/+$/u, '')}${path}`, {
    method: 'POST',
    headers: {
      ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
    body,
    // What is sent is for the one address that was configured.
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!answer.ok || !answer.body) {
    await answer.body?.cancel();
    throw new Error(`the service answered ${answer.status}`);
  }
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of answer.body) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new Error('the service answered with more than any answer is');
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}

/** Failures in a row after which a service is left alone, and for how long. */
const MOST_FAILURES = 3;
const LEFT_ALONE_MS = 60_000;

/**
 * Asks a service that may be down: what fails is `undefined`, and after some failures in a row nobody waits for it for a
 * minute. Then one is let through, and tells whether it is back.
 */
export function guarded<A, R>(
  ask: (asked: A) => Promise<R | undefined>,
  { now, onTrouble }: { now: () => Date; onTrouble: (error: unknown) => void },
): (asked: A) => Promise<R | undefined> {
  let failures = 0;
  let shutUntil = 0;
  return async (asked) => {
    const at = now().getTime();
    if (at < shutUntil) return undefined;
    // While it is tried out nobody else waits with the one who tries.
    if (failures >= MOST_FAILURES) shutUntil = at + LEFT_ALONE_MS;
    try {
      const answer = await ask(asked);
      failures = 0;
      shutUntil = 0;
      return answer;
    } catch (error) {
      failures += 1;
      if (failures >= MOST_FAILURES) shutUntil = now().getTime() + LEFT_ALONE_MS;
      onTrouble(error);
      return undefined;
    }
  };
}
