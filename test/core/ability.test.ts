import { describe, expect, it } from 'vitest';
import { type Actor, abilityFor, allow, anonymous, inArea, may, own, scope, system } from '../../src/core/ability.ts';

const rules = [
  allow(['secretary'], ['publish'], 'wish', inArea),
  allow('anyone', ['withdraw'], 'wish', own('requester.id')),
];
const chen: Actor = {
  kind: 'person',
  id: 'chen',
  name: '陈建国',
  roles: [
    { role: 'secretary', area: '520201011001' },
    { role: 'secretary', area: '520201011002' },
  ],
  areas: [],
  channel: 'api',
};
const wishIn = (...areas: string[]) => ({ areas, requester: { id: 'wang' } });

describe('abilities', () => {
  it('hold within the area of the grant and everything below it', () => {
    const ability = abilityFor(chen, rules);
    expect(may(ability, 'publish', 'wish', wishIn('5202', '520201011001', '520201011001G01'))).toBe(true);
    expect(may(ability, 'publish', 'wish', wishIn('5202', '520201011003'))).toBe(false);
    expect(may(ability, 'claim', 'wish', wishIn('520201011001'))).toBe(false);
  });

  it('hold for one’s own things', () => {
    const wang: Actor = { ...chen, id: 'wang', roles: [] };
    expect(may(abilityFor(wang, rules), 'withdraw', 'wish', wishIn('520201011003'))).toBe(true);
    expect(may(abilityFor(chen, rules), 'withdraw', 'wish', wishIn('520201011003'))).toBe(false);
  });

  it('give nothing to strangers, and nothing by rule to the house itself', () => {
    for (const actor of [anonymous, system()]) {
      expect(may(abilityFor(actor, rules), 'withdraw', 'wish', { ...wishIn('x'), requester: { id: actor.id } })).toBe(
        false,
      );
    }
  });

  it('become a MongoDB filter, or none at all', () => {
    expect(scope(abilityFor(chen, rules), 'publish', 'wish')).toEqual({
      $or: expect.arrayContaining([{ areas: '520201011001' }, { areas: '520201011002' }]),
    });
    expect(scope(abilityFor(chen, rules), 'claim', 'wish')).toBeUndefined();
  });
});
