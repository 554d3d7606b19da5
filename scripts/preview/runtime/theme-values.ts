import { phone } from './phone.ts';
import { theme } from './settings.ts';

/** A value of a JSON file; `@name` stands for what `theme.json` says for the screen as it is now. */
export function themed(value: string | undefined): string | undefined {
  if (!value?.startsWith('@')) return value;
  return phone.facts.theme[theme.value]?.[value.slice(1)];
}
