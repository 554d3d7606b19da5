/** collMod: changes of a collection and its indexes that need no rebuilding. */
import { stagesOf } from '../aggregate/pipeline.ts';
import type { Collection } from '../disk/catalog.ts';
import { okReply } from '../reply.ts';
import type { Document } from '../values/bson.ts';
import { CommandError, refusal } from '../values/errors.ts';
import { asNumber } from '../values/numbers.ts';
import { compareValues } from '../values/order.ts';
import { show } from '../values/show.ts';
import {
  arrayField,
  type Call,
  type Command,
  collectionName,
  countField,
  documentField,
  flagField,
  namedCollection,
} from './command.ts';
import { checkFields } from './known-fields.ts';
import { validationOptions } from './validation.ts';
import { checkViews } from './view.ts';

const FIELDS = new Set([
  'index',
  'validator',
  'validationLevel',
  'validationAction',
  'viewOn',
  'pipeline',
  'expireAfterSeconds',
  'timeseries',
  'cappedSize',
  'cappedMax',
  'changeStreamPreAndPostImages',
  'dryRun',
]);

const invalid = (why: string) => new CommandError(72, 'InvalidOptions', why);

/** Changes what a collection accepts and keeps, a view's pipeline, or an index: how long documents live, whether it is used. */
export const collMod: Command = {
  writes: true,
  run(call) {
    const { body, catalog } = call;
    checkFields(body, 'collMod', 'collMod', FIELDS);
    const name = collectionName(call);
    const collection = namedCollection(call);
    if (collection === undefined) throw refusal(26, `ns does not exist: ${call.database}.${body[call.name]}`);
    const options: Document = { ...validationOptions(body), ...changedOptions(body, collection) };
    if (typeof options.viewOn === 'string') checkViews(catalog, call.database, name, options.viewOn);
    if (Object.keys(options).length > 0) catalog.setOptions(collection, { ...collection.options, ...options });
    const change = documentField(body, 'index');
    return okReply(change === undefined ? {} : changeIndex(call, collection, change));
  },
};

function changedOptions(body: Document, { options }: Collection): Document {
  const changed: Document = {};
  if (body.viewOn !== undefined || body.pipeline !== undefined) {
    if (options.viewOn === undefined) throw invalid('ns is not a view');
    if (typeof body.viewOn !== 'string' || body.pipeline === undefined)
      throw invalid("Must specify both 'viewOn' and 'pipeline' when modifying a view");
    stagesOf(arrayField(body, 'pipeline') ?? []);
    Object.assign(changed, { viewOn: body.viewOn, pipeline: body.pipeline });
  }
  if (body.expireAfterSeconds !== undefined) {
    if (options.timeseries === undefined && options.clusteredIndex === undefined) {
      throw invalid("'expireAfterSeconds' is only supported on time-series collections and clustered collections");
    }
    changed.expireAfterSeconds = body.expireAfterSeconds === 'off' ? null : body.expireAfterSeconds;
  }
  for (const [name, option] of [
    ['cappedSize', 'size'],
    ['cappedMax', 'max'],
  ] as const) {
    const value = countField(body, name);
    if (value === undefined) continue;
    if (options.capped !== true) throw invalid(`Cannot change the ${option} of a collection that is not capped`);
    changed[option] = value;
  }
  const images = documentField(body, 'changeStreamPreAndPostImages');
  if (images !== undefined) changed.changeStreamPreAndPostImages = images;
  return changed;
}

function changeIndex({ catalog }: Call, collection: Collection, change: Document): Document {
  const index = collection.indexes.find(({ name, spec }) =>
    change.name === undefined ? compareValues(spec.key, change.keyPattern) === 0 : name === change.name,
  );
  if (index === undefined)
    throw new CommandError(27, 'IndexNotFound', `cannot find index ${show(change)} for ns ${collection.namespace}`);
  const { expireAfterSeconds: seconds, hidden } = change;
  if (asNumber(seconds) === undefined && hidden === undefined) throw invalid('no expireAfterSeconds or hidden field');
  const spec = { ...index.spec };
  const reply: Document = {};
  if (seconds !== undefined) {
    if (spec.expireAfterSeconds !== undefined) reply.expireAfterSeconds_old = spec.expireAfterSeconds;
    spec.expireAfterSeconds = seconds;
    reply.expireAfterSeconds_new = seconds;
  }
  if (hidden !== undefined) {
    if (index.name === '_id_') throw new CommandError(2, 'BadValue', "can't hide _id index");
    reply.hidden_old = spec.hidden === true;
    reply.hidden_new = flagField(change, 'hidden');
    if (reply.hidden_new) spec.hidden = true;
    else delete spec.hidden;
  }
  catalog.changeIndex(collection, index, { spec });
  return reply;
}
