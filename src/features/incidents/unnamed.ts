import { maskPersonal } from '../../core/personal.ts';
import { replaceSeen } from '../../core/seen.ts';
import { namesOf } from '../../core/strangers.ts';
import { REPORT_WORDS } from './messages.ts';
import type { IncidentDoc } from './model.ts';

/** A text for those who need not know who is behind it: no number in it, and none of the reporters' names. Pure. */
export function unnamed({ reporters }: Pick<IncidentDoc, 'reporters'>, text: string): string {
  const names = reporters.flatMap(({ name, proxyFor }) => [name, ...(proxyFor ? [proxyFor.name] : [])]);
  return replaceSeen(maskPersonal(text), ...namesOf([...new Set(names)], REPORT_WORDS.someone));
}
