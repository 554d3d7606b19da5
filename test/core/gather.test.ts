import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { gather, gatherById, shared } from '../../src/core/gather.ts';

/** Answers when told to, and remembers what it was asked. */
function slowStore() {
  const asked: number[][] = [];
  const answer: (() => void)[] = [];
  return {
    asked,
    /** Lets the oldest round that is out come back. */
    answerOne: () => answer.shift()?.(),
    ask(keys: number[]) {
      asked.push(keys);
      return new Promise<string[]>((resolve) => answer.push(() => resolve(keys.map(String))));
    },
  };
}

describe('gather', () => {
  it('asks once for what is asked in one turn, and gives each their own answer', async () => {
    const asked: number[][] = [];
    const ask = gather(async (keys: number[]) => {
      asked.push(keys);
      return keys.map((key) => key * 10);
    });
    expect(await Promise.all([ask(1), ask(2), ask(1)])).toEqual([10, 20, 10]);
    expect(await ask(3)).toBe(30);
    expect(asked).toEqual([[1, 2, 1], [3]]);
  });

  it('keeps what comes while two rounds are out for the next, and never answers from a round that had left', async () => {
    const store = slowStore();
    const ask = gather(store.ask);
    const all = [ask(1)];
    await turn();
    all.push(ask(2));
    await turn();
    all.push(ask(1), ask(3));
    await turn();
    expect(store.asked).toEqual([[1], [2]]);
    store.answerOne();
    await all[0];
    await turn();
    await turn();
    expect(store.asked).toEqual([[1], [2], [1, 3]]);
    store.answerOne();
    store.answerOne();
    expect(await Promise.all(all)).toEqual(['1', '2', '1', '3']);
  });

  it('splits what is too much for one round', async () => {
    const sizes: number[] = [];
    const ask = gather(
      async (keys: number[]) => {
        sizes.push(keys.length);
        return keys;
      },
      { most: 10 },
    );
    const keys = Array.from({ length: 25 }, (_, at) => at);
    expect(await Promise.all(keys.map(ask))).toEqual(keys);
    expect(sizes).toEqual([10, 10, 5]);
  });

  it('tells everyone in a round of its failure, and asks afresh afterwards', async () => {
    let away = true;
    const ask = gather(async (keys: number[]) => {
      if (away) throw new Error('away');
      return keys;
    });
    const both = await Promise.allSettled([ask(1), ask(2)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    away = false;
    expect(await ask(1)).toBe(1);
  });
});

describe('gatherById', () => {
  it('looks each id up once and hands out what there is', async () => {
    const asked: string[][] = [];
    const read = gatherById(async (ids) => {
      asked.push(ids);
      return ids.filter((id) => id !== 'nobody').map((id) => ({ _id: id }));
    });
    const found = await Promise.all(['b', 'a', 'nobody', 'b'].map(read));
    expect(found.map((one) => one?._id)).toEqual(['b', 'a', undefined, 'b']);
    expect(asked).toEqual([['b', 'a', 'nobody']]);
  });
});

describe('shared', () => {
  /** Answers with how often it was asked, when told to. */
  function slowCount() {
    const asked: string[] = [];
    const back: ((failed?: Error) => void)[] = [];
    const ask = (name: string) => {
      asked.push(name);
      const answer = `${name}${asked.length}`;
      return new Promise<string>((resolve, reject) =>
        back.push((failed) => (failed ? reject(failed) : resolve(answer))),
      );
    };
    return { asked, back, ask: shared(ask, (name) => name) };
  }

  it('asks once for those of one turn, and separately for what is not the same', async () => {
    const { asked, back, ask } = slowCount();
    const all = [ask('a'), ask('a'), ask('b')];
    await turn();
    await turn();
    expect(asked).toEqual(['a', 'b']);
    for (const answer of back) answer();
    expect(await Promise.all(all)).toEqual(['a1', 'a1', 'b2']);
  });

  it('never answers with what had left before the question came: latecomers share the next', async () => {
    const { asked, back, ask } = slowCount();
    const early = ask('a');
    await turn();
    await turn();
    const late = [ask('a'), ask('a')];
    await turn();
    expect(asked).toEqual(['a']);
    back.shift()?.();
    expect(await early).toBe('a1');
    await turn();
    expect(asked).toEqual(['a', 'a']);
    back.shift()?.();
    expect(await Promise.all(late)).toEqual(['a2', 'a2']);
  });

  it('tells those who shared it of a failure, and not those who only waited for it', async () => {
    const { back, ask } = slowCount();
    const early = Promise.allSettled([ask('a'), ask('a')]);
    await turn();
    await turn();
    const late = ask('a');
    back.shift()?.(new Error('away'));
    expect((await early).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await turn();
    await turn();
    back.shift()?.();
    expect(await late).toBe('a2');
  });
});
