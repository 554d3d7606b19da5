import { expect, test } from 'vitest';
import { openVault } from '../../../../src/core/vault.ts';
import { type Meant, sentinelsByPhone } from '../../../../src/features/people/import/plan.ts';

const house = { vault: openVault(Buffer.alloc(32, 7)) };
const nobodyKnown = { byPhone: () => [] };

/** A register of so many rows, each with a sentinel among the workers it brings itself, and how often its rows are looked at. */
function registerOf(rows: number): { meant: Meant[]; looks: () => number } {
  let looks = 0;
  const meant = Array.from({ length: rows }, (_, n): Meant => {
    const row = {
      line: n + 2,
      name: '甲',
      area: '990001001001G01',
      phone: `154${String(n).padStart(8, '0')}`,
      sentinel: `154${String((n * 7) % rows).padStart(8, '0')}`,
      roles: [{ role: 'worker' as const, area: '990001001001' }],
    };
    return {
      id: `id-${n}`,
      before: undefined,
      get row() {
        looks += 1;
        return row;
      },
    };
  });
  return { meant, looks: () => looks };
}

test('whoever is somebody’s sentinel is found by telephone, looking at every row a few times however many there are', async () => {
  for (const rows of [10, 1_000]) {
    const { meant, looks } = registerOf(rows);
    const found = await sentinelsByPhone(house, meant, nobodyKnown);
    expect(looks()).toBeLessThanOrEqual(3 * rows);
    for (const { row } of meant) {
      expect([...(found.get(row.sentinel ?? '') ?? [])]).toEqual([`id-${Number(row.sentinel?.slice(3))}`]);
    }
  }
});

test('two workers with one telephone are both named, others with it are not', async () => {
  const { meant } = registerOf(1);
  const [worker] = meant;
  if (!worker) throw new Error('no row');
  const other = { ...worker, id: 'second', row: { ...worker.row, name: '乙' } };
  const resident = { ...worker, id: 'third', row: { ...worker.row, name: '丙', roles: [] } };
  const found = await sentinelsByPhone(house, [worker, other, resident], nobodyKnown);
  expect(found.get(worker.row.sentinel ?? '')).toEqual(new Set(['id-0', 'second']));
});
