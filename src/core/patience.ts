/**
 * Waits for work, but not for ever.
 * @param ms the longest to wait, in milliseconds of real time
 * @returns false when the time was up first; the work goes on, and what comes of it is not waited for
 * @throws what the work throws within that time
 */
export async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([work.then(() => true), over]);
  } finally {
    clearTimeout(timer);
    // Nobody listens to it any more.
    work.catch(() => undefined);
  }
}
