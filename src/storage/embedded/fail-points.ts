/**
 * mongod's test switch: commands that fail when they are told to, so that tests see how a client takes it. Only a store
 * opened for such tests has it.
 */
import { firstName } from './raw.ts';
import { errorReply, okReply } from './reply.ts';
import type { Client, Handler } from './server.ts';
import { type Document, decode, encode } from './values/bson.ts';
import { CommandError } from './values/errors.ts';
import { asNumber } from './values/numbers.ts';
import { isDocument } from './values/types.ts';
import { MalformedFrame, type Request } from './wire.ts';

type Answer = (document: readonly Uint8Array[]) => void;

/** What is to go wrong, and how often still. */
interface FailPoint {
  readonly commands: ReadonlySet<unknown>;
  readonly data: Document;
  skip: number;
  times: number;
}

/** Hands requests on, but for those that are to fail. */
export class FailPoints implements Handler {
  readonly #inner: Handler;
  #point: FailPoint | undefined;
  #noTime = false;

  constructor(inner: Handler) {
    this.#inner = inner;
  }

  handle(request: Request, client: Client, answer: Answer): void {
    const name = firstName(request.body);
    if (name === 'configureFailPoint') {
      answer([this.#configure(decode(request.body))]);
      return;
    }
    if (name === 'getParameter') {
      this.#inner.handle(request, client, (pieces) => answer([withTestCommands(decode(Buffer.concat(pieces)))]));
      return;
    }
    if (this.#noTime && decode(request.body).maxTimeMS !== undefined) {
      answer([errorReply(new CommandError(50, 'MaxTimeMSExpired', 'operation exceeded time limit'))]);
      return;
    }
    const data = this.#due(name);
    if (data === undefined) {
      this.#inner.handle(request, client, answer);
      return;
    }
    if (data.closeConnection === true) throw new MalformedFrame('told to close the connection');
    const wait = data.blockConnection === true ? asNumber(data.blockTimeMS) : undefined;
    if (wait === undefined) this.#fail(data, request, client, answer);
    else setTimeout(() => this.#fail(data, request, client, answer), wait);
  }

  #fail(data: Document, request: Request, client: Client, answer: Answer): void {
    const labels = Array.isArray(data.errorLabels) ? { errorLabels: data.errorLabels } : {};
    const code = asNumber(data.errorCode);
    if (code !== undefined) {
      const failure = new CommandError(code, `Error${code}`, `Failing command via 'failCommand' failpoint`, labels);
      answer([errorReply(failure)]);
      return;
    }
    const { writeConcernError } = data;
    const added = isDocument(writeConcernError) ? { writeConcernError, ...labels } : labels;
    this.#inner.handle(request, client, (pieces) => answer([encode({ ...decode(Buffer.concat(pieces)), ...added })]));
  }

  leave(client: Client): void {
    this.#inner.leave(client);
  }

  #configure(body: Document): Uint8Array {
    const { mode, data } = body;
    if (body.configureFailPoint === 'maxTimeAlwaysTimeOut') {
      this.#noTime = mode !== 'off';
      return okReply({});
    }
    if (body.configureFailPoint !== 'failCommand' || (!isDocument(data) && mode !== 'off')) {
      return errorReply(
        new CommandError(2, 'BadValue', 'only the fail points failCommand and maxTimeAlwaysTimeOut are known'),
      );
    }
    if (mode === 'off') this.#point = undefined;
    else {
      const commands = isDocument(data) && Array.isArray(data.failCommands) ? data.failCommands : [];
      const counted = isDocument(mode) ? mode : {};
      const times = asNumber(counted.times) ?? Number.POSITIVE_INFINITY;
      this.#point = { commands: new Set(commands), data: data as Document, skip: asNumber(counted.skip) ?? 0, times };
    }
    return okReply({});
  }

  /** What is to go wrong with the command, if something is. */
  #due(name: string): Document | undefined {
    const point = this.#point;
    if (point === undefined || !point.commands.has(name)) return undefined;
    if (point.skip > 0) {
      point.skip -= 1;
      return undefined;
    }
    if (point.times <= 0) return undefined;
    point.times -= 1;
    return point.data;
  }
}

/** A tester asks by this setting whether commands can be told to fail. */
function withTestCommands(settings: Document): Uint8Array {
  return encode('enableTestCommands' in settings ? { ...settings, enableTestCommands: true } : settings);
}
