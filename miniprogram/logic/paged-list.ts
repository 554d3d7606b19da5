import { recall, remember } from '../api/kept';
import { wordsOf } from '../api/trouble';
import { latest } from './latest';

/** One page of a list, as the house gives it. */
export interface Chunk<T> {
  items: T[];
  next?: string;
}

/** A list as a page shows it. */
export interface Shown<T> {
  items: T[];
  /** `first`: nothing to show yet · `ready` · `stale`: what was seen last, since the house is not reached · `failed`: nothing at all. */
  state: 'first' | 'ready' | 'stale' | 'failed';
  /** Whether there is more below. */
  more: boolean;
  loadingMore: boolean;
  /** What went wrong last, in words; empty when nothing did. */
  trouble: string;
}

/** A list of which nothing is known yet; each its own, since what is set on a screen may be written into there. */
export const nothingYet = <T>(): Shown<T> => ({
  items: [],
  state: 'first',
  more: false,
  loadingMore: false,
  trouble: '',
});

/**
 * What of a shown list has changed, as `setData` takes it under `list`: of one that grew only the new rows, so that a long
 * list grows as quickly as a short one.
 */
export function changesOf<T>(before: Shown<T>, after: Shown<T>): Record<string, unknown> {
  const details = (['state', 'more', 'loadingMore', 'trouble'] as const)
    .filter((detail) => before[detail] !== after[detail])
    .map((detail) => [`list.${detail}`, after[detail]]);
  return { ...Object.fromEntries(details), ...rowsOf(before.items, after.items) };
}

function rowsOf<T>(before: readonly T[], after: readonly T[]): Record<string, unknown> {
  const grew = after.length >= before.length && before.every((row, at) => row === after[at]);
  if (!grew || before.length === 0) return before === after ? {} : { 'list.items': after };
  return Object.fromEntries(after.slice(before.length).map((row, at) => [`list.items[${before.length + at}]`, row]));
}

/** Pages that are read anew at most; whoever is further down comes back to there. */
const MOST_ANEW = 10;

/**
 * A list that grows as one scrolls, shows at once what was seen last time, and keeps showing it without a network.
 * @param name under which the first page is kept on the phone; includes the person, so that nobody sees another's.
 *   Without one nothing is kept
 * @param load one page of it
 * @param show called with what is to be on the screen, also when only a detail changed
 */
export function pagedList<T>(
  name: string | undefined,
  load: (cursor?: string) => Promise<Chunk<T>>,
  show: (list: Shown<T>) => void,
) {
  let shown = nothingYet<T>();
  let next: string | undefined;
  let pages = 1;
  /** Whether the list was ever seen: one that was empty is no less known than a full one. */
  let known = false;
  const reads = latest();
  /** The reading of the top that is under way: the old cursor is of a list that is about to go. */
  let top: Promise<void> = Promise.resolve();

  const put = (change: Partial<Shown<T>>) => {
    shown = { ...shown, ...change };
    show(shown);
  };

  /** Reads so many pages from the top, and shows them once they are all there. */
  async function read(wanted: number): Promise<void> {
    const isLatest = reads.begin();
    if (shown.state === 'first') {
      const seen = name === undefined ? undefined : recall<T[]>(name);
      known = seen !== undefined;
      if (seen && seen.length > 0) put({ items: seen });
    }
    try {
      let page = await load();
      if (isLatest() && name !== undefined) remember(name, page.items);
      let { items } = page;
      let got = 1;
      while (isLatest() && got < wanted && page.next !== undefined) {
        page = await load(page.next);
        items = [...items, ...page.items];
        got += 1;
      }
      if (!isLatest()) return;
      next = page.next;
      pages = got;
      known = true;
      put({ items, state: 'ready', more: next !== undefined, loadingMore: false, trouble: '' });
    } catch (error) {
      if (!isLatest()) return;
      const trouble = wordsOf(error);
      put({ state: known ? 'stale' : 'failed', loadingMore: false, trouble });
    }
  }

  async function settled(): Promise<void> {
    let waited: Promise<void>;
    do {
      waited = top;
      await waited;
    } while (waited !== top);
  }

  return {
    get shown() {
      return shown;
    },
    /** From the top: first what is remembered, then what the house says. */
    begin(): Promise<void> {
      top = read(1);
      return top;
    },
    /** As far down as it is shown, in its place. */
    refresh(): Promise<void> {
      top = read(Math.min(pages, MOST_ANEW));
      return top;
    },
    /** The next page, once at a time. */
    async more(): Promise<void> {
      await settled();
      if (next === undefined || shown.loadingMore) return;
      const isLatest = reads.begin();
      put({ loadingMore: true, trouble: '' });
      try {
        const page = await load(next);
        if (!isLatest()) return;
        next = page.next;
        pages += 1;
        put({ items: [...shown.items, ...page.items], more: next !== undefined, loadingMore: false });
      } catch (error) {
        if (!isLatest()) return;
        put({ loadingMore: false, trouble: wordsOf(error) });
      }
    },
    /** Puts a changed item in the place of the old one; `undefined` takes it out. */
    replace(same: (item: T) => boolean, item: T | undefined): void {
      put({ items: shown.items.flatMap((one) => (same(one) ? (item === undefined ? [] : [item]) : [one])) });
    },
  };
}
