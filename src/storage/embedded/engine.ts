/** The first, thin engine: collections in memory with mingo. It is replaced by the LMDB engine behind the same door. */
import type { ListenOptions } from 'node:net';
import { type Document, deserialize, Long, ObjectId, serialize } from 'bson';
import { Aggregator, Query, updateOne } from 'mingo';
import { type Handler, type Listening, listen } from './server.ts';
import type { Request } from './wire.ts';

export interface OpenOptions {
  /** Folder of the store's files; created when missing. */
  folder: string;
  listen: ListenOptions;
}

export interface Engine extends Listening {}

interface Index {
  name: string;
  key: Record<string, unknown>;
  unique?: boolean;
  sparse?: boolean;
  partialFilterExpression?: Document;
}
interface Collection {
  documents: Map<string, Document>;
  indexes: Index[];
}

class Refused extends Error {
  code: number;
  codeName: string;
  extra: Document;
  constructor(code: number, codeName: string, message: string, extra: Document = {}) {
    super(message);
    this.code = code;
    this.codeName = codeName;
    this.extra = extra;
  }
}

/** Opens the store and listens. */
export async function openEngine(options: OpenOptions): Promise<Engine> {
  return listen(thinHandler(), options.listen);
}

function thinHandler(): Handler {
  const databases = new Map<string, Map<string, Collection>>();
  const cursors = new Map<string, { ns: string; rest: Document[] }>();
  let lastCursor = 1;

  const database = (name: string) => {
    const found = databases.get(name) ?? new Map<string, Collection>();
    databases.set(name, found);
    return found;
  };
  const collection = (db: string, name: string): Collection => {
    const all = database(db);
    const found = all.get(name) ?? { documents: new Map(), indexes: [{ name: '_id_', key: { _id: 1 } }] };
    all.set(name, found);
    return found;
  };
  const idOf = (value: unknown) => Buffer.from(serialize({ v: value })).toString('latin1');
  const clone = (document: Document) => deserialize(serialize(document), { promoteBuffers: true });

  const valuesOf = (document: Document, path: string): unknown[] => {
    let at: unknown[] = [document];
    for (const part of path.split('.')) {
      at = at.flatMap((value) => {
        if (Array.isArray(value)) return value.map((one) => (one as Document | undefined)?.[part]);
        return value && typeof value === 'object' ? [(value as Document)[part]] : [undefined];
      });
    }
    return at.flatMap((value) => (Array.isArray(value) ? value : [value]));
  };
  const keysOf = (index: Index, document: Document): { text: string; value: Document }[] => {
    if (index.partialFilterExpression && !new Query(index.partialFilterExpression, {}).test(document)) return [];
    let rows: Document[] = [{}];
    let present = false;
    for (const path of Object.keys(index.key)) {
      const values = valuesOf(document, path);
      if (values.some((value) => value !== undefined)) present = true;
      rows = rows.flatMap((row) => values.map((value) => Object.assign({}, row, { [path]: value ?? null })));
    }
    if (index.sparse && !present) return [];
    return rows.map((value) => ({ text: idOf(value), value }));
  };
  const checkUnique = (db: string, name: string, document: Document, self?: Document) => {
    const coll = collection(db, name);
    for (const index of coll.indexes) {
      if (!index.unique && index.name !== '_id_') continue;
      const mine = keysOf(index, document);
      for (const other of coll.documents.values()) {
        if (other === self) continue;
        const clash = keysOf(index, other).find((key) => mine.some((own) => own.text === key.text));
        if (!clash) continue;
        const shown = Object.entries(clash.value).map(([path, value]) => `${path}: ${show(value)}`);
        throw new Refused(
          11000,
          'DuplicateKey',
          `E11000 duplicate key error collection: ${db}.${name} index: ${index.name} dup key: { ${shown.join(', ')} }`,
          { keyPattern: index.key, keyValue: clash.value },
        );
      }
    }
  };
  const show = (value: unknown) => (value instanceof ObjectId ? `ObjectId('${value}')` : JSON.stringify(value));

  const select = (coll: Collection, filter: Document, sort?: Document) => {
    const cursor = new Query(filter, {}).find<Document>([...coll.documents.values()]);
    return sort && Object.keys(sort).length > 0 ? cursor.sort(sort as never) : cursor;
  };
  const answerCursor = (ns: string, documents: Document[], batchSize: number, single: boolean) => {
    const firstBatch = documents.slice(0, batchSize);
    const rest = documents.slice(batchSize);
    let id = Long.ZERO;
    if (rest.length > 0 && !single) {
      lastCursor += 1;
      id = Long.fromNumber(lastCursor);
      cursors.set(id.toString(), { ns, rest });
    }
    return { cursor: { id, ns, firstBatch } };
  };

  const change = (
    db: string,
    name: string,
    spec: Document,
  ): { found?: Document; after?: Document; changed: boolean } => {
    const coll = collection(db, name);
    const found = select(coll, spec.q ?? {}, spec.sort).all()[0];
    const isPlain = !Array.isArray(spec.u) && !Object.keys(spec.u).some((key) => key.startsWith('$'));
    if (found === undefined) {
      if (!spec.upsert) return { changed: false };
      const seed: Document = {};
      for (const [path, value] of Object.entries((spec.q ?? {}) as Document)) {
        if (path.startsWith('$')) continue;
        const given = value?.$eq ?? value;
        if (!(given && typeof given === 'object' && Object.keys(given).some((key) => key.startsWith('$'))))
          seed[path] = given;
      }
      let made: Document = isPlain ? { ...(seed._id === undefined ? {} : { _id: seed._id }), ...spec.u } : clone(seed);
      if (!isPlain) {
        const { $setOnInsert, ...others } = spec.u;
        const all = [made];
        if (Object.keys(others).length > 0)
          updateOne(all, {}, others, spec.arrayFilters ? { arrayFilters: spec.arrayFilters } : {});
        if ($setOnInsert) updateOne(all, {}, { $set: $setOnInsert });
        made = all[0] ?? made;
      }
      if (made._id === undefined) made = { _id: new ObjectId(), ...made };
      checkUnique(db, name, made);
      coll.documents.set(idOf(made._id), made);
      return { after: made, changed: true };
    }
    let after: Document;
    if (isPlain) after = { _id: found._id, ...spec.u };
    else {
      const { $setOnInsert: _, ...others } = spec.u;
      const all = [clone(found)];
      if (Array.isArray(spec.u)) updateOne(all, {}, spec.u as never);
      else if (Object.keys(others).length > 0)
        updateOne(all, spec.q ?? {}, others, spec.arrayFilters ? { arrayFilters: spec.arrayFilters } : {});
      after = all[0] as Document;
    }
    const changed = idOf(after) !== idOf(found);
    checkUnique(db, name, after, found);
    coll.documents.set(idOf(found._id), after);
    return { found, after, changed };
  };

  const writes = (items: Document[], ordered: boolean, one: (item: Document, index: number) => void): Document[] => {
    const errors: Document[] = [];
    for (const [index, item] of items.entries()) {
      try {
        one(item, index);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        errors.push({ index, code: error.code, errmsg: error.message, ...error.extra });
        if (ordered) break;
      }
    }
    return errors;
  };

  const commands: Record<string, (body: Document, db: string) => Document> = {
    hello: () => ({
      helloOk: true,
      isWritablePrimary: true,
      ismaster: true,
      maxBsonObjectSize: 16_777_216,
      maxMessageSizeBytes: 48_000_000,
      maxWriteBatchSize: 100_000,
      localTime: new Date(),
      logicalSessionTimeoutMinutes: 30,
      minWireVersion: 0,
      maxWireVersion: 21,
      readOnly: false,
    }),
    ping: () => ({}),
    endSessions: () => ({}),
    buildInfo: () => ({ version: '7.0.0', versionArray: [7, 0, 0, 0], maxBsonObjectSize: 16_777_216 }),
    create: (body, db) => {
      collection(db, body.create);
      return {};
    },
    drop: (body, db) => {
      database(db).delete(body.drop);
      return {};
    },
    dropDatabase: (_body, db) => {
      databases.delete(db);
      return { dropped: db };
    },
    listCollections: (_body, db) => ({
      cursor: {
        id: Long.ZERO,
        ns: `${db}.$cmd.listCollections`,
        firstBatch: [...database(db).keys()].map((name) => ({
          name,
          type: 'collection',
          options: {},
          info: { readOnly: false },
        })),
      },
    }),
    listDatabases: () => ({
      databases: [...databases.keys()].map((name) => ({ name, sizeOnDisk: 1, empty: false })),
      totalSize: 1,
    }),
    createIndexes: (body, db) => {
      const coll = collection(db, body.createIndexes);
      const before = coll.indexes.length;
      for (const index of body.indexes as Index[]) {
        if (!coll.indexes.some((one) => one.name === index.name)) coll.indexes.push(index);
      }
      return { numIndexesBefore: before, numIndexesAfter: coll.indexes.length, createdCollectionAutomatically: false };
    },
    dropIndexes: (body, db) => {
      const coll = collection(db, body.dropIndexes);
      const before = coll.indexes.length;
      coll.indexes = coll.indexes.filter(
        (one) => one.name === '_id_' || (body.index !== '*' && one.name !== body.index),
      );
      return { nIndexesWas: before };
    },
    listIndexes: (body, db) => {
      const coll = database(db).get(body.listIndexes);
      if (!coll) throw new Refused(26, 'NamespaceNotFound', `ns does not exist: ${db}.${body.listIndexes}`);
      const ns = `${db}.${body.listIndexes}`;
      return { cursor: { id: Long.ZERO, ns, firstBatch: coll.indexes.map((one) => ({ v: 2, ...one })) } };
    },
    insert: (body, db) => {
      let n = 0;
      const writeErrors = writes(body.documents, body.ordered !== false, (given) => {
        const document = given._id === undefined ? { _id: new ObjectId(), ...given } : given;
        checkUnique(db, body.insert, document);
        collection(db, body.insert).documents.set(idOf(document._id), document);
        n += 1;
      });
      return { n, ...(writeErrors.length > 0 ? { writeErrors } : {}) };
    },
    find: (body, db) => {
      const coll = collection(db, body.find);
      let cursor = new Query(body.filter ?? {}, {}).find<Document>([...coll.documents.values()], body.projection ?? {});
      if (body.sort && Object.keys(body.sort).length > 0) cursor = cursor.sort(body.sort);
      if (body.skip) cursor = cursor.skip(body.skip);
      if (body.limit) cursor = cursor.limit(Math.abs(body.limit));
      return answerCursor(`${db}.${body.find}`, cursor.all(), body.batchSize ?? 101, body.singleBatch === true);
    },
    getMore: (body, db) => {
      const id = body.getMore.toString();
      const cursor = cursors.get(id);
      if (!cursor) throw new Refused(43, 'CursorNotFound', `cursor id ${id} not found`);
      const nextBatch = cursor.rest.splice(0, body.batchSize ?? cursor.rest.length);
      const done = cursor.rest.length === 0;
      if (done) cursors.delete(id);
      return { cursor: { id: done ? Long.ZERO : Long.fromString(id), ns: `${db}.${body.collection}`, nextBatch } };
    },
    killCursors: (body) => {
      for (const id of body.cursors) cursors.delete(id.toString());
      return { cursorsKilled: body.cursors, cursorsNotFound: [], cursorsAlive: [], cursorsUnknown: [] };
    },
    update: (body, db) => {
      let n = 0;
      let nModified = 0;
      const upserted: Document[] = [];
      const writeErrors = writes(body.updates, body.ordered !== false, (spec, index) => {
        const coll = collection(db, body.update);
        const targets = spec.multi ? select(coll, spec.q).all() : [undefined];
        for (const target of targets.length > 0 ? targets : [undefined]) {
          const done = change(db, body.update, target ? { ...spec, q: { ...spec.q, _id: target._id } } : spec);
          if (done.found || done.after) n += 1;
          if (done.found && done.changed) nModified += 1;
          if (!done.found && done.after) upserted.push({ index, _id: done.after._id });
        }
      });
      return { n, nModified, ...(upserted.length ? { upserted } : {}), ...(writeErrors.length ? { writeErrors } : {}) };
    },
    delete: (body, db) => {
      const coll = collection(db, body.delete);
      let n = 0;
      for (const spec of body.deletes) {
        const found = select(coll, spec.q).all();
        for (const one of spec.limit === 1 ? found.slice(0, 1) : found) {
          coll.documents.delete(idOf(one._id));
          n += 1;
        }
      }
      return { n };
    },
    findAndModify: (body, db) => {
      const coll = collection(db, body.findAndModify);
      const shown = (document: Document | undefined) =>
        document === undefined
          ? null
          : (new Query({}, {}).find<Document>([document], body.fields ?? {}).all()[0] ?? null);
      if (body.remove) {
        const found = select(coll, body.query ?? {}, body.sort).all()[0];
        if (found) coll.documents.delete(idOf(found._id));
        return { lastErrorObject: { n: found ? 1 : 0 }, value: shown(found) };
      }
      const done = change(db, body.findAndModify, { ...body, q: body.query, u: body.update });
      return {
        lastErrorObject: {
          n: done.after ? 1 : 0,
          updatedExisting: done.found !== undefined,
          ...(done.found || !done.after ? {} : { upserted: done.after._id }),
        },
        value: shown(body.new ? done.after : done.found),
      };
    },
    aggregate: (body, db) => {
      const source = typeof body.aggregate === 'string' ? [...collection(db, body.aggregate).documents.values()] : [];
      const aggregator = new Aggregator(body.pipeline, {
        collectionResolver: (name: string) => [...collection(db, name).documents.values()],
      });
      return answerCursor(`${db}.${body.aggregate}`, aggregator.run(source), body.cursor?.batchSize ?? 101, false);
    },
    count: (body, db) => {
      const found = select(collection(db, body.count), body.query ?? {}).all().length;
      const after = Math.max(0, found - (body.skip ?? 0));
      return { n: body.limit ? Math.min(after, Math.abs(body.limit)) : after };
    },
    distinct: (body, db) => {
      const values = new Map<string, unknown>();
      for (const document of select(collection(db, body.distinct), body.query ?? {}).all()) {
        for (const value of valuesOf(document, body.key)) if (value !== undefined) values.set(idOf(value), value);
      }
      return { values: [...values.values()] };
    },
  };
  const names = new Map(Object.keys(commands).map((name) => [name.toLowerCase(), name]));
  names.set('ismaster', 'hello');

  const run = (request: Request): Document => {
    const body = deserialize(request.body, { promoteBuffers: true });
    for (const [name, documents] of request.sequences) body[name] = documents.map((one) => deserialize(one));
    const given = Object.keys(body)[0] ?? '';
    const command = commands[names.get(given.toLowerCase()) ?? ''];
    if (!command) throw new Refused(59, 'CommandNotFound', `no such command: '${given}'`);
    return command(body, request.database ?? body.$db);
  };

  return {
    handle(request, _client, answer) {
      let reply: Document;
      try {
        reply = { ...run(request), ok: 1 };
      } catch (error) {
        const { code, codeName, extra } = error instanceof Refused ? error : new Refused(2, 'BadValue', '');
        reply = { ok: 0, errmsg: (error as Error).message, code, codeName, ...extra };
      }
      answer([serialize(reply, { ignoreUndefined: false })]);
    },
  };
}
