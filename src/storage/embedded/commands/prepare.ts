/** Splits a pipeline into the query that feeds it, the stages that are left and where their documents go. */
import { geoNear } from '../aggregate/geo-near.ts';
import { stagesOf } from '../aggregate/pipeline.ts';
import { checkPlaces } from '../aggregate/placing.ts';
import { type Seen, splitQuery } from '../aggregate/source.ts';
import type { Spec, Stage } from '../aggregate/stage.ts';
import type { Asked } from '../query/query.ts';
import type { Document } from '../values/bson.ts';
import { type Call, collationField } from './command.ts';
import { type Outlet, outStage } from './outlets.ts';

/** A pipeline split into the query that feeds it and what is left to do. */
export interface Prepared {
  readonly asked: Asked;
  readonly rest: readonly Spec[];
  readonly outlet: Outlet | undefined;
  /** What a `$geoNear` makes of the documents of the query. */
  readonly lead: Stage | undefined;
}

/** Splits a pipeline. */
export function preparePipeline(
  call: Call,
  { collection, stages: view }: Seen,
  pipeline: readonly unknown[],
  variables: Document,
  onCollection: boolean,
): Prepared {
  const asked = stagesOf(pipeline);
  checkPlaces(asked, undefined, onCollection);
  const stages = [...view, ...asked];
  const last = stages.at(-1);
  const outlet = last === undefined ? undefined : outStage(call, last.name, last.spec);
  if (outlet !== undefined) stages.pop();
  const common = { hint: call.body.hint, let: variables, collation: collationField(call.body) };
  if (stages[0]?.name === '$geoNear') {
    // What follows may look at the distance it writes.
    const { filter, stage } = geoNear(stages.shift()?.spec, collection);
    return { asked: { ...common, filter }, rest: stages, outlet, lead: stage };
  }
  const { rest, ...query } = splitQuery(stages);
  return { asked: { ...common, ...query, near: false }, rest, outlet, lead: undefined };
}
