/** Runs tests of the official driver specification (unified test format) against a server, through the unchanged driver. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EJSON } from 'bson';
import { type Document, MongoClient } from 'mongodb';
import { compareError, compareEvents, fail, plainResult } from './checks.ts';
import { type Entities, makeEntities } from './entities.ts';
import { difference } from './match.ts';
import { type Entity, operation } from './operations.ts';
import { endFailing, runnerOperation } from './test-runner.ts';

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
  const kinds = new Set((suite.createEntities ?? []).flatMap((entity) => Object.keys(entity)));
  for (const kind of kinds) {
    if (!['client', 'database', 'collection', 'session'].includes(kind)) return `this runner makes no ${kind}`;
  }
  for (const step of test.operations) {
    const kind = kindOf(suite, step.object);
    if (step.object === 'testRunner') {
      if (runnerOperation(step.name) === undefined) return `this runner does not know ${step.name}`;
      continue;
    }
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
  const entities = await makeEntities(target.uri, suite.createEntities ?? []);
  try {
    for (const step of test.operations) await runStep(suite, entities, step);
    for (const expected of test.expectEvents ?? []) {
      const seen = entities.events.get(expected.client) ?? [];
      compareEvents(expected.events, seen, expected.ignoreExtraEvents === true);
    }
    for (const { databaseName, collectionName, documents } of test.outcome ?? []) {
      const found = await target.client.db(databaseName).collection(collectionName).find().sort({ _id: 1 }).toArray();
      fail(difference(documents, found, 'outcome', false));
    }
  } finally {
    if (test.operations.some(({ name }) => name === 'failPoint')) await endFailing(target.client);
    for (const session of entities.sessions.values()) await session.endSession();
    for (const entity of entities.made.values()) if (entity instanceof MongoClient) await entity.close();
  }
}

async function runStep(suite: Suite, { made, sessions }: Entities, step: Step): Promise<void> {
  const { session, ...given } = step.arguments ?? {};
  if (step.object === 'testRunner') {
    await runnerOperation(step.name)?.(made, given);
    return;
  }
  const kind = kindOf(suite, step.object) as Kind;
  const perform = operation(kind, step.name) as NonNullable<ReturnType<typeof operation>>;
  const inSession = typeof session === 'string' ? { ...given, session: sessions.get(session) } : given;
  let result: unknown;
  try {
    result = await perform(made.get(step.object) as Entity, inSession);
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
