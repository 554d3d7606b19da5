/** The server's settings, as `getParameter` tells and `setParameter` changes them. */
import { memoryLimit, setMemoryLimit } from '../query/memory.ts';
import { okReply } from '../reply.ts';
import type { Document } from '../values/bson.ts';
import { CommandError, refusal } from '../values/errors.ts';
import { asNumber } from '../values/numbers.ts';
import { isDocument } from '../values/types.ts';
import { VERSION } from './about-server.ts';
import type { Command } from './command.ts';
import { isGeneric } from './known-fields.ts';

/** How much memory one blocking stage may take: MongoDB has a parameter for sorting and one for grouping. */
const MEMORY = ['internalQueryMaxBlockingSortMemoryUsageBytes', 'internalDocumentSourceGroupMaxMemoryBytes'] as const;

/** What every setting is now, by name. */
function settings(): Document {
  const limit = memoryLimit();
  return {
    authenticationMechanisms: [],
    enableTestCommands: false,
    featureCompatibilityVersion: { version: VERSION.slice(0, 3) },
    [MEMORY[0]]: limit,
    [MEMORY[1]]: limit,
    localLogicalSessionTimeoutMinutes: 30,
    requireApiVersion: false,
    ttlMonitorEnabled: true,
    ttlMonitorSleepSecs: 60,
  };
}

/** The settings it names; all of them for `'*'` and for `allParameters`. Refused (code 72) when it names none there is. */
export const getParameter: Command = {
  writes: false,
  run({ body }) {
    const { getParameter: asked } = body;
    const all = settings();
    if (asked === '*' || (isDocument(asked) && asked.allParameters === true)) return okReply(all);
    const named = Object.entries(all).filter(([name]) => body[name] !== undefined);
    if (named.length === 0) throw new CommandError(72, 'InvalidOptions', 'no option found to get');
    return okReply(Object.fromEntries(named));
  },
};

/** Sets how much memory one blocking stage may take; no other setting can be changed (code 72). */
export const setParameter: Command = {
  writes: false,
  run({ body }) {
    for (const name of MEMORY) {
      if (body[name] === undefined) continue;
      return okReply({ was: setMemoryLimit(asNumber(body[name])) });
    }
    const unknown = Object.keys(body).find((name) => name !== 'setParameter' && !isGeneric(name));
    throw refusal(72, `attempted to set unrecognized parameter [${unknown ?? ''}], use help:true to see options`);
  },
};
