import { HaolinError, namedError } from '../core/errors.ts';
import { sentences } from './messages.ts';

export const malformed = namedError('malformed_request', 400, (sentence: string) => sentence);
export const unsupportedType = namedError('unsupported_type', 415, (sentence: string) => sentence);
export const tooLarge = namedError('too_large', 413, (limitBytes: number) => sentences.tooLarge(readable(limitBytes)));
export const sessionExpired = namedError('session_expired', 401, () => sentences.sessionExpired);
export const notRegistered = namedError('not_registered', 404, () => sentences.notRegistered);
export const nowhere = namedError('not_found', 404, () => sentences.nowhere);
export const methodNotAllowed = namedError('method_not_allowed', 405, () => sentences.methodNotAllowed);
export const internal = namedError('internal', 500, () => sentences.internal);

export const unavailable = (cause?: unknown): HaolinError =>
  new HaolinError('unavailable', 503, sentences.unavailable, { retryAfterSeconds: 5, cause });

export const requestInProgress = (retryAfterSeconds: number): HaolinError =>
  new HaolinError('request_in_progress', 409, sentences.inProgress, { retryAfterSeconds });

/** Nobody is left to answer: the client went away. For the log alone, as nginx writes it. */
export const CLIENT_GONE = 'client_gone';
export const clientGone = namedError(CLIENT_GONE, 499, () => '');

function readable(bytes: number): string {
  if (bytes >= 1_048_576) return `${Math.floor(bytes / 1_048_576)} MB`;
  return bytes >= 1_024 ? `${Math.floor(bytes / 1_024)} KB` : `${bytes} B`;
}
