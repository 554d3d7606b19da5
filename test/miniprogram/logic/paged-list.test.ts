import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { Trouble } from '../../../miniprogram/api/trouble';
import { type Chunk, changesOf, nothingYet, pagedList, type Shown } from '../../../miniprogram/logic/paged-list';
import { freshPhone } from '../phone';

const away = new Trouble('offline', 0, '断了');

beforeEach(() => void freshPhone());

function listOf(pages: Record<string, Chunk<number> | Trouble>, name = 'l') {
  const seen: Shown<number>[] = [];
  const list = pagedList<number>(
    name,
    async (cursor = 'first') => {
      const page = pages[cursor];
      if (page instanceof Trouble || page === undefined) throw page ?? away;
      return page;
    },
    (shown) => void seen.push(shown),
  );
  return { list, seen, pages };
}

describe('a list', () => {
  it('grows page by page to its end', async () => {
    const { list } = listOf({ first: { items: [1, 2], next: 'b' }, b: { items: [3] } });
    await list.begin();
    expect(list.shown).toMatchObject({ items: [1, 2], state: 'ready', more: true });
    await Promise.all([list.more(), list.more()]);
    expect(list.shown).toMatchObject({ items: [1, 2, 3], more: false });
    await list.more();
    expect(list.shown.items).toEqual([1, 2, 3]);
  });

  it('shows at once what was seen last time, and keeps it when the house is not reached', async () => {
    await listOf({ first: { items: [1, 2] } }).list.begin();
    const { list, seen } = listOf({ first: away });
    await list.begin();
    expect(seen[0]).toMatchObject({ items: [1, 2], state: 'first' });
    expect(list.shown).toMatchObject({ items: [1, 2], state: 'stale', trouble: '断了' });
  });

  it('that was empty is known to be empty, without a network as well', async () => {
    await listOf({ first: { items: [] } }).list.begin();
    const { list } = listOf({ first: away });
    await list.begin();
    expect(list.shown).toMatchObject({ items: [], state: 'stale', trouble: '断了' });
  });

  it('begins anew whatever a screen writes into the one before', async () => {
    await listOf({ first: { items: [1] } }).list.begin();
    Object.assign(nothingYet(), { state: 'failed', trouble: '断了' }).items.push(9 as never);
    const { list } = listOf({ first: away });
    await list.begin();
    expect(list.shown).toMatchObject({ items: [1], state: 'stale' });
  });

  it('says that it failed when there is nothing to show', async () => {
    const { list } = listOf({ first: away }, 'other');
    await list.begin();
    expect(list.shown).toMatchObject({ items: [], state: 'failed' });
  });

  it('keeps what it has when the next page does not come, and can be asked again', async () => {
    const { list, pages } = listOf({ first: { items: [1], next: 'b' }, b: away });
    await list.begin();
    await list.more();
    expect(list.shown).toMatchObject({ items: [1], more: true, loadingMore: false, trouble: '断了' });
    pages.b = { items: [2] };
    await list.more();
    expect(list.shown).toMatchObject({ items: [1, 2], more: false, trouble: '' });
  });

  it('lets nothing of an earlier beginning into a later one', async () => {
    let release = (_: Chunk<number>) => {};
    let calls = 0;
    const list = pagedList<number>(
      'race',
      () =>
        ++calls === 1
          ? new Promise((resolve) => {
              release = resolve;
            })
          : Promise.resolve({ items: [2] }),
      () => {},
    );
    const slow = list.begin();
    await list.begin();
    release({ items: [1] });
    await slow;
    expect(list.shown.items).toEqual([2]);
  });

  it('reads anew as far down as it is shown, and is never shorter on the way', async () => {
    const { list, pages, seen } = listOf({ first: { items: [1, 2], next: 'b' }, b: { items: [3, 4], next: 'c' } });
    await list.begin();
    await list.more();
    seen.length = 0;
    pages.first = { items: [0, 1], next: 'x' };
    pages.x = { items: [2, 4], next: 'c' };
    await list.refresh();
    expect(seen.map(({ items }) => items)).toEqual([[0, 1, 2, 4]]);
    pages.x = away;
    await list.refresh();
    expect(list.shown).toMatchObject({ items: [0, 1, 2, 4], state: 'stale' });
    await list.begin();
    expect(list.shown).toMatchObject({ items: [0, 1], state: 'ready', more: true });
  });

  it('never mixes two readings: whatever is asked while whatever is under way, every row is there once', async () => {
    // A row comes in at the top between any two answers; cursors go on behind the row they name.
    const call = fc.constantFrom('begin', 'refresh', 'more');
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 8 }), fc.scheduler(), async (calls, scheduler) => {
        freshPhone();
        let newest = 5;
        let top = 0;
        let begun = false;
        const list = pagedList<number>(
          'l',
          (cursor) => {
            newest += 1;
            const from = cursor === undefined ? newest : Number(cursor) - 1;
            if (cursor === undefined) top = from;
            const items = [from, from - 1, from - 2].filter((row) => row > 0);
            const page = { items, ...(from > 3 && { next: String(from - 2) }) };
            return begun ? scheduler.schedule(Promise.resolve(page)) : Promise.resolve(page);
          },
          () => {},
        );
        await list.begin();
        begun = true;
        const under = calls.map((name) => list[name as 'begin' | 'refresh' | 'more']());
        await scheduler.waitFor(Promise.all(under));
        const { items } = list.shown;
        expect(items[0] ?? 0).toBe(top);
        expect(items).toEqual(items.map((_row, at) => top - at));
        if (items.length > 0 && !list.shown.more) expect(items[items.length - 1]).toBe(1);
      }),
      { numRuns: 60 },
    );
  });

  it('puts a changed item in its place, and takes one out', async () => {
    const { list } = listOf({ first: { items: [1, 2, 3] } });
    await list.begin();
    list.replace((item) => item === 2, 20);
    list.replace((item) => item === 3, undefined);
    expect(list.shown.items).toEqual([1, 20]);
  });
});

describe('what has changed of a list', () => {
  const shown = (change: Partial<Shown<object>>): Shown<object> => ({ ...nothingYet(), ...change });
  const rows = [{ id: 1 }, { id: 2 }, { id: 3 }];

  it('is the new rows alone when it grew, and the details that differ', () => {
    const before = shown({ items: rows.slice(0, 2), state: 'ready', loadingMore: true });
    expect(changesOf(before, shown({ items: rows, state: 'ready', more: true }))).toEqual({
      'list.items[2]': rows[2],
      'list.more': true,
      'list.loadingMore': false,
    });
    expect(changesOf(before, before)).toEqual({});
  });

  it('is the whole when a row was changed, taken out, or when it is another list', () => {
    for (const after of [[], [{ id: 1 }, rows[1] as object], rows.slice(1), [...rows].reverse()]) {
      const before = shown({ items: rows });
      expect(changesOf(before, shown({ items: after }))).toEqual({ 'list.items': after });
    }
  });
});
