/** What a database has besides documents: its collections with their options and indexes, as extended JSON. */
import { type Document, EJSON } from 'bson';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { lineOf } from './line.ts';
import { kindUnsupported, unsayable } from './messages.ts';

const ejson = z.record(z.string(), z.unknown());

const described = z.object({
  name: z.string(),
  type: z.enum(['collection', 'view']),
  /** As the `create` command takes them. */
  options: ejson,
  /** As the `createIndexes` command takes them, without the one on `_id`. */
  indexes: z.array(ejson),
});
/** One collection or view; options and indexes are canonical extended JSON. */
export type Described = z.infer<typeof described>;

const metadata = z.object({ database: z.string(), collections: z.array(described) });
/** The metadata file of a database. */
export type Metadata = z.infer<typeof metadata>;

/** Reads the text of a metadata file. @throws ZodError when it is none */
export function readMetadata(text: string): Metadata {
  return metadata.parse(JSON.parse(text));
}

/**
 * Describes a database, or those of its collections that are `wanted`. Collections of the server's own (`system.…`) are left out.
 * @throws DataError kind_unsupported, unsayable
 */
export async function describe(db: Db, wanted: (name: string) => boolean = () => true): Promise<Metadata> {
  const collections: Described[] = [];
  for (const bytes of await db.listCollections({}, { raw: true }).toArray()) {
    const found = sayable(bytes as unknown as Uint8Array, db.databaseName);
    const name = String(found.name);
    const type = String(found.type ?? 'collection');
    const namespace = `${db.databaseName}.${name}`;
    if (name.startsWith('system.') || !wanted(name)) continue;
    if (type !== 'collection' && type !== 'view') throw kindUnsupported(namespace, type);
    const indexes: Described['indexes'] = [];
    if (type === 'collection') {
      for (const spec of await db.collection(name).listIndexes({ raw: true }).toArray()) {
        const { ns: _ns, ...index } = sayable(spec as unknown as Uint8Array, namespace);
        // What is made with its collection is no index to make.
        if (index.name !== '_id_' && index.clustered !== true) indexes.push(index);
      }
    }
    collections.push({ name, type, options: (found.options ?? {}) as Described['options'], indexes });
  }
  return { database: db.databaseName, collections: collections.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

function sayable(bytes: Uint8Array, what: string): Record<string, unknown> {
  const line = lineOf(bytes);
  if (line === undefined) throw unsayable(what);
  return JSON.parse(line) as Record<string, unknown>;
}

/** Canonical extended JSON as the driver takes it, every number of its own type. */
export function revived(value: Record<string, unknown>): Document {
  return EJSON.parse(JSON.stringify(value), { relaxed: false }) as Document;
}

/** Whether an index lets documents expire. */
export function expires(index: Record<string, unknown>): boolean {
  return 'expireAfterSeconds' in index;
}

/** Whether two indexes or two sets of options say the same, whatever the types of their numbers and the order of options. */
export function sameSettings(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  return settled(a) === settled(b);
}

const UNSAID = new Set(['v', 'background', 'autoIndexId']);
/** Options that say nothing when they are false. */
const FLAGS = new Set(['unique', 'sparse', 'hidden']);

function settled(settings: Record<string, unknown>): string {
  const plain = JSON.parse(EJSON.stringify(revived(settings), { relaxed: true })) as Record<string, unknown>;
  const said = Object.entries(plain).filter(([name, value]) => !UNSAID.has(name) && !(FLAGS.has(name) && !value));
  return JSON.stringify(said.sort(([one], [other]) => (one < other ? -1 : 1)));
}
