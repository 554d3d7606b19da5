import { maskPersonal } from '../../core/personal.ts';
import { replaceSeen } from '../../core/seen.ts';
import { namesOf } from '../../core/strangers.ts';
import { REPORT_WORDS } from './messages.ts';
import type { IncidentDoc } from './model.ts';

type Told = Pick<IncidentDoc, 'reporters'> & Partial<Pick<IncidentDoc, 'history'>>;

/** A text for those who need not know who is behind it: no number in it, and none of the reporters' names. Pure. */
export function unnamed({ reporters, history = [] }: Told, text: string): string {
  const names = reporters.flatMap(({ name, proxyFor }) => [name, ...(proxyFor ? [proxyFor.name] : [])]);
  // Those whose report was merged into this one may judge it, too.
  const judges = history.flatMap(({ move, by }) => (move === 'confirm' ? [by.name] : []));
  return replaceSeen(maskPersonal(text), ...namesOf([...new Set([...names, ...judges])], REPORT_WORDS.someone));
}
