import { expect, test, vi } from 'vitest';
import { breather } from '../../src/core/breath.ts';

test('what takes long lets others go first every so often, what is short is not held up', async () => {
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
  try {
    const breathe = breather(20);
    let others = 0;
    const other = () => {
      others += 1;
    };
    for (let step = 0; step < 100; step += 1) {
      now += 1;
      setImmediate(other);
      const pause = breathe();
      if (step % 20 === 19) expect(pause).toBeInstanceOf(Promise);
      else expect(pause).toBeUndefined();
      await pause;
      // Whatever was waiting at the time has had its turn.
      expect(others).toBe(step - (step % 20) + (step % 20 === 19 ? 20 : 0));
    }
  } finally {
    clock.mockRestore();
  }
});
