import { namedError } from '../../core/errors.ts';

export const badCalendar = namedError(
  'bad_calendar',
  422,
  (problems: readonly string[]) => `放假安排没有通过检查：${problems.slice(0, 5).join('；')}。`,
);
