import { z } from 'zod';
import { type Caller, callerOf } from './caller.ts';
import { type Route, route } from './feature.ts';
import type { House } from './house.ts';
import { called } from './input.ts';
import type { Aggregate } from './moves.ts';
import type { Reads } from './reads.ts';
import { openWords } from './sealed-words.ts';
import { onOneLine } from './written.ts';

/** What is shown of somebody for a reason, after it was written down who looked. */

/** More looks than anybody's work needs in an hour. */
const MOST_LOOKS = { points: 60, seconds: 3_600 };

const unmaskInput = z.object({
  why: called('为什么要看', z.string().overwrite(onOneLine).max(200))
    .optional()
    .describe('为什么要看，例如：上门前电话联系'),
});

export const words = z
  .array(z.object({ by: z.string(), at: z.iso.datetime(), text: z.string() }))
  .describe('里面有号码的原话，先后排列');

/**
 * What was written on a document with numbers in it, whole. Only for whom it is written down that they look.
 * @throws HaolinError sealed_unreadable
 */
export const wordsOf = (
  { vault }: Pick<House, 'vault'>,
  name: string,
  doc: Pick<Aggregate, '_id' | 'history' | 'sealedWords'>,
): z.output<typeof words> =>
  openWords(vault, name, doc).map(({ text, entry: { by, at } }) => ({ by: by.name, at: at.toISOString(), text }));

/** Who wrote what `wordsOf` shows, each once: known before anything is opened, for the line that comes first. */
export function writersOf({ history, sealedWords = [] }: Pick<Aggregate, 'history' | 'sealedWords'>): string[] {
  const versions = new Set(sealedWords.map(({ version }) => version));
  return [...new Set(history.filter(({ version }) => versions.has(version)).map(({ by }) => by.id))];
}

/** The route by which numbers behind a document are shown; the answer is never kept. @param path of the documents, `/wishes` */
export const unmaskRoute = <V>(given: {
  path: string;
  tag: string;
  summary: string;
  params: Reads<{ id: string }>;
  response: Reads<V>;
  unmask(house: House, caller: Caller, id: string, why?: string): Promise<V>;
}): Route =>
  route({
    method: 'post',
    path: `${given.path}/{id}/unmask`,
    summary: given.summary,
    tag: given.tag,
    params: given.params,
    body: unmaskInput,
    response: given.response,
    keep: false,
    limit: MOST_LOOKS,
    handle: (request, house) => given.unmask(house, callerOf(request, house), request.params.id, request.body.why),
  });
