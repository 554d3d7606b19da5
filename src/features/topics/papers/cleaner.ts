import { withoutPersonal } from '../../../core/personal.ts';
import { replaceSeen } from '../../../core/seen.ts';
import { looseNumbers, namesOf, spokenOf } from '../../../core/strangers.ts';
import type { TopicDoc } from '../model.ts';
import { PUBLIC_WORDS as WORDS } from './messages.ts';

/** A household may go by a number, which is nobody's name. */
const NAME = /^\p{Script=Han}{2,}|\p{L}{3,}/u;

/**
 * Takes out of words the numbers that say who somebody is, and the names of all who had to do with the topic.
 * @param more names of those who took part otherwise
 */
export function cleanerOf(
  { proposer, facilitator, mergedFrom = [], objections = [], items = [], history }: TopicDoc,
  more: readonly string[] = [],
): (words: string) => string {
  const people = [
    proposer,
    facilitator,
    ...mergedFrom.map((one) => one.proposer),
    ...objections.flatMap(({ by, answer }) => [by, answer?.by]),
    // Also whoever was to do it before: the words were written while it was theirs.
    ...items.flatMap(({ owner, changes = [] }) => [owner, ...changes.map((one) => one.owner)]),
    ...history.filter(({ by }) => by.id !== 'system').map(({ by }) => by),
  ];
  const known = people.flatMap((one) => (one ? [one.name] : []));
  const names = [...new Set([...known, ...more.filter((name) => NAME.test(name))])];
  return (words) =>
    replaceSeen(
      withoutPersonal(replaceSeen(words, ...namesOf(names, WORDS.someone)), WORDS.number),
      ...looseNumbers(WORDS.number),
      spokenOf(WORDS.someone),
    );
}
