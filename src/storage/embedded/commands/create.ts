/** create: what kinds of collections there are. */

import { stagesOf } from '../aggregate/pipeline.ts';
import { okReply } from '../reply.ts';
import type { Document } from '../values/bson.ts';
import { CommandError, refusal } from '../values/errors.ts';
import { asNumber } from '../values/numbers.ts';
import { compareValues } from '../values/order.ts';
import { isDocument } from '../values/types.ts';
import {
  arrayField,
  type Command,
  collationField,
  collectionName,
  countField,
  documentField,
  flagField,
} from './command.ts';
import { checkFields } from './known-fields.ts';
import { validationOptions } from './validation.ts';
import { checkViews } from './view.ts';

const FIELDS = new Set([
  'capped',
  'size',
  'max',
  'storageEngine',
  'validator',
  'validationLevel',
  'validationAction',
  'indexOptionDefaults',
  'viewOn',
  'pipeline',
  'collation',
  'autoIndexId',
  'idIndex',
  'timeseries',
  'expireAfterSeconds',
  'clusteredIndex',
  'changeStreamPreAndPostImages',
  'encryptedFields',
  'flags',
  'temp',
]);

const invalid = (why: string) => new CommandError(72, 'InvalidOptions', why);

/** The options a collection is kept with, completed as MongoDB lists them. */
function collectionOptions(body: Document): Document {
  if (body.encryptedFields !== undefined) {
    throw new CommandError(
      115,
      'CommandNotSupported',
      "create option 'encryptedFields' is not supported by this store",
    );
  }
  const collation = collationField(body);
  const images = documentField(body, 'changeStreamPreAndPostImages');
  return {
    ...cappedOptions(body),
    ...viewOptions(body),
    ...clusteredOptions(body),
    ...timeOptions(body),
    ...(images === undefined ? {} : { changeStreamPreAndPostImages: images }),
    ...validationOptions(body),
    ...(collation ? { collation: collation.spec } : {}),
  };
}

function cappedOptions(body: Document): Document {
  if (!flagField(body, 'capped')) {
    if (body.size !== undefined || body.max !== undefined) {
      throw invalid("the 'capped' field needs to be true when either the 'size' or 'max' fields are present");
    }
    return {};
  }
  const size = countField(body, 'size');
  if (size === undefined) throw invalid("the 'size' field is required when 'capped' is true");
  if (size < 1)
    throw new CommandError(51024, 'Location51024', `BSON field 'size' value must be >= 1, actual value '${size}'`);
  const max = countField(body, 'max');
  return { capped: true, size, ...(max === undefined ? {} : { max }) };
}

function viewOptions(body: Document): Document {
  const pipeline = arrayField(body, 'pipeline');
  if (body.viewOn === undefined) {
    if (pipeline !== undefined) throw invalid("'pipeline' requires 'viewOn' to also be specified");
    return {};
  }
  if (typeof body.viewOn !== 'string' || body.viewOn === '')
    throw new CommandError(2, 'BadValue', "'viewOn' cannot be empty");
  const stages = stagesOf(pipeline ?? []);
  const writing = stages.find(({ name }) => name === '$out' || name === '$merge');
  if (writing !== undefined) {
    throw new CommandError(
      167,
      'OptionNotSupportedOnView',
      `The aggregation stage ${writing.name} cannot be used in the view definition`,
    );
  }
  return { viewOn: body.viewOn, pipeline: pipeline ?? [] };
}

function clusteredOptions(body: Document): Document {
  const given = documentField(body, 'clusteredIndex');
  if (given === undefined) return {};
  const { key, unique, name = '_id_' } = given;
  if (!isDocument(key) || compareValues(key, { _id: 1 }) !== 0) {
    throw invalid('The clusteredIndex option is only supported for key: {_id: 1}');
  }
  if (unique !== true) throw invalid('The clusteredIndex option requires unique: true to be specified');
  return { clusteredIndex: { v: 2, key, name, unique: true } };
}

const GRANULARITIES: ReadonlyMap<unknown, number> = new Map([
  ['seconds', 3600],
  ['minutes', 86_400],
  ['hours', 2_592_000],
]);

function timeOptions(body: Document): Document {
  const series = documentField(body, 'timeseries');
  const options: Document = {};
  if (body.expireAfterSeconds !== undefined) {
    const seconds = asNumber(body.expireAfterSeconds);
    if (seconds === undefined || seconds < 0) throw invalid('expireAfterSeconds must be a number, zero or more');
    if (series === undefined && body.clusteredIndex === undefined) {
      throw invalid(
        "'expireAfterSeconds' is only supported on time-series collections or when the 'clusteredIndex' option is specified",
      );
    }
    options.expireAfterSeconds = body.expireAfterSeconds;
  }
  if (series === undefined) return options;
  const { timeField, metaField, granularity = 'seconds', ...others } = series;
  if (typeof timeField !== 'string')
    throw refusal(40414, "BSON field 'create.timeseries.timeField' is missing but a required field");
  const span = GRANULARITIES.get(granularity);
  if (span === undefined) {
    throw new CommandError(
      2,
      'BadValue',
      `Enumeration value '${String(granularity)}' for field 'create.timeseries.granularity' is not a valid value.`,
    );
  }
  const meta = metaField === undefined ? {} : { metaField };
  return { ...options, timeseries: { timeField, ...meta, granularity, bucketMaxSpanSeconds: span, ...others } };
}

/** Makes a collection; the same again is no error, as MongoDB has it since 7.0. */
export const create: Command = {
  writes: true,
  run(call) {
    checkFields(call.body, 'create', 'create', FIELDS);
    const name = collectionName(call);
    const options = collectionOptions(call.body);
    if (typeof options.viewOn === 'string') checkViews(call.catalog, call.database, name, options.viewOn);
    const found = call.catalog.find(call.database, name);
    if (found === undefined) call.catalog.create(call.database, name, options);
    else if (compareValues(found.options, options) !== 0) {
      throw new CommandError(48, 'NamespaceExists', `Collection ${found.namespace} already exists.`);
    }
    return okReply({});
  },
};
