import { CommandError, failedToParse, refusal, typeMismatch } from './errors.ts';
import { asNumber } from './numbers.ts';
import { show } from './show.ts';
import { type Document, isDocument, Rank, rankOf, setField, typeName } from './types.ts';

/** How a language orders texts, and which of them it takes for the same. */
export interface Collation {
  /** The specification with everything it leaves open filled in, as MongoDB lists it. */
  readonly spec: Document;
  /** Orders two texts. */
  compare(a: string, b: string): number;
  /** The value with every text in it replaced by the one that stands for all texts equal to it. */
  fold(value: unknown): unknown;
}

const DEFAULTS: Document = {
  caseLevel: false,
  caseFirst: 'off',
  strength: 3,
  numericOrdering: false,
  alternate: 'non-ignorable',
  maxVariable: 'punct',
  normalization: false,
  backwards: false,
};

const made = new Map<string, Collation>();

/** Reads a collation; undefined for `simple`, the order of bytes. Refused when it is malformed or its language unknown. */
export function readCollation(given: unknown): Collation | undefined {
  if (!isDocument(given))
    throw typeMismatch(`BSON field 'collation' is the wrong type '${typeName(given)}', expected type 'object'`);
  for (const name of Object.keys(given)) {
    if (name !== 'locale' && name !== 'version' && !(name in DEFAULTS)) {
      throw refusal(40415, `BSON field 'collation.${name}' is an unknown field.`);
    }
  }
  const { locale } = given;
  if (locale === undefined) throw refusal(40414, "BSON field 'collation.locale' is missing but a required field");
  if (typeof locale !== 'string') throw typeMismatch("BSON field 'collation.locale' is the wrong type");
  if (locale === 'simple') return undefined;
  const spec: Document = { locale, ...DEFAULTS, ...given, version: '57.1' };
  spec.strength = asNumber(spec.strength);
  const key = JSON.stringify(spec);
  const known = made.get(key);
  if (known !== undefined) return known;
  const collation = collationOf(spec);
  made.set(key, collation);
  return collation;
}

/** Whether two collations order and equate alike. */
export function sameCollation(a: Collation | undefined, b: Collation | undefined): boolean {
  // Of each specification there is one object only.
  return a === b;
}

const SENSITIVITIES = ['base', 'accent', 'variant', 'variant', 'variant'] as const;

function collationOf(spec: Document): Collation {
  const strength = spec.strength as number | undefined;
  const sensitivity = SENSITIVITIES[(strength ?? 0) - 1];
  if (sensitivity === undefined) {
    throw failedToParse(`Enumeration value '${String(strength)}' for field 'collation.strength' is not a valid value.`);
  }
  const { caseFirst, caseLevel, numericOrdering, alternate } = spec;
  if (caseFirst !== 'off' && caseFirst !== 'upper' && caseFirst !== 'lower') throw unusable(spec, 'caseFirst');
  if (alternate !== 'non-ignorable' && alternate !== 'shifted') throw unusable(spec, 'alternate');
  const shifted = alternate === 'shifted' && (strength ?? 3) < 4;
  const options: Intl.CollatorOptions = {
    sensitivity: caseLevel === true && sensitivity === 'base' ? 'case' : sensitivity,
    numeric: numericOrdering === true,
    ignorePunctuation: shifted,
    caseFirst: caseFirst === 'off' ? 'false' : caseFirst,
  };
  const { compare } = collator(spec, options);
  const foldText = folder({
    accents: sensitivity === 'base',
    case: options.sensitivity === 'base' || options.sensitivity === 'accent',
    digits: options.numeric === true,
    punctuation: shifted,
  });
  const fold = (value: unknown): unknown => {
    if (typeof value === 'string') return foldText(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(fold);
    if (rankOf(value) === Rank.string) return foldText(String(value));
    if (!isDocument(value)) return value;
    const folded: Document = {};
    for (const name of Object.keys(value)) setField(folded, name, fold(value[name]));
    return folded;
  };
  return { spec, compare, fold };
}

function collator(spec: Document, options: Intl.CollatorOptions): Intl.Collator {
  // ICU writes `en_US` and `de@collation=phonebook` for what JavaScript calls `en-US` and `de-u-co-phonebk`.
  const [name = '', keywords = ''] = (spec.locale as string).split('@');
  const kind = /collation=(\w+)/.exec(keywords)?.[1];
  const extension = kind === undefined ? '' : `-u-co-${KINDS[kind] ?? kind}`;
  const tag = name.replaceAll('_', '-') + extension;
  try {
    if (Intl.Collator.supportedLocalesOf([tag]).length > 0) return new Intl.Collator(tag, options);
  } catch {
    // Not even the form of a language's name.
  }
  throw unusable(spec, 'locale');
}

const KINDS: Readonly<Record<string, string>> = { phonebook: 'phonebk', traditional: 'trad', dictionary: 'dict' };

function unusable(spec: Document, field: string): CommandError {
  return new CommandError(2, 'BadValue', `Field '${field}' is invalid in: ${show(spec)}`);
}

/** What differences a collation passes over. */
interface Passes {
  readonly accents: boolean;
  readonly case: boolean;
  readonly digits: boolean;
  readonly punctuation: boolean;
}

function folder(passes: Passes): (text: string) => string {
  return (text) => {
    let folded = text.normalize(passes.case ? 'NFKD' : 'NFD').replace(/[\p{Cc}\p{Cf}]/gu, keptControl);
    if (passes.accents) folded = folded.replace(/\p{M}/gu, '');
    if (passes.case) folded = folded.toUpperCase().toLowerCase();
    if (passes.punctuation) folded = folded.replace(/[\p{P}\p{Z}\s]/gu, '');
    if (passes.digits) folded = folded.replace(/0+(?=\p{Nd})/gu, '');
    return folded;
  };
}

/** Control characters count for nothing, but those that are white space. */
const keptControl = (character: string) => (/\s/.test(character) ? character : '');
