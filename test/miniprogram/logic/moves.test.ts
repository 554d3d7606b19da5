import { expect, it } from 'vitest';
import { buttonsFor } from '../../../miniprogram/logic/moves';
import { areasOf, homeCommunity, isStaff, titleOf, works } from '../../../miniprogram/logic/people';
import { WISH_MOVES } from '../../../src/features/wishes/index.ts';

it('has a button for every move people make, and shows exactly those the document allows', () => {
  const all = Object.keys(WISH_MOVES);
  expect(
    buttonsFor(all)
      .map(({ move }) => move)
      .sort(),
  ).toEqual(all.sort());
  expect(buttonsFor(['claim', 'someday']).map(({ move }) => move)).toEqual(['claim']);
  expect(buttonsFor([])).toEqual([]);
});

it('knows people by their roles', () => {
  const me = {
    id: '1',
    name: '李敏',
    roles: [
      { role: 'worker' as const, area: '520201011001' },
      { role: 'worker' as const, area: '520201011001G01' },
      { role: 'resident' as const, area: '520201011001' },
    ],
    areas: ['5202', '520201', '520201011', '520201011001', '520201011001G01'],
  };
  expect(areasOf(me, ['worker'])).toEqual(['520201011001']);
  expect(homeCommunity(me)).toBe('520201011001');
  expect([isStaff(me), works(me), titleOf(me)]).toEqual([true, true, '社区工作者']);
  expect(works({ ...me, roles: [{ role: 'resident', area: '520201011001' }] })).toBe(false);
});
