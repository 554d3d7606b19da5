import { expect, it } from 'vitest';
import { buttonsFor } from '../../../miniprogram/logic/moves';
import { areasOf, helpingAreas, homeCommunity, isStaff, titleOf } from '../../../miniprogram/logic/people';
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
  expect([isStaff(me), titleOf(me), helpingAreas(me)]).toEqual([true, '社区工作者', ['520201011001']]);
  // Whoever helps nowhere by their work helps at home; a supervisor has no home here.
  const resident = { ...me, roles: [{ role: 'resident' as const, area: '520201011001G01' }] };
  expect(helpingAreas(resident)).toEqual(['520201011001']);
  expect(helpingAreas({ ...me, roles: [], areas: ['5202'] })).toEqual([]);
});
