/** Runs tests of the official driver specification (unified test format) against a server, through the unchanged driver. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EJSON } from 'bson';
import { type Document, MongoClient } from 'mongodb';
import { difference } from './match.ts';
import { type Entity, operation } from './operations.ts';

type Fields = { [name: string]: unknown };

interface Requirement {
  minServerVersion?: string;
  maxServerVersion?: string;
  topologies?: string[];
  auth?: boolean;
}

interface Step {
  name: string;
  object: string;
  arguments?: Fields;
  expectResult?: unknown;
  expectError?: Fields;
  ignoreResultAndError?: boolean;
}

interface Data {
  databaseName: string;
  collectionName: string;
  documents: Document[];
}

interface Case {
  description: string;
  skipReason?: string;
  runOnRequirements?: Requirement[];
  operations: Step[];
  expectEvents?: { client: string; eventType?: string; events: Fields[]; ignoreExtraEvents?: boolean }[];
  outcome?: Data[];
}

interface Suite {
  description: string;
  runOnRequirements?: Requirement[];
  createEntities?: { [kind: string]: Fields }[];
  initialData?: Data[];
  tests: Case[];
}

/** How one test ended. */
export interface Outcome {
  file: string;
  test: string;
  result: 'passed' | 'failed' | 'skipped';
  /** Why it failed or was skipped. */
  reason?: string;
}

/** The specification files of a folder. */
export function specFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
}

/** A server to run tests on. */
export interface Target {
  uri: string;
  client: MongoClient;
  version: string;
}

/** Connects to the server the tests are to be run on. */
export async function connectTarget(uri: string): Promise<Target> {
  const client = await new MongoClient(uri).connect();
  const { version } = (await client.db('admin').command({ buildInfo: 1 })) as { version: string };
  return { uri, client, version };
}

/** Runs the tests of one file, one after another. */
export async function runFile(target: Target, folder: string, file: string): Promise<Outcome[]> {
  const suite = EJSON.parse(readFileSync(join(folder, file), 'utf8'), { relaxed: true }) as Suite;
  const outcomes: Outcome[] = [];
  // What another file left in a database of the same name is none of this file's business.
  for (const { database } of suite.createEntities ?? []) {
    if (database !== undefined) await target.client.db(database.databaseName as string).dropDatabase();
  }
  for (const test of suite.tests) {
    const skip =
      test.skipReason ??
      unmet(target, suite.runOnRequirements) ??
      unmet(target, test.runOnRequirements) ??
      unsupported(suite, test);
    if (skip !== undefined) {
      outcomes.push({ file, test: test.description, result: 'skipped', reason: skip });
      continue;
    }
    try {
      await runCase(target, suite, test);
      outcomes.push({ file, test: test.description, result: 'passed' });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      outcomes.push({ file, test: test.description, result: 'failed', reason });
    }
  }
  return outcomes;
}

function unmet({ version }: Target, requirements: Requirement[] | undefined): string | undefined {
  if (requirements === undefined) return undefined;
  const met = requirements.some(
    ({ minServerVersion, maxServerVersion, topologies, auth }) =>
      (minServerVersion === undefined || compareVersions(version, minServerVersion) >= 0) &&
      (maxServerVersion === undefined || compareVersions(version, maxServerVersion) <= 0) &&
      (topologies === undefined || topologies.includes('single')) &&
      auth !== true,
  );
  return met ? undefined : `needs ${JSON.stringify(requirements)}; this is a single server ${version}`;
}

function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let i = 0; i < 3; i++) {
    const order = (left[i] ?? 0) - (right[i] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

/** What the driver, not the server, does otherwise than the specification's text. */
const DRIVER_DIFFERS: readonly [RegExp, string][] = [
  [/passes bypassDocumentValidation: false$/, 'mongodb 7 leaves bypassDocumentValidation: false out of the command'],
  [/^partialResult is unset when/, 'mongodb 7 gives every failed client bulk write a partial result'],
];

function unsupported(suite: Suite, test: Case): string | undefined {
  for (const [name, reason] of DRIVER_DIFFERS) if (name.test(test.description)) return reason;
  if (test.operations.some(({ name }) => name === 'failPoint')) return 'fail points are a test switch of mongod';
  const kinds = new Set((suite.createEntities ?? []).flatMap((entity) => Object.keys(entity)));
  for (const kind of kinds) {
    if (!['client', 'database', 'collection'].includes(kind)) return `this runner makes no ${kind}`;
  }
  for (const step of test.operations) {
    const kind = kindOf(suite, step.object);
    if (kind === undefined || operation(kind, step.name) === undefined)
      return `this runner does not know ${step.name} on ${step.object}`;
  }
  return undefined;
}

type Kind = 'client' | 'database' | 'collection';

function kindOf(suite: Suite, id: string): Kind | undefined {
  for (const entity of suite.createEntities ?? []) {
    for (const [kind, fields] of Object.entries(entity)) if (fields.id === id) return kind as Kind;
  }
  return undefined;
}

async function runCase(target: Target, suite: Suite, test: Case): Promise<void> {
  for (const { databaseName, collectionName, documents } of suite.initialData ?? []) {
    const collection = target.client.db(databaseName).collection(collectionName);
    await collection.drop();
    if (documents.length > 0) await collection.insertMany(documents);
    else await target.client.db(databaseName).createCollection(collectionName);
  }
  const entities = new Map<string, Entity>();
  const events = new Map<string, Fields[]>();
  try {
    await makeEntities(target, suite, entities, events);
    for (const step of test.operations) await runStep(suite, entities, step);
    for (const expected of test.expectEvents ?? []) {
      compareEvents(expected.events, events.get(expected.client) ?? [], expected.ignoreExtraEvents === true);
    }
    for (const { databaseName, collectionName, documents } of test.outcome ?? []) {
      const found = await target.client.db(databaseName).collection(collectionName).find().sort({ _id: 1 }).toArray();
      fail(difference(documents, found, 'outcome', false));
    }
  } finally {
    for (const entity of entities.values()) if (entity instanceof MongoClient) await entity.close();
  }
}

function fail(reason: string | undefined): void {
  if (reason !== undefined) throw new Error(reason);
}

async function makeEntities(
  target: Target,
  suite: Suite,
  entities: Map<string, Entity>,
  events: Map<string, Fields[]>,
): Promise<void> {
  for (const entity of suite.createEntities ?? []) {
    for (const [kind, fields] of Object.entries(entity)) {
      const id = fields.id as string;
      if (kind === 'client') {
        const client = new MongoClient(target.uri, {
          monitorCommands: true,
          ...uriOptions(fields.uriOptions as Fields),
        });
        const seen: Fields[] = [];
        const observed = (fields.observeEvents ?? []) as string[];
        if (observed.includes('commandStartedEvent')) {
          client.on('commandStarted', ({ command, commandName, databaseName }) => {
            seen.push({ commandStartedEvent: { command: structuredCopy(command), commandName, databaseName } });
          });
        }
        if (observed.includes('commandSucceededEvent')) {
          client.on('commandSucceeded', ({ reply, commandName }) => {
            seen.push({ commandSucceededEvent: { reply: structuredCopy(reply as Document), commandName } });
          });
        }
        if (observed.includes('commandFailedEvent')) {
          client.on('commandFailed', ({ commandName }) => seen.push({ commandFailedEvent: { commandName } }));
        }
        events.set(id, seen);
        entities.set(id, await client.connect());
        seen.length = 0;
      } else if (kind === 'database') {
        entities.set(id, (entities.get(fields.client as string) as MongoClient).db(fields.databaseName as string));
      } else {
        const database = entities.get(fields.database as string) as ReturnType<MongoClient['db']>;
        const options = (fields.collectionOptions ?? {}) as Fields;
        entities.set(id, database.collection(fields.collectionName as string, options));
      }
    }
  }
}

/** The command as it stood when it was sent: the driver goes on using the same object. */
function structuredCopy(command: Document): Document {
  return EJSON.deserialize(EJSON.serialize(command, { relaxed: false }), { relaxed: true }) as Document;
}

function uriOptions(given: Fields | undefined): Fields {
  const { w, readConcernLevel, ...others } = given ?? {};
  return {
    ...others,
    ...(w === undefined ? {} : { writeConcern: { w } }),
    ...(readConcernLevel === undefined ? {} : { readConcernLevel }),
  };
}

async function runStep(suite: Suite, entities: Map<string, Entity>, step: Step): Promise<void> {
  const kind = kindOf(suite, step.object) as Kind;
  const perform = operation(kind, step.name) as NonNullable<ReturnType<typeof operation>>;
  let result: unknown;
  try {
    result = await perform(entities.get(step.object) as Entity, step.arguments ?? {});
  } catch (error) {
    if (step.ignoreResultAndError) return;
    if (step.expectError === undefined) throw error;
    compareError(step.expectError, error as Fields & Error);
    return;
  }
  if (step.expectError !== undefined)
    throw new Error(`${step.name} succeeded, but an error was expected: ${JSON.stringify(step.expectError)}`);
  if ('expectResult' in step)
    fail(difference(step.expectResult, plainResult(result), `${step.name} result`, !Array.isArray(result)));
}

/** Results are instances with getters; the format compares plain fields. */
function plainResult(result: unknown): unknown {
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

function compareError(expected: Fields, error: Fields & Error): void {
  const isServerError = 'errorResponse' in error || 'code' in error;
  if (expected.isClientError === true && isServerError)
    throw new Error(`a server error, not the driver's: ${error.message}`);
  if (expected.isClientError === false && !isServerError)
    throw new Error(`the driver's error, not a server's: ${error.message}`);
  if (expected.errorCode !== undefined && error.code !== expected.errorCode) {
    throw new Error(`error code ${String(error.code)}, not ${String(expected.errorCode)}: ${error.message}`);
  }
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

function compareEvents(expected: Fields[], seen: Fields[], ignoreExtra: boolean): void {
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
