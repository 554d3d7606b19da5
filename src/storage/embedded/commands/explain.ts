/** explain: how a command would be answered, and what that takes. */
import type { Seen } from '../aggregate/source.ts';
import type { Collection } from '../disk/catalog.ts';
import { boundsShown } from '../query/candidates.ts';
import type { Plan } from '../query/plan.ts';
import { type Asked, type Opened, openQuery } from '../query/query.ts';
import type { Rows } from '../query/rows.ts';
import { PAUSE } from '../query/slice.ts';
import { okReply } from '../reply.ts';
import type { Document } from '../values/bson.ts';
import { CommandError, refusal } from '../values/errors.ts';
import { isDocument } from '../values/types.ts';
import type { Work } from '../work.ts';
import { VERSION } from './about-server.ts';
import { type Call, type Command, collationField, countField, documentField } from './command.ts';
import { preparePipeline } from './prepare.ts';
import { seen } from './view.ts';

/** Answers how `body.explain` would be run; it is run too, but for what it changes, unless only the plan is asked for. */
export const explain: Command = {
  writes: false,
  *run(call): Work {
    const inner = call.body.explain;
    if (!isDocument(inner)) throw refusal(14, 'explain needs a command');
    return yield* explained(call, inner, call.body.verbosity ?? 'allPlansExecution');
  },
};

/** The explanation of one command. */
export function* explained(call: Call, inner: Document, verbosity: unknown): Work {
  const name = Object.keys(inner)[0] ?? '';
  const collectionName = inner[name];
  const source = seen(call.catalog, call.database, String(collectionName));
  const { collection } = source;
  const asked = askedBy({ ...call, name, body: inner }, source, name, inner);
  const namespace = `${call.database}.${String(collectionName)}`;
  const queryPlanner = (winningPlan: Document): Document => ({
    namespace,
    parsedQuery: asked.filter,
    winningPlan,
    rejectedPlans: [],
  });
  if (collection === undefined)
    return okReply(reply(inner, queryPlanner({ stage: 'EOF' }), verbosity, { n: 0, keys: 0, docs: 0, ms: 0 }));
  const opened = openQuery(call, collection, asked);
  const plan = queryPlanner(planOf(opened, asked, collection, name));
  const started = performance.now();
  const n = verbosity === 'queryPlanner' ? 0 : yield* countRows(opened.rows);
  const { keysExamined, docsExamined } = opened.counts;
  return okReply(
    reply(inner, plan, verbosity, {
      n,
      keys: keysExamined,
      docs: docsExamined,
      ms: Math.round(performance.now() - started),
    }),
  );
}

function* countRows(rows: Rows): Generator<void, number> {
  let n = 0;
  try {
    for (;;) {
      const row = rows.next();
      if (row === undefined) return n;
      if (row === PAUSE) {
        rows.suspend();
        yield;
      } else n += 1;
    }
  } finally {
    rows.suspend();
  }
}

function askedBy(call: Call, source: Seen, name: string, inner: Document): Asked {
  switch (name) {
    case 'find':
      return {
        filter: documentField(inner, 'filter') ?? {},
        sort: documentField(inner, 'sort'),
        skip: countField(inner, 'skip'),
        limit: countField(inner, 'limit') || undefined,
        hint: inner.hint,
        collation: collationField(inner),
      };
    case 'count':
    case 'distinct':
      return { filter: documentField(inner, 'query') ?? {}, hint: inner.hint, collation: collationField(inner) };
    case 'findAndModify':
      return {
        filter: documentField(inner, 'query') ?? {},
        sort: documentField(inner, 'sort'),
        limit: 1,
        hint: inner.hint,
        collation: collationField(inner),
      };
    case 'update':
    case 'delete': {
      const items = inner[name === 'update' ? 'updates' : 'deletes'];
      const item = Array.isArray(items) ? (items[0] as Document) : {};
      const one = name === 'update' ? item.multi !== true : Number(item.limit) === 1;
      const asked = { filter: documentField(item, 'q') ?? {}, hint: item.hint, collation: collationField(item) };
      return { ...asked, limit: one ? 1 : undefined };
    }
    case 'aggregate':
      return preparePipeline(
        call,
        source,
        Array.isArray(inner.pipeline) ? inner.pipeline : [],
        { NOW: call.now() },
        typeof inner.aggregate === 'string',
      ).asked;
    default:
      throw new CommandError(59, 'CommandNotFound', `Explain failed due to unknown command: ${name}`);
  }
}

interface Figures {
  n: number;
  keys: number;
  docs: number;
  ms: number;
}

function reply(
  command: Document,
  queryPlanner: Document,
  verbosity: unknown,
  { n, keys, docs, ms }: Figures,
): Document {
  const stats: Document = {
    executionStats: {
      executionSuccess: true,
      nReturned: n,
      executionTimeMillis: ms,
      totalKeysExamined: keys,
      totalDocsExamined: docs,
      executionStages: queryPlanner.winningPlan,
      ...(verbosity === 'executionStats' ? {} : { allPlansExecution: [] }),
    },
  };
  return {
    explainVersion: '1',
    queryPlanner,
    ...(verbosity === 'queryPlanner' ? {} : stats),
    command,
    serverInfo: { version: VERSION },
  };
}

function planOf({ plan }: Opened, asked: Asked, collection: Collection, name: string): Document {
  if (name === 'count') {
    if (Object.keys(asked.filter).length === 0) return { stage: 'RECORD_STORE_FAST_COUNT' };
    if (plan.kind === 'index' && plan.exact)
      return { stage: 'COUNT', inputStage: { ...scanStage(plan, asked), stage: 'COUNT_SCAN' } };
  }
  let stage = accessStage(plan, asked, collection);
  if (!plan.sorted)
    stage = {
      stage: 'SORT',
      sortPattern: asked.sort,
      ...(asked.limit === undefined ? {} : { limitAmount: asked.limit }),
      inputStage: stage,
    };
  if (asked.skip) stage = { stage: 'SKIP', skipAmount: asked.skip, inputStage: stage };
  if (asked.limit !== undefined) stage = { stage: 'LIMIT', limitAmount: asked.limit, inputStage: stage };
  return stage;
}

function accessStage(plan: Plan, asked: Asked, collection: Collection): Document {
  const tested = plan.exact ? {} : { filter: asked.filter };
  switch (plan.kind) {
    case 'collection':
      return { stage: 'COLLSCAN', ...tested, direction: plan.reverse ? 'backward' : 'forward' };
    case 'tail':
      return { stage: 'COLLSCAN', ...tested, direction: 'forward' };
    case 'id':
      return { stage: 'IDHACK', ...tested, keyPattern: { _id: 1 }, indexName: collection.indexes[0]?.name };
    case 'index':
      return { stage: 'FETCH', ...tested, inputStage: scanStage(plan, asked) };
    case 'union':
      return {
        stage: 'FETCH',
        ...tested,
        inputStage: { stage: 'OR', inputStages: plan.branches.map((branch) => accessStage(branch, asked, collection)) },
      };
  }
}

function scanStage(plan: Plan & { kind: 'index' }, asked: Asked): Document {
  const { index, reverse, merge } = plan;
  return {
    stage: 'IXSCAN',
    keyPattern: index.pattern,
    indexName: index.name,
    isMultiKey: index.multikey !== 0,
    isUnique: index.unique,
    isSparse: index.sparse,
    isPartial: index.partial !== undefined,
    direction: reverse ? 'backward' : 'forward',
    indexBounds: boundsShown(plan),
    ...(merge ? { mergedBy: asked.sort } : {}),
  };
}
