/**
 * What stays on this phone. Small and important things (who is signed in, drafts) make room for themselves; what can be asked
 * for again (lists, reports) gives way, the oldest first. A full or broken storage is nobody's trouble: it only forgets.
 */

/** A list or report that was seen, under a name that begins with this. */
const SEEN = 'seen:';
/** The names of what was seen, the latest last. */
const ORDER = 'seen';
const MOST_SEEN = 24;

/** What is kept under a name. */
export function kept<T>(name: string): T | undefined {
  try {
    const value = wx.getStorageSync(name) as T | '';
    return value === '' ? undefined : value;
  } catch {
    return undefined;
  }
}

/** Keeps something important, if need be in the place of everything seen. */
export function keep(name: string, value: unknown): void {
  if (write(name, value)) return;
  for (const seen of order()) forget(seen);
  forget(ORDER);
  write(name, value);
}

export function forget(name: string): void {
  try {
    wx.removeStorageSync(name);
  } catch {
    // What cannot be taken away now is written over later.
  }
}

/** Everything kept, also for others who used this phone. */
export function forgetAll(): void {
  try {
    wx.clearStorageSync();
  } catch {
    // As above.
  }
}

/** The names of all that is kept. */
export function names(): string[] {
  try {
    return wx.getStorageInfoSync().keys;
  } catch {
    return [];
  }
}

/** Keeps what was seen, for the next visit or a time without a network. @param name includes the person */
export function remember(name: string, value: unknown): void {
  const seen = [...order().filter((one) => one !== SEEN + name), SEEN + name];
  while (seen.length > MOST_SEEN) forget(seen.shift() as string);
  while (!write(SEEN + name, value) && seen.length > 1) forget(seen.shift() as string);
  write(ORDER, seen);
}

/** What was seen under this name last. */
export const recall = <T>(name: string): T | undefined => kept<T>(SEEN + name);

const order = (): string[] => kept<string[]>(ORDER) ?? [];

function write(name: string, value: unknown): boolean {
  try {
    wx.setStorageSync(name, value);
    return true;
  } catch {
    return false;
  }
}
