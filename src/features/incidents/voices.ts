import type { IncidentDoc } from './model.ts';

/**
 * Who is asked whether an incident is solved: each report has one voice, whoever of its authors speaks. Nobody judges their
 * own work, so that a report by those alone who have it in hand has none. Pure.
 */
interface Voice {
  id: string;
  authors: readonly string[];
}

type Judged = Pick<IncidentDoc, '_id' | 'authors' | 'handlers' | 'mergedFrom' | 'content'>;

const voicesOf = ({ _id, authors, handlers, mergedFrom = [] }: Judged): Voice[] =>
  [{ id: _id, authors }, ...mergedFrom].filter((voice) => voice.authors.some((author) => !handlers.includes(author)));

const said = ({ content = [] }: Judged, { authors }: Voice): boolean => content.some(({ by }) => authors.includes(by));

/** Those who have not said yet that it is. @param besides what this person is about to say counts as said */
export const unheardIn = (incident: Judged, besides?: string): Voice[] =>
  voicesOf(incident).filter(
    (voice) => !said(incident, voice) && !(besides !== undefined && voice.authors.includes(besides)),
  );

/** Whether this person has nothing more to say of it: theirs was heard already. */
export const isHeard = (incident: Judged, person: string): boolean => {
  const own = voicesOf(incident).filter(({ authors }) => authors.includes(person));
  return own.length > 0 && own.every((voice) => said(incident, voice));
};
