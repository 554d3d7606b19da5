import type { House } from '../../core/house.ts';
import type { VisitDoc } from './model.ts';
import { visitsOf } from './table.ts';

/** Whether somebody logged the same of the same day: as many households and the same people. */
export async function isLoggedAlready(
  house: House,
  by: string,
  { kind, day, persons, households }: Pick<VisitDoc, 'kind' | 'day' | 'persons' | 'households'>,
  besides = '',
): Promise<boolean> {
  const named = [...new Set(persons)];
  const found = await visitsOf(house).findOne(
    {
      _id: { $ne: besides },
      'by.id': by,
      day,
      kind,
      state: 'logged',
      households: Math.max(households, named.length),
      persons: { $size: named.length, ...(named.length > 0 && { $all: named }) },
    } as never,
    { projection: { _id: 1 } },
  );
  return found !== null;
}
