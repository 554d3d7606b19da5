/** A rule pack in which something that happens is a duty: nothing is, until an admin says so. */
export const FIRES = {
  code: 'fires',
  version: 1,
  title: '到场',
  source: '测试',
  verified: true,
  effectiveFrom: '2026-01-01',
  items: [{ code: 'come', title: '火情到场', kind: 'arrive', rule: { on: 'fire', within: { hours: 24 } } }],
};
