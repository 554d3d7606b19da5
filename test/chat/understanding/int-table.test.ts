import fc from 'fast-check';
import { expect, it } from 'vitest';
import { intTable, slotOf } from '../../../src/chat/understanding/int-table.ts';

it('knows the span of every key it was made of, and of no other', () => {
  const key = fc.oneof(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), fc.nat(40));
  fc.assert(
    fc.property(fc.uniqueArray(key, { maxLength: 300 }), fc.array(key, { maxLength: 60 }), (keys, others) => {
      const spans = new Map(keys.map((one, nth) => [one, [nth * 2, nth * 3]]));
      const table = intTable(keys.map((one, nth) => [one, nth * 2, nth * 3]));
      const spanOf = (one: number) => {
        const slot = slotOf(table, one);
        return slot === -1 ? undefined : [...table.slots.subarray(slot + 1, slot + 3)];
      };
      for (const one of [...keys, ...others]) expect(spanOf(one)).toEqual(spans.get(one));
    }),
  );
});
