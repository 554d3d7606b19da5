import type { House } from '../core/house.ts';
import { uncoveredYears } from '../core/time.ts';

/** Whether the parts a request needs answer. */
export interface Readiness {
  status: 'ready' | 'unready' | 'closing';
  parts: Record<'store' | 'coordination', 'ok' | 'away'>;
  /** What an operator should see to; it keeps the house from nothing yet. Absent when there is nothing. */
  warnings?: string[];
}

const PATIENCE_MS = 2_000;

/**
 * Asks the store and the coordination, both at once; a part that takes longer than two seconds counts as away.
 * Questions that overlap share one answer, so that asking costs no more than answering once.
 */
export function readiness(house: House, closing: AbortSignal): () => Promise<Readiness> {
  let asking: Promise<Readiness> | undefined;

  async function ask(): Promise<Readiness> {
    const [store, coordination] = await Promise.all([
      answers(async () => {
        const database = house.db.readyState === 1 ? house.db.db : undefined;
        return (await database?.command({ ping: 1 }))?.ok === 1;
      }),
      answers(() => house.coordination.healthy()),
    ]);
    const well = store === 'ok' && coordination === 'ok';
    const warnings = uncoveredYears(house.calendar, house.clock.now()).map((year) => `no_calendar_${year}`);
    return {
      status: closing.aborted ? 'closing' : well ? 'ready' : 'unready',
      parts: { store, coordination },
      ...(warnings.length > 0 ? { warnings } : {}),
    };
  }

  return () => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}

async function answers(part: () => Promise<boolean>): Promise<'ok' | 'away'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, false);
  });
  try {
    return (await Promise.race([part(), late])) ? 'ok' : 'away';
  } catch {
    return 'away';
  } finally {
    clearTimeout(timer);
  }
}
