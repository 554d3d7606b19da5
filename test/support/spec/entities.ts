/** Makes what a test works with: clients whose commands are watched, databases, collections, sessions. */
import { EJSON } from 'bson';
import { type ClientSession, type Document, MongoClient } from 'mongodb';
import type { Entity } from './operations.ts';

type Fields = { [name: string]: unknown };

/** What the tests of a file work with, by name. */
export interface Entities {
  readonly made: Map<string, Entity>;
  readonly sessions: Map<string, ClientSession>;
  /** The commands each client was seen to send, and their ends. */
  readonly events: Map<string, Fields[]>;
}

/** Makes the entities a file asks for. */
export async function makeEntities(uri: string, wanted: readonly { [kind: string]: Fields }[]): Promise<Entities> {
  const entities = new Map<string, Entity>();
  const sessions = new Map<string, ClientSession>();
  const events = new Map<string, Fields[]>();
  for (const entity of wanted) {
    for (const [kind, fields] of Object.entries(entity)) {
      const id = fields.id as string;
      if (kind === 'client') {
        const client = new MongoClient(uri, {
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
      } else if (kind === 'session') {
        const client = entities.get(fields.client as string) as MongoClient;
        sessions.set(id, client.startSession((fields.sessionOptions ?? {}) as Document));
      } else if (kind === 'database') {
        entities.set(id, (entities.get(fields.client as string) as MongoClient).db(fields.databaseName as string));
      } else {
        const database = entities.get(fields.database as string) as ReturnType<MongoClient['db']>;
        const options = (fields.collectionOptions ?? {}) as Fields;
        entities.set(id, database.collection(fields.collectionName as string, options));
      }
    }
  }
  return { made: entities, sessions, events };
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
