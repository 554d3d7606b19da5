import { beforeEach, describe, expect, it } from 'vitest';
import { Trouble } from '../../../miniprogram/api/trouble';
import { forgetOldDrafts, openDraft } from '../../../miniprogram/logic/drafts';
import { type FormState, sender } from '../../../miniprogram/logic/forms';
import { freshPhone } from '../phone';

beforeEach(() => void freshPhone());

describe('a draft', () => {
  it('is there again after the page was closed, under the same key, for the same person only', () => {
    const draft = openDraft('wish', 'granny', { text: '' });
    draft.save({ text: '想要' });
    const again = openDraft('wish', 'granny', { text: '' });
    expect([again.value, again.key]).toEqual([{ text: '想要' }, draft.key]);
    const hers = openDraft('wish', 'neighbour', { text: '' });
    expect(hers.value).toEqual({ text: '' });
    hers.save({ text: '别的' });
    expect(openDraft('wish', 'granny', { text: '' }).value).toEqual({ text: '想要' });
  });

  it('is given up after a fortnight', () => {
    const draft = openDraft('wish', 'granny', { text: '' });
    draft.save({ text: '想要' });
    const days = (count: number) => new Date(Date.now() + count * 24 * 3_600_000);
    forgetOldDrafts(days(13));
    expect(openDraft('wish', 'granny', { text: '' }).value).toEqual({ text: '想要' });
    forgetOldDrafts(days(15));
    expect(openDraft('wish', 'granny', { text: '' }).value).toEqual({ text: '' });
  });

  it('is gone once it was sent, and the next has another key', () => {
    const draft = openDraft('wish', 'granny', { text: '' });
    const { key } = draft;
    draft.save({ text: '想要' });
    draft.clear();
    expect(openDraft('wish', 'granny', { text: '' }).value).toEqual({ text: '' });
    expect(draft.key).not.toBe(key);
  });
});

describe('sending a form', () => {
  const states: FormState[] = [];
  const show = (state: FormState) => void states.push(state);
  beforeEach(() => {
    states.length = 0;
  });

  it('goes out once for two taps', async () => {
    const draft = openDraft('f', 'me', 'x');
    let release = (_: string) => {};
    let sent = 0;
    const send = sender(
      draft,
      () => {
        sent += 1;
        return new Promise<string>((resolve) => {
          release = resolve;
        });
      },
      show,
    );
    const first = send();
    const second = send();
    release('done');
    expect([await first, await second, sent]).toEqual(['done', undefined, 1]);
    expect(states.map(({ sending }) => sending)).toEqual([true, false]);
  });

  it('keeps its key when the answer was lost, so that the second try repeats and does not double', async () => {
    const draft = openDraft('f', 'me', 'x');
    const keys: string[] = [];
    let away = true;
    const send = sender(
      draft,
      async (_value, key) => {
        keys.push(key);
        if (away) throw new Trouble('offline', 0, '断了');
        return 'done';
      },
      show,
    );
    expect(await send()).toBeUndefined();
    expect(states.at(-1)).toMatchObject({ sending: false, trouble: '断了' });
    away = false;
    expect(await send()).toBe('done');
    expect(keys[0]).toBe(keys[1]);
  });

  it('takes a new key after a refusal: the corrected form is another request', async () => {
    const draft = openDraft('f', 'me', 'x');
    const keys: string[] = [];
    const send = sender(
      draft,
      async (_value, key) => {
        keys.push(key);
        throw new Trouble('invalid_input', 400, '太短', { text: '太短' });
      },
      show,
    );
    await send();
    await send();
    expect(keys[0]).not.toBe(keys[1]);
    expect(states.at(-1)?.fields).toEqual({ text: '太短' });
  });

  /** A house that does the same request once, and loses the answers asked of it. */
  function house(lost: number) {
    const done = new Map<string, string>();
    let asked = 0;
    const send = async (value: string, key: string) => {
      asked += 1;
      const before = done.get(key);
      if (before !== undefined && before !== value) throw new Trouble('idempotency_key_reused', 422, '用过了');
      done.set(key, value);
      if (asked <= lost) throw new Trouble('offline', 0, '断了');
      return value;
    };
    return { done, send };
  }

  it('does nothing twice when it is changed after its answer got lost', async () => {
    const draft = openDraft('f', 'me', '');
    const { done, send } = house(3);
    const press = sender(draft, send, show);
    draft.save('电饭煲');
    expect(await press()).toBeUndefined();
    // The page was closed in between.
    const again = openDraft('f', 'me', '');
    again.save('小电饭煲');
    const pressAgain = sender(again, send, show);
    expect(await pressAgain()).toBeUndefined();
    expect(await pressAgain()).toBe('电饭煲');
    expect(states.at(-1)).toEqual({ sending: false, sent: true, trouble: '', fields: {}, earlier: true });
    expect([...done.values()]).toEqual(['电饭煲']);
  });

  it('sends the changed form when the first never arrived', async () => {
    const draft = openDraft('f', 'me', '');
    const { done, send } = house(0);
    let away = true;
    const press = sender(
      draft,
      async (value, key) => {
        if (away) throw new Trouble('offline', 0, '断了');
        return send(value, key);
      },
      show,
    );
    draft.save('电饭煲');
    await press();
    away = false;
    draft.save('小电饭煲');
    expect(await press()).toBe('小电饭煲');
    expect(states.at(-1)?.earlier).toBe(false);
    expect([...done.values()]).toEqual(['小电饭煲']);
  });
});
