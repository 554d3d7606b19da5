import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { lifecyclesPage } from '../../scripts/docs.ts';

it('the diagrams in docs/ are those of the tables (npm run docs makes them anew)', () => {
  const kept = readFileSync(new URL('../../docs/lifecycles.md', import.meta.url), 'utf8');
  expect(kept).toBe(lifecyclesPage());
  expect(kept).toContain('submitted --> published: publish');
});
