/** What this process holds. */
import { readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 500;
const KB_PER_MB = 1_024;

export interface Memory {
  /** At most what was resident so far, in MB, with the file of the store that is mapped. */
  peakMb(): number;
  /** At most what was its own so far, in MB, at the times it was looked at; 0 where the machine does not tell. */
  ownMb(): number;
  end(): void;
}

/** Looks at it from time to time. */
export function watchMemory(): Memory {
  let own = 0;
  const watch = setInterval(() => {
    own = Math.max(own, ownKb());
  }, LOOK_EVERY_MS);
  watch.unref();
  return {
    peakMb: () => Math.round(process.resourceUsage().maxRSS / KB_PER_MB),
    ownMb: () => Math.round(own / KB_PER_MB),
    end: () => clearInterval(watch),
  };
}

function ownKb(): number {
  try {
    return Number(/^RssAnon:\s+(\d+)/mu.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
