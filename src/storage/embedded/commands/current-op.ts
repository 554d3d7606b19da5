/** What is being done in the store, as `$currentOp` and currentOp list it. */
import { hostname } from 'node:os';
import { Long } from 'bson';
import { okReply } from '../reply.ts';
import type { Document } from '../values/bson.ts';
import type { Call, Command } from './command.ts';

/** The command that asks, as MongoDB lists it among what is being done; no other is told. */
export function currentOperation(call: Call): Document {
  const { database, name, body, connection } = call;
  const named = typeof body[name] === 'string' ? String(body[name]) : `$cmd.${name}`;
  return {
    type: 'op',
    host: hostname(),
    connectionId: connection,
    active: true,
    currentOpTime: call.now().toISOString(),
    secs_running: Long.fromNumber(0),
    microsecs_running: Long.fromNumber(0),
    op: 'command',
    ns: `${database}.${named}`,
    command: body,
  };
}

export const currentOp: Command = {
  writes: false,
  run: (call) => okReply({ inprog: [currentOperation(call)] }),
};
