/** Takes what is next, if there is any; nothing once the signal says so. */
export type Take<T> = (signal?: AbortSignal) => Promise<T | undefined>;

/**
 * The hands of a channel take one after another: where one looked after others asked and found nothing, these need not look
 * as well. A look that failed, or that had begun before they asked, says nothing to them.
 */
export function oneByOne<T>(take: () => Promise<T | undefined>): Take<T> {
  let taking: Promise<T | undefined> | undefined;
  return async (signal) => {
    const before = taking;
    while (taking) {
      const look: Promise<unknown> = taking;
      const foundNothing = await look.then(
        (found) => found === undefined,
        () => false,
      );
      if (foundNothing && look !== before) return undefined;
    }
    if (signal?.aborted) return undefined;
    taking = take().finally(() => {
      taking = undefined;
    });
    return taking;
  };
}
