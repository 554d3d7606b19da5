import { namedError } from '../../core/errors.ts';

export const listVersion = namedError(
  'list_version',
  409,
  (next: number) => `这份清单已经有人改过了，新的应该是第${next}版。请刷新以后再改。`,
);
