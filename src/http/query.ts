import { malformed } from './errors.ts';
import { refuseHazards } from './hazards.ts';
import { sentences } from './messages.ts';

/**
 * A query string as an object; a name given more than once becomes a list.
 * @throws HaolinError malformed_request
 */
export function readQuery(text: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null);
  if (text === '') return query;
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = formText(at === -1 ? pair : pair.slice(0, at));
    const value = at === -1 ? '' : formText(pair.slice(at + 1));
    const before = query[name];
    if (before === undefined) query[name] = value;
    else if (Array.isArray(before)) before.push(value);
    else query[name] = [before, value];
  }
  refuseHazards(query);
  return query;
}

/** Resolves percent-encoding. @throws HaolinError malformed_request */
export function decodePercent(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw malformed(sentences.badAddress);
  }
}

function formText(text: string): string {
  return decodePercent(text.includes('+') ? text.replaceAll('+', ' ') : text);
}
