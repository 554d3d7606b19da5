import type { Answer } from '../../api/ask';
import { ask } from '../../api/session';
import { type Draft, draftsOf, openDraft } from '../../logic/drafts';
import { sender } from '../../logic/forms';
import { blank, bodyOf, type LogForm } from './log-form';

const FORM = 'visit:';
const MOST = 50;

export type LogDraft = Draft<LogForm>;
export const sendLog = (form: LogForm, key: string): Promise<Answer<'postVisits'>> =>
  ask('postVisits', { body: bodyOf(form), key });

const all = (person: string, day: string) => draftsOf(person, FORM).map((form) => openDraft(form, person, blank(day)));

/** What went out without an answer: it waits on the phone until there is a network. */
const waiting = (person: string, day: string): LogDraft[] =>
  all(person, day).filter(({ underWay }) => underWay.length > 0);

/** The draft to write in: the one begun before, else a new one beside those that wait. */
export function draftToWrite(person: string, day: string): LogDraft {
  const begun = draftsOf(person, FORM);
  const open = begun.find((form) => openDraft(form, person, blank(day)).underWay.length === 0);
  const free = Array.from({ length: MOST }, (_, nth) => `${FORM}${nth}`).find((form) => !begun.includes(form));
  return openDraft(open ?? free ?? `${FORM}0`, person, blank(day));
}

/** How many wait. */
export const countUnsent = (person: string, day: string): number => waiting(person, day).length;

/** Sends those that wait, each once. @returns how many arrived */
export async function sendUnsent(person: string, day: string): Promise<number> {
  let sent = 0;
  for (const draft of waiting(person, day)) if (await sender(draft, sendLog, () => undefined)()) sent += 1;
  return sent;
}
