import { z } from 'zod';
import type { House } from './house.ts';
import { called } from './input.ts';
import type { Aggregate } from './moves.ts';
import { openWords } from './sealed-words.ts';
import { onOneLine } from './written.ts';

/** What is shown of somebody for a reason, after it was written down who looked. */

export const unmaskInput = z.object({
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
