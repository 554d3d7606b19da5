import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { apiTypes } from '../../scripts/api-types.ts';
import { lifecyclesPage } from '../../scripts/docs.ts';

it('the diagrams in docs/ are those of the tables (npm run docs makes them anew)', () => {
  const kept = readFileSync(new URL('../../docs/lifecycles.md', import.meta.url), 'utf8');
  expect(kept).toBe(lifecyclesPage());
  expect(kept).toContain('submitted --> published: publish');
});

it('the mini-program knows the API as it is (npm run docs makes its types anew)', async () => {
  const kept = readFileSync(new URL('../../miniprogram/api/operations.d.ts', import.meta.url), 'utf8');
  expect(kept).toBe(await apiTypes());
  expect(kept).toContain('getWishesById: {');
});
