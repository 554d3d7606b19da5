/** The operations of the unified test format, done through the driver. */
import type {
  AnyBulkWriteOperation,
  AnyClientBulkWriteModel,
  Collection,
  Db,
  Document,
  MongoClient,
  ReturnDocument,
} from 'mongodb';

/** What an operation may be done on. */
export type Entity = MongoClient | Db | Collection;

type Arguments = { [name: string]: unknown };
type Operation<On> = (on: On, given: Arguments) => Promise<unknown>;

/** The rest of the arguments are the driver's options, but for one spelling. */
function options(given: Arguments, ...taken: string[]): Document {
  const rest: Document = {};
  for (const [name, value] of Object.entries(given)) if (!taken.includes(name)) rest[name] = value;
  if (typeof rest.returnDocument === 'string')
    rest.returnDocument = rest.returnDocument.toLowerCase() as ReturnDocument;
  return rest;
}

const ON_COLLECTION: { [name: string]: Operation<Collection> } = {
  find: (on, given) => on.find(given.filter as Document, options(given, 'filter')).toArray(),
  aggregate: (on, given) => on.aggregate(given.pipeline as Document[], options(given, 'pipeline')).toArray(),
  bulkWrite: (on, given) => on.bulkWrite(given.requests as AnyBulkWriteOperation[], options(given, 'requests')),
  insertOne: (on, given) => on.insertOne(given.document as Document, options(given, 'document')),
  insertMany: (on, given) => on.insertMany(given.documents as Document[], options(given, 'documents')),
  updateOne: (on, given) =>
    on.updateOne(given.filter as Document, given.update as Document, options(given, 'filter', 'update')),
  updateMany: (on, given) =>
    on.updateMany(given.filter as Document, given.update as Document, options(given, 'filter', 'update')),
  replaceOne: (on, given) =>
    on.replaceOne(given.filter as Document, given.replacement as Document, options(given, 'filter', 'replacement')),
  deleteOne: (on, given) => on.deleteOne(given.filter as Document, options(given, 'filter')),
  deleteMany: (on, given) => on.deleteMany(given.filter as Document, options(given, 'filter')),
  findOneAndUpdate: (on, given) =>
    on.findOneAndUpdate(given.filter as Document, given.update as Document, options(given, 'filter', 'update')),
  findOneAndReplace: (on, given) =>
    on.findOneAndReplace(
      given.filter as Document,
      given.replacement as Document,
      options(given, 'filter', 'replacement'),
    ),
  findOneAndDelete: (on, given) => on.findOneAndDelete(given.filter as Document, options(given, 'filter')),
  countDocuments: (on, given) => on.countDocuments(given.filter as Document, options(given, 'filter')),
  estimatedDocumentCount: (on, given) => on.estimatedDocumentCount(options(given)),
  count: (on, given) => on.count(given.filter as Document, options(given, 'filter')),
  distinct: (on, given) =>
    on.distinct(given.fieldName as string, given.filter as Document, options(given, 'fieldName', 'filter')),
  createIndex: (on, given) => on.createIndex(given.keys as Document, options(given, 'keys')),
  dropIndex: (on, given) => on.dropIndex(given.name as string, options(given, 'name')),
  dropIndexes: (on, given) => on.dropIndexes(options(given)),
  listIndexes: (on, given) => on.listIndexes(options(given)).toArray(),
  listIndexNames: async (on, given) =>
    (await on.listIndexes(options(given)).toArray()).map(({ name }) => name as string),
  findOne: (on, given) => on.findOne(given.filter as Document, options(given, 'filter')),
  rename: (on, given) => on.rename(given.to as string, options(given, 'to')),
  drop: (on, given) => on.drop(options(given)),
};

const ON_DATABASE: { [name: string]: Operation<Db> } = {
  aggregate: (on, given) => on.aggregate(given.pipeline as Document[], options(given, 'pipeline')).toArray(),
  modifyCollection: (on, given) => on.command({ collMod: given.collection, ...options(given, 'collection') }),
  runCommand: (on, given) => on.command(given.command as Document),
  createCollection: (on, given) => on.createCollection(given.collection as string, options(given, 'collection')),
  dropCollection: (on, given) => on.dropCollection(given.collection as string, options(given, 'collection')),
  dropDatabase: (on, given) => on.dropDatabase(options(given)),
  listCollections: (on, given) => on.listCollections(given.filter as Document, options(given, 'filter')).toArray(),
  listCollectionNames: async (on, given) =>
    (await on.listCollections(given.filter as Document, { nameOnly: true }).toArray()).map(({ name }) => name),
};

const ON_CLIENT: { [name: string]: Operation<MongoClient> } = {
  listDatabases: async (on, given) => (await on.db('admin').admin().listDatabases(options(given))).databases,
  listDatabaseNames: async (on) =>
    (await on.db('admin').admin().listDatabases({ nameOnly: true })).databases.map(({ name }) => name),
  clientBulkWrite: (on, given) => {
    const models = (given.models as { [name: string]: Document }[]).map((model) => {
      const [name = ''] = Object.keys(model);
      return { name, ...model[name] } as unknown as AnyClientBulkWriteModel<Document>;
    });
    return on.bulkWrite(models, options(given, 'models'));
  },
};

/** How to do an operation; undefined when this runner does not know it. */
export function operation(
  kind: 'client' | 'database' | 'collection',
  name: string,
): ((on: Entity, given: Arguments) => Promise<unknown>) | undefined {
  const table = { client: ON_CLIENT, database: ON_DATABASE, collection: ON_COLLECTION }[kind];
  return table[name] as ((on: Entity, given: Arguments) => Promise<unknown>) | undefined;
}
