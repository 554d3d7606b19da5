import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { LONGEST_TEXT, normalise } from '../../core/text.ts';
import { postTo, type Service } from './outside.ts';

/** People wait for it, and a minute of speech takes a while. */
const TIMEOUT_MS = 15_000;
/** A tone or a stray mark is nothing anybody said. */
const SAID = /\p{L}|\p{N}/u;

const transcription = z.object({ text: z.string() });

/** Writes down what was said in a sound file, with a service that speaks OpenAI's `/audio/transcriptions`. */
export function transcriber(service: Service, timeoutMs = TIMEOUT_MS): (path: string) => Promise<string | undefined> {
  return async (path) => {
    const form = new FormData();
    form.set('file', await openAsBlob(path), basename(path));
    form.set('model', service.model);
    form.set('language', 'zh');
    form.set('response_format', 'json');
    const { text } = transcription.parse(await postTo(service, '/audio/transcriptions', form, timeoutMs));
    const words = text.trim();
    // Longer than a message may be it cannot be what one person said in a voice message.
    return words.length <= LONGEST_TEXT && SAID.test(normalise(words)) ? words : undefined;
  };
}
