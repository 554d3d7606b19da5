import fc from 'fast-check';
import { expect, it } from 'vitest';
import { intTable, rowIn } from '../../../src/chat/understanding/int-table.ts';

it('knows the row of every key it was made of, and of no other', () => {
  const key = fc.oneof(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), fc.nat(40));
  fc.assert(
    fc.property(fc.uniqueArray(key, { maxLength: 300 }), fc.array(key, { maxLength: 60 }), (keys, others) => {
      const rows = new Map<string | number, number>(keys.map((one, row) => [one, row]));
      const table = intTable(rows);
      for (const one of [...keys, ...others]) expect(rowIn(table, one)).toBe(rows.get(one));
    }),
  );
});
