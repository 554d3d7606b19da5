import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Trouble } from '../../../miniprogram/api/trouble';
import { presses } from '../../../miniprogram/logic/presses';

const ENDS = ['done', 'refused', 'lost'] as const;
type End = (typeof ENDS)[number];
const TROUBLES = {
  refused: new Trouble('group_full', 409, '小组满了'),
  lost: new Trouble('offline', 0, '断了'),
};

/** The keys that presses of these buttons go under. */
async function keysOf(pressed: readonly { name: string; end: End }[]): Promise<string[]> {
  const keys: string[] = [];
  const press = presses();
  for (const { name, end } of pressed) {
    await press(name, async (key) => {
      keys.push(key);
      if (end !== 'done') throw TROUBLES[end];
    }).catch(() => undefined);
  }
  return keys;
}

describe('a press that needs no form', () => {
  it('repeats the last under its key when that was lost, and is a request of its own otherwise', async () => {
    const press = fc.record({ name: fc.constantFrom('join', 'leave'), end: fc.constantFrom(...ENDS) });
    await fc.assert(
      fc.asyncProperty(fc.array(press, { maxLength: 8 }), async (pressed) => {
        const keys = await keysOf(pressed);
        for (const [at, key] of keys.entries()) {
          const last = pressed[at - 1];
          const repeats = last?.end === 'lost' && last.name === pressed[at]?.name;
          expect(key === keys[at - 1]).toBe(repeats);
          if (!repeats) expect(keys.slice(0, at)).not.toContain(key);
        }
      }),
    );
  });
});
