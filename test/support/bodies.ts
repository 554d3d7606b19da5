/** Bodies to throw at the API: right ones by the document's JSON Schema, the same bent in one place, and noise. */
import fc from 'fast-check';

/** As much of JSON Schema as the document of the API uses. */
interface Schema {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  multipleOf?: number;
  pattern?: string;
  format?: string;
}

const WORDS = ['想要一个小点的电饭煲', '请人换灯泡，够不着', '电话里说好了', '送到家里了'];
const DATES = ['2026-11-30', '2027-01-04', '2020-02-29'];
const HOSTILE = [
  '',
  '\u0000',
  '\u202e反',
  '\ud83d',
  '__proto__',
  '$where',
  '2026-13-40',
  '9'.repeat(400),
  '家'.repeat(20_000),
  '=cmd|1',
];

/** Ids of things that are there, so that a body that asks for one can mean something. */
export type Known = readonly string[];

/** A body the schema allows. */
export function shaped(schema: unknown, known: Known): fc.Arbitrary<unknown> {
  const one = schema as Schema;
  if (one.anyOf) return fc.oneof(...one.anyOf.map((each) => shaped(each, known)));
  if (one.enum) return fc.constantFrom(...one.enum);
  if (one.const !== undefined) return fc.constant(one.const);
  switch (one.type) {
    case 'object':
      return objectOf(one, known);
    case 'array':
      return fc.array(shaped(one.items ?? {}, known), { minLength: one.minItems ?? 0, maxLength: one.maxItems ?? 9 });
    case 'string':
      return stringOf(one, known);
    case 'integer':
      return fc.integer({ min: one.minimum ?? -1_000, max: one.maximum ?? 1_000 });
    case 'number':
      return fc
        .integer({ min: (one.minimum ?? 0) * 100, max: (one.maximum ?? 1_000) * 100 })
        .map((cents) => cents / 100);
    case 'boolean':
      return fc.boolean();
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function objectOf({ properties = {}, required = [] }: Schema, known: Known): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, shaped(each, known)]));
  // What is optional is often what makes a body mean nothing here: a place that is not there, somebody nobody knows.
  const needed = fc.record(Object.fromEntries(Object.entries(fields).filter(([name]) => required.includes(name))));
  return fc.oneof(needed, fc.record(fields, { requiredKeys: required }));
}

function stringOf({ pattern, format, minLength = 0, maxLength = 500 }: Schema, known: Known): fc.Arbitrary<string> {
  if (format === 'date') return fc.constantFrom(...DATES);
  if (format === 'date-time') return fc.constantFrom(...DATES).map((date) => `${date}T08:30:00Z`);
  if (pattern) return fc.oneof(fc.constantFrom(...known), fc.stringMatching(new RegExp(pattern, 'u')));
  const words = WORDS.filter((word) => word.length >= minLength && word.length <= maxLength);
  const any = fc.string({ unit: 'binary', minLength, maxLength });
  return words.length > 0
    ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: any })
    : any;
}

const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, [], {}, -1, 1e308, -0, true, { $gt: '' }, [[[]]]),
  fc.constantFrom(...HOSTILE),
  fc.jsonValue({ maxDepth: 3 }),
);

/** The body with one field missing, replaced or added. */
function bent(body: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const stranger = fc.constantFrom('__proto__', 'constructor', 'state', 'version', '$set', 'history.0', 'id', '');
  return fc
    .record({ body, junk, stranger, where: fc.nat(20), how: fc.constantFrom('drop', 'replace', 'add') })
    .map((it) => {
      if (typeof it.body !== 'object' || it.body === null || Array.isArray(it.body)) return it.junk;
      const entries = Object.entries(it.body);
      const at = entries.length === 0 ? 0 : it.where % entries.length;
      if (it.how === 'drop') return Object.fromEntries(entries.filter((_, n) => n !== at));
      if (it.how === 'replace')
        return Object.fromEntries(entries.map(([key, value], n) => [key, n === at ? it.junk : value]));
      return Object.fromEntries([...entries, [it.stranger, it.junk]]);
    });
}

/** The text of a JSON body for an operation: half of them as they should be, the rest more and more wrong. */
export function bodyText(schema: unknown, known: Known): fc.Arbitrary<string> {
  const right = shaped(schema ?? { type: 'object' }, known);
  const json = (body: fc.Arbitrary<unknown>) => body.map((value) => JSON.stringify(value) ?? '');
  return fc.oneof(
    { weight: 5, arbitrary: json(right) },
    { weight: 3, arbitrary: json(bent(right)) },
    { weight: 1, arbitrary: json(junk) },
    {
      weight: 1,
      arbitrary: fc.oneof(
        fc.string({ unit: 'binary' }),
        json(right).map((text) => text.slice(0, -1)),
      ),
    },
  );
}
