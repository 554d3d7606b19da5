/** Sessions. All that belongs to one here are the cursors that were opened in it. */
import { randomUUID } from 'node:crypto';
import { Binary, UUID } from 'bson';
import { okReply } from '../reply.ts';
import { CommandError, refusal, typeMismatch } from '../values/errors.ts';
import { isDocument } from '../values/types.ts';
import { arrayField, type Command } from './command.ts';

/** The session of an `lsid`; undefined when there is none. */
export function sessionOf(lsid: unknown): string | undefined {
  return isDocument(lsid) && lsid.id instanceof Binary ? lsid.id.toString('hex') : undefined;
}

/** A new session. */
export const startSession: Command = {
  writes: false,
  run: () => okReply({ id: { id: new Binary(new UUID(randomUUID()).buffer, 4) }, timeoutMinutes: 30 }),
};

function named(value: unknown): string {
  const session = sessionOf(value);
  if (session === undefined) throw typeMismatch("BSON field 'LogicalSessionFromClient.id' must be a UUID");
  return session;
}

/** Ends the cursors of the sessions it names. */
export const endSessions: Command = {
  writes: false,
  run({ body, name, cursors }) {
    const sessions = new Set((arrayField(body, name) ?? []).map(named));
    cursors.endSessions((one) => sessions.has(one));
    return okReply({});
  },
};

/** Ends the cursors of the sessions it names; of all when it names none. */
export const killSessions: Command = {
  writes: false,
  run({ body, name, cursors }) {
    const sessions = new Set((arrayField(body, name) ?? []).map(named));
    cursors.endSessions((one) => sessions.size === 0 || sessions.has(one));
    return okReply({});
  },
};

/** Ends the cursors of all sessions. There are no users whose sessions could be told from others'. */
export const killAllSessions: Command = {
  writes: false,
  run({ body, name, cursors }) {
    const users = arrayField(body, name) ?? [];
    if (users.length > 0) throw new CommandError(11, 'UserNotFound', 'this store has no users');
    cursors.endSessions(() => true);
    return okReply({});
  },
};

/** Ends the cursors of sessions that meet one of the patterns; of all when there are none. */
export const killAllSessionsByPattern: Command = {
  writes: false,
  run({ body, name, cursors }) {
    const patterns = arrayField(body, name) ?? [];
    const sessions = new Set(
      patterns.map((pattern) => {
        if (isDocument(pattern) && 'lsid' in pattern) return named(pattern.lsid);
        throw refusal(238, 'sessions are only known by their lsid here');
      }),
    );
    cursors.endSessions((one) => sessions.size === 0 || sessions.has(one));
    return okReply({});
  },
};
