/** Compares what a test saw with what it expects: results, errors, events. */
import { difference } from './match.ts';

type Fields = { [name: string]: unknown };

/** Throws the reason when there is one. */
export function fail(reason: string | undefined): void {
  if (reason !== undefined) throw new Error(reason);
}

/** Results are instances with getters; the format compares plain fields. */
export function plainResult(result: unknown): unknown {
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return result;
  const plain: Fields = {};
  for (const name in result) plain[name] = entriesOf((result as Fields)[name]);
  return plain;
}

/** Maps as documents, without the mark the driver adds to each of a bulk write's results. */
function entriesOf(value: unknown): unknown {
  if (!(value instanceof Map)) return value;
  const entries = [...value].map(([key, entry]: [unknown, unknown]) => {
    if (!(entry instanceof Object) || !('didUpsert' in entry)) return [key, entry];
    const { didUpsert: _, ...rest } = entry;
    return [key, rest];
  });
  return Object.fromEntries(entries) as Fields;
}

/** Compares an error with what the format says of it. */
export function compareError(expected: Fields, error: Fields & Error): void {
  const isServerError = 'errorResponse' in error || 'code' in error;
  if (expected.isClientError === true && isServerError)
    throw new Error(`a server error, not the driver's: ${error.message}`);
  if (expected.isClientError === false && !isServerError)
    throw new Error(`the driver's error, not a server's: ${error.message}`);
  // A client bulk write that failed as a whole tells why in its cause.
  const code = error.code ?? (error.cause as Fields | undefined)?.code;
  if (expected.errorCode !== undefined && code !== expected.errorCode) {
    throw new Error(`error code ${String(code)}, not ${String(expected.errorCode)}: ${error.message}`);
  }
  const labels = (error.errorLabels ?? []) as unknown[];
  for (const label of (expected.errorLabelsContain ?? []) as unknown[])
    if (!labels.includes(label)) throw new Error(`the error lacks the label ${String(label)}`);
  for (const label of (expected.errorLabelsOmit ?? []) as unknown[])
    if (labels.includes(label)) throw new Error(`the error has the label ${String(label)}`);
  if (
    typeof expected.errorContains === 'string' &&
    !error.message.toLowerCase().includes(expected.errorContains.toLowerCase())
  ) {
    throw new Error(`error says "${error.message}", which lacks "${expected.errorContains}"`);
  }
  if (expected.errorResponse !== undefined)
    fail(difference(expected.errorResponse, error.errorResponse ?? error, 'errorResponse'));
  if (expected.expectResult !== undefined) {
    fail(
      difference(
        expected.expectResult,
        plainResult(error.partialResult ?? error.result),
        'result of the failed operation',
      ),
    );
  }
  const writeErrors = entriesOf(error.writeErrors) as Fields | undefined;
  for (const [index, wanted] of Object.entries((expected.writeErrors ?? {}) as Fields)) {
    fail(difference(wanted, writeErrors?.[index], `writeErrors.${index}`));
  }
}

/** Compares the commands a client was seen to send with those expected. */
export function compareEvents(expected: Fields[], seen: Fields[], ignoreExtra: boolean): void {
  if (seen.length < expected.length || (!ignoreExtra && seen.length > expected.length)) {
    const names = seen.map((one) => Object.keys(one)[0]).join(', ');
    throw new Error(`${seen.length} events (${names}), not ${expected.length}`);
  }
  expected.forEach((event, i) => {
    for (const [kind, fields] of Object.entries(event)) {
      const actual = seen[i]?.[kind] as Fields | undefined;
      if (actual === undefined) throw new Error(`event ${i} is not ${kind}`);
      const { command, reply, ...others } = fields as Fields;
      fail(difference(others, actual, `event ${i}`));
      if (command !== undefined) fail(difference(command, actual.command, `event ${i} command`));
      if (reply !== undefined) fail(difference(reply, actual.reply, `event ${i} reply`));
    }
  });
}
