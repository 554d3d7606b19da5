import type { Answer } from '../../api/ask';
import { ask } from '../../api/session';
import { type Draft, draftsOf, openDraft } from '../../logic/drafts';
import { sender } from '../../logic/forms';
import { blank, bodyOf, type LogForm } from './log-form';

const FORM = 'visit:';
const MOST = 50;

export type LogDraft = Draft<LogForm>;
export const sendLog = (form: LogForm, key: string): Promise<Answer<'postVisits'>> =>
  ask('postVisits', { body: bodyOf({ ...blank(form.day), ...form }), key });

const all = (person: string, day: string) => draftsOf(person, FORM).map((form) => openDraft(form, person, blank(day)));

/** What went out without an answer: it waits on the phone until there is a network. */
const waiting = (person: string, day: string): LogDraft[] =>
  all(person, day).filter(({ underWay }) => underWay.length > 0);

/**
 * The draft to write in: one begun before that fits, else a new one beside those that wait.
 * @param fits whether what was begun is about the same; what was found at one door is not taken to the next
 */
export function draftToWrite(person: string, day: string, fits: (form: LogForm) => boolean = () => true): LogDraft {
  const taken = draftsOf(person, FORM);
  const begun = taken.map((form) => openDraft(form, person, blank(day)));
  const free = Array.from({ length: MOST }, (_, nth) => `${FORM}${nth}`).find((form) => !taken.includes(form));
  const open = begun.find(({ underWay, value }) => underWay.length === 0 && fits(value));
  return open ?? openDraft(free ?? `${FORM}0`, person, blank(day));
}

/** How many wait. */
export const countUnsent = (person: string, day: string): number => waiting(person, day).length;

/** What became of those that waited. */
export interface Sent {
  sent: number;
  /** Why the house did not take some: those are drafts again, to be put right. */
  refused: string[];
}

/** Sends those that wait, each once. */
export async function sendUnsent(person: string, day: string): Promise<Sent> {
  const result: Sent = { sent: 0, refused: [] };
  for (const draft of waiting(person, day)) {
    let trouble = '';
    const made = await sender(draft, sendLog, (state) => {
      trouble = state.trouble;
    })();
    if (made) result.sent += 1;
    else if (draft.underWay.length === 0) result.refused.push(trouble);
  }
  return result;
}

/** What is said of it; empty when there is nothing to say. */
export function sentWords({ sent, refused }: Sent): string {
  const arrived = sent > 0 ? `之前没发出去的${sent}条，刚才发好了。` : '';
  const [why] = refused;
  return why === undefined ? arrived : `${arrived}有${refused.length}条没有记上：${why}`;
}
