/**
 * The ceiling: a bare `Map` behind the store's own socket, frames and BSON. It plans nothing, sorts nothing, keeps no index
 * in order and writes to no disk; what is faster than this is not the store's to give.
 */

import { hello } from '../../src/storage/embedded/commands/about-server.ts';
import type { Call } from '../../src/storage/embedded/commands/command.ts';
import { firstName } from '../../src/storage/embedded/raw.ts';
import { BatchWriter, okReply } from '../../src/storage/embedded/reply.ts';
import type { Handler } from '../../src/storage/embedded/server.ts';
import { type Document, decode, encode } from '../../src/storage/embedded/values/bson.ts';
import type { Request } from '../../src/storage/embedded/wire.ts';

const PAGE = 20;
const NONE: readonly Uint8Array[] = [];

export class Ceiling implements Handler {
  readonly #byId = new Map<string, Uint8Array>();
  readonly #byPhone = new Map<string, string>();
  readonly #pages = new Map<string, Uint8Array[]>();

  handle(request: Request, { id }: { id: number }, answer: (document: readonly Uint8Array[]) => void): void {
    const body = decode(request.body);
    const name = firstName(request.body);
    switch (name) {
      case 'find':
        answer([this.#find(body)]);
        return;
      case 'findAndModify':
        answer([this.#modify(body)]);
        return;
      case 'insert':
        for (const bytes of request.sequences.get('documents') ?? NONE) this.#insert(bytes);
        answer([okReply({ n: 1 })]);
        return;
      case 'hello':
      case 'isMaster':
      case 'ismaster':
        answer([hello.run({ now: () => new Date(), connection: id, name } as Call) as Uint8Array]);
        return;
      default:
        answer([okReply({})]);
    }
  }

  leave(): void {
    // Nothing takes long here.
  }

  #insert(given: Uint8Array): void {
    const bytes = Buffer.from(given);
    const { _id, phone, area, state } = decode(bytes);
    const key = keyOf(_id);
    this.#byId.set(key, bytes);
    this.#byPhone.set(phone as string, key);
    const page = this.#pages.get(`${area} ${state}`) ?? [];
    if (page.length < PAGE) page.push(bytes);
    this.#pages.set(`${area} ${state}`, page);
  }

  #find({ filter, find, $db }: Document): Uint8Array {
    const { _id, phone, area, state } = filter as Document;
    const writer = new BatchWriter('firstBatch');
    if (area !== undefined) for (const bytes of this.#pages.get(`${area} ${state}`) ?? NONE) writer.add(bytes);
    else {
      const found = this.#byId.get(_id === undefined ? (this.#byPhone.get(phone as string) ?? '') : keyOf(_id));
      if (found !== undefined) writer.add(found);
    }
    return writer.finish(0n, `${$db}.${find}`);
  }

  #modify({ query, update }: Document): Uint8Array {
    const { _id, version } = query as Document;
    const key = keyOf(_id);
    const bytes = this.#byId.get(key);
    const found = bytes === undefined ? undefined : decode(bytes);
    if (found?.version !== version) return okReply({ lastErrorObject: { n: 0, updatedExisting: false }, value: null });
    const value = { ...found, ...((update as Document).$set as Document), version: (version as number) + 1 };
    this.#byId.set(key, Buffer.from(encode(value)));
    return okReply({ lastErrorObject: { n: 1, updatedExisting: true }, value });
  }
}

function keyOf(id: unknown): string {
  return Buffer.from((id as { id: Uint8Array }).id).toString('latin1');
}
