import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { apiSources } from '../../scripts/api-types.ts';
import { lifecyclesPage } from '../../scripts/docs.ts';

it('the diagrams in docs/ are those of the tables (npm run docs makes them anew)', () => {
  const kept = readFileSync(new URL('../../docs/lifecycles.md', import.meta.url), 'utf8');
  expect(kept).toBe(lifecyclesPage());
  expect(kept).toContain('submitted --> published: publish');
});

it('the mini-program knows the API as it is (npm run docs makes its types anew)', async () => {
  const kept = (name: string) => readFileSync(new URL(`../../miniprogram/api/${name}`, import.meta.url), 'utf8');
  const { types, routes } = await apiSources();
  expect(kept('operations.d.ts')).toBe(types);
  expect(kept('routes.ts')).toBe(routes);
  expect(types).toContain('getWishesById: {');
  expect(routes).toContain("getWishesById: ['GET', '/api/v1/wishes/{id}']");
});
