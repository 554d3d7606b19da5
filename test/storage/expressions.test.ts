import { EJSON, ObjectId } from 'bson';
import { Decimal128, Double, Long } from 'mongodb';
import { expect, test } from 'vitest';
import { evaluate } from '../../src/storage/embedded/aggregate/expression.ts';
import { type Document, decode, encode } from '../../src/storage/embedded/values/bson.ts';
import { stored } from './values/arbitraries.ts';

const document = stored({
  _id: 1,
  i: 5,
  d: new Double(2.5),
  l: Long.fromNumber(7),
  n: null,
  s: 'Hello World',
  a: [3, 1, 2],
  date: new Date('2026-03-05T10:20:30.456Z'),
  o: { x: 1, y: 'z' },
  dec: Decimal128.fromString('1.50'),
  da: [
    { k: 'a', v: 1 },
    { k: 'b', v: 2 },
  ],
  neg: -7,
  b: true,
  id: new ObjectId('65a1b2c3d4e5f60718293a4b'),
});

/** What an expression gives on the document above: canonical extended JSON, `MISSING`, or the code it is refused with. */
function result(expression: string): string {
  const { e } = stored({ e: EJSON.parse(expression, { relaxed: false }) as unknown });
  try {
    const value = evaluate(e, document, {});
    if (value === undefined) return 'MISSING';
    const { v } = decode(encode({ v: value })) as Document;
    return EJSON.stringify(v, { relaxed: false });
  } catch (error) {
    return `refused ${(error as { code: number }).code}`;
  }
}

test.each([
  ['{"$add":["$i",1]}', '{"$numberInt":"6"}'],
  ['{"$add":["$i",{"$numberLong":"1"}]}', '{"$numberLong":"6"}'],
  ['{"$add":["$l","$d"]}', '{"$numberDouble":"9.5"}'],
  ['{"$add":["$dec",1]}', '{"$numberDecimal":"2.50"}'],
  ['{"$add":["$date",1000]}', '{"$date":{"$numberLong":"1772706031456"}}'],
  ['{"$add":["$s",1]}', 'refused 14'],
  ['{"$subtract":["$i","$l"]}', '{"$numberLong":"-2"}'],
  ['{"$subtract":["$date","$date"]}', '{"$numberLong":"0"}'],
  ['{"$multiply":["$i","$d"]}', '{"$numberDouble":"12.5"}'],
  ['{"$divide":["$i",2]}', '{"$numberDouble":"2.5"}'],
  ['{"$divide":["$i",5]}', '{"$numberDouble":"1.0"}'],
  ['{"$divide":["$dec",2]}', '{"$numberDecimal":"0.75"}'],
  ['{"$divide":["$i",0]}', 'refused 2'],
  ['{"$mod":["$neg",3]}', '{"$numberInt":"-1"}'],
  ['{"$mod":["$l",4]}', '{"$numberLong":"3"}'],
  ['{"$mod":["$d",2]}', '{"$numberDouble":"0.5"}'],
  ['{"$abs":"$neg"}', '{"$numberInt":"7"}'],
  ['{"$abs":{"$numberLong":"-3"}}', '{"$numberLong":"3"}'],
  ['{"$abs":"$n"}', 'null'],
  ['{"$ceil":"$d"}', '{"$numberDouble":"3.0"}'],
  ['{"$ceil":"$i"}', '{"$numberInt":"5"}'],
  ['{"$floor":{"$numberDouble":"-2.5"}}', '{"$numberDouble":"-3.0"}'],
  ['{"$round":[{"$numberDouble":"2.5"}]}', '{"$numberDouble":"2.0"}'],
  ['{"$round":[{"$numberDouble":"3.14159"},2]}', '{"$numberDouble":"3.14"}'],
  ['{"$round":[1234,-2]}', '{"$numberInt":"1200"}'],
  ['{"$trunc":[{"$numberDouble":"-2.7"}]}', '{"$numberDouble":"-2.0"}'],
  ['{"$trunc":[{"$numberDouble":"7.859"},1]}', '{"$numberDouble":"7.8"}'],
  ['{"$pow":[2,10]}', '{"$numberInt":"1024"}'],
  ['{"$pow":[2,40]}', '{"$numberLong":"1099511627776"}'],
  ['{"$pow":[2,-1]}', '{"$numberDouble":"0.5"}'],
  ['{"$sqrt":16}', '{"$numberDouble":"4.0"}'],
  ['{"$sqrt":-1}', 'refused 28714'],
  ['{"$exp":0}', '{"$numberDouble":"1.0"}'],
  ['{"$ln":1}', '{"$numberDouble":"0.0"}'],
  ['{"$log":[8,2]}', '{"$numberDouble":"3.0"}'],
  ['{"$log10":100}', '{"$numberDouble":"2.0"}'],
  ['{"$sum":["$i","$d","$s"]}', '{"$numberDouble":"7.5"}'],
  ['{"$sum":"$a"}', '{"$numberInt":"6"}'],
  ['{"$avg":"$a"}', '{"$numberDouble":"2.0"}'],
  ['{"$max":"$a"}', '{"$numberInt":"3"}'],
  ['{"$min":["$i","$l"]}', '{"$numberInt":"5"}'],
  ['{"$max":["$s","$i"]}', '"Hello World"'],
  ['{"$stdDevPop":"$a"}', '{"$numberDouble":"0.816496580927726"}'],
  ['{"$bitAnd":[12,10]}', '{"$numberInt":"8"}'],
  ['{"$bitOr":[12,{"$numberLong":"3"}]}', '{"$numberLong":"15"}'],
  ['{"$bitNot":5}', '{"$numberInt":"-6"}'],
  ['{"$sin":0}', '{"$numberDouble":"0.0"}'],
  ['{"$degreesToRadians":180}', '{"$numberDouble":"3.141592653589793"}'],
])('numbers keep their types and are rounded as MongoDB rounds them: %s', (expression, wanted) => {
  expect(result(expression)).toBe(wanted);
});

test.each([
  ['{"$concat":["$s","!"]}', '"Hello World!"'],
  ['{"$concat":["$s","$n"]}', 'null'],
  ['{"$concat":["$s",1]}', 'refused 16702'],
  ['{"$toUpper":"$s"}', '"HELLO WORLD"'],
  ['{"$toLower":"$n"}', '""'],
  ['{"$toUpper":"$i"}', '"5"'],
  ['{"$substr":["$s",0,5]}', '"Hello"'],
  ['{"$substrCP":["里屋ab",1,2]}', '"屋a"'],
  ['{"$substrBytes":["$s",6,-1]}', '"World"'],
  ['{"$strLenCP":"里屋"}', '{"$numberInt":"2"}'],
  ['{"$strLenBytes":"里屋"}', '{"$numberInt":"6"}'],
  ['{"$strLenCP":"$n"}', 'refused 34471'],
  ['{"$indexOfCP":["$s","o"]}', '{"$numberInt":"4"}'],
  ['{"$indexOfCP":["$s","o",5]}', '{"$numberInt":"7"}'],
  ['{"$indexOfBytes":["里a","a"]}', '{"$numberInt":"3"}'],
  ['{"$indexOfArray":["$a",2]}', '{"$numberInt":"2"}'],
  ['{"$indexOfArray":["$a",9]}', '{"$numberInt":"-1"}'],
  ['{"$split":["$s"," "]}', '["Hello","World"]'],
  ['{"$trim":{"input":"  x "}}', '"x"'],
  ['{"$ltrim":{"input":"xxhix","chars":"x"}}', '"hix"'],
  ['{"$rtrim":{"input":"hixx","chars":"x"}}', '"hi"'],
  ['{"$strcasecmp":["$s","hello world"]}', '{"$numberInt":"0"}'],
  ['{"$replaceOne":{"input":"$s","find":"o","replacement":"0"}}', '"Hell0 World"'],
  ['{"$replaceAll":{"input":"$s","find":"o","replacement":"0"}}', '"Hell0 W0rld"'],
  ['{"$regexMatch":{"input":"$s","regex":"^hello","options":"i"}}', 'true'],
  ['{"$regexFind":{"input":"$s","regex":"W(or)"}}', '{"match":"Wor","idx":{"$numberInt":"6"},"captures":["or"]}'],
  ['{"$regexFind":{"input":"$s","regex":"zzz"}}', 'null'],
  ['{"$regexMatch":{"input":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!","regex":"^(a+)+$"}}', 'refused 51156'],
  [
    '{"$regexFindAll":{"input":"$s","regex":"o"}}',
    '[{"match":"o","idx":{"$numberInt":"4"},"captures":[]},{"match":"o","idx":{"$numberInt":"7"},"captures":[]}]',
  ],
  ['{"$toString":"$i"}', '"5"'],
  ['{"$toString":"$d"}', '"2.5"'],
  ['{"$toString":"$l"}', '"7"'],
  ['{"$toString":"$dec"}', '"1.50"'],
  ['{"$toString":"$id"}', '"65a1b2c3d4e5f60718293a4b"'],
  ['{"$toString":"$date"}', '"2026-03-05T10:20:30.456Z"'],
  ['{"$toString":"$b"}', '"true"'],
  ['{"$toInt":"12"}', '{"$numberInt":"12"}'],
  ['{"$toInt":"$d"}', '{"$numberInt":"2"}'],
  ['{"$toInt":"x"}', 'refused 241'],
  ['{"$toInt":"1.5"}', 'refused 241'],
  ['{"$toLong":"12"}', '{"$numberLong":"12"}'],
  ['{"$toLong":"$date"}', '{"$numberLong":"1772706030456"}'],
  ['{"$toDouble":"1.5"}', '{"$numberDouble":"1.5"}'],
  ['{"$toDouble":"$i"}', '{"$numberDouble":"5.0"}'],
  ['{"$toDecimal":"1.50"}', '{"$numberDecimal":"1.50"}'],
  ['{"$toBool":"$s"}', 'true'],
  ['{"$toBool":0}', 'false'],
  ['{"$toBool":"$n"}', 'null'],
  ['{"$toObjectId":"65a1b2c3d4e5f60718293a4b"}', '{"$oid":"65a1b2c3d4e5f60718293a4b"}'],
  ['{"$toDate":"2026-01-01T00:00:00Z"}', '{"$date":{"$numberLong":"1767225600000"}}'],
  ['{"$toDate":{"$numberLong":"0"}}', '{"$date":{"$numberLong":"0"}}'],
  ['{"$toDate":"$id"}', '{"$date":{"$numberLong":"1705095875000"}}'],
  ['{"$convert":{"input":"zz","to":"int","onError":"bad"}}', '"bad"'],
  ['{"$convert":{"input":null,"to":"int","onNull":-1}}', '{"$numberInt":"-1"}'],
  ['{"$convert":{"input":"5","to":"double"}}', '{"$numberDouble":"5.0"}'],
  ['{"$convert":{"input":"$i","to":"string"}}', '"5"'],
  ['{"$isNumber":"$dec"}', 'true'],
  ['{"$isNumber":"$s"}', 'false'],
  ['{"$type":"$d"}', '"double"'],
  ['{"$type":"$zzz"}', '"missing"'],
])('texts, and conversions from and to them: %s', (expression, wanted) => {
  expect(result(expression)).toBe(wanted);
});

test.each([
  ['{"$size":"$a"}', '{"$numberInt":"3"}'],
  ['{"$arrayElemAt":["$a",-1]}', '{"$numberInt":"2"}'],
  ['{"$arrayElemAt":["$a",9]}', 'MISSING'],
  ['{"$first":"$a"}', '{"$numberInt":"3"}'],
  ['{"$last":"$a"}', '{"$numberInt":"2"}'],
  ['{"$slice":["$a",2]}', '[{"$numberInt":"3"},{"$numberInt":"1"}]'],
  ['{"$slice":["$a",-1]}', '[{"$numberInt":"2"}]'],
  ['{"$slice":["$a",1,1]}', '[{"$numberInt":"1"}]'],
  ['{"$reverseArray":"$a"}', '[{"$numberInt":"2"},{"$numberInt":"1"},{"$numberInt":"3"}]'],
  ['{"$sortArray":{"input":"$a","sortBy":1}}', '[{"$numberInt":"1"},{"$numberInt":"2"},{"$numberInt":"3"}]'],
  [
    '{"$sortArray":{"input":"$da","sortBy":{"v":-1}}}',
    '[{"k":"b","v":{"$numberInt":"2"}},{"k":"a","v":{"$numberInt":"1"}}]',
  ],
  ['{"$concatArrays":["$a",[9]]}', '[{"$numberInt":"3"},{"$numberInt":"1"},{"$numberInt":"2"},{"$numberInt":"9"}]'],
  ['{"$in":[2,"$a"]}', 'true'],
  ['{"$isArray":"$a"}', 'true'],
  ['{"$range":[0,6,2]}', '[{"$numberInt":"0"},{"$numberInt":"2"},{"$numberInt":"4"}]'],
  ['{"$zip":{"inputs":["$a",["x","y"]]}}', '[[{"$numberInt":"3"},"x"],[{"$numberInt":"1"},"y"]]'],
  [
    '{"$zip":{"inputs":["$a",["x"]],"useLongestLength":true,"defaults":[0,"-"]}}',
    '[[{"$numberInt":"3"},"x"],[{"$numberInt":"1"},"-"],[{"$numberInt":"2"},"-"]]',
  ],
  ['{"$arrayToObject":"$da"}', '{"a":{"$numberInt":"1"},"b":{"$numberInt":"2"}}'],
  ['{"$objectToArray":"$o"}', '[{"k":"x","v":{"$numberInt":"1"}},{"k":"y","v":"z"}]'],
  [
    '{"$map":{"input":"$a","as":"e","in":{"$multiply":["$$e",2]}}}',
    '[{"$numberInt":"6"},{"$numberInt":"2"},{"$numberInt":"4"}]',
  ],
  ['{"$filter":{"input":"$a","as":"e","cond":{"$gt":["$$e",1]}}}', '[{"$numberInt":"3"},{"$numberInt":"2"}]'],
  ['{"$reduce":{"input":"$a","initialValue":0,"in":{"$add":["$$value","$$this"]}}}', '{"$numberInt":"6"}'],
  ['{"$setUnion":["$a",[3,4]]}', '[{"$numberInt":"1"},{"$numberInt":"2"},{"$numberInt":"3"},{"$numberInt":"4"}]'],
  ['{"$setIntersection":["$a",[3,4]]}', '[{"$numberInt":"3"}]'],
  ['{"$setDifference":["$a",[3]]}', '[{"$numberInt":"1"},{"$numberInt":"2"}]'],
  ['{"$setEquals":["$a",[1,2,3,3]]}', 'true'],
  ['{"$setIsSubset":[[1,2],"$a"]}', 'true'],
  ['{"$anyElementTrue":[["$b",false]]}', 'true'],
  ['{"$allElementsTrue":[["$b",0]]}', 'false'],
  ['{"$firstN":{"input":"$a","n":2}}', '[{"$numberInt":"3"},{"$numberInt":"1"}]'],
  ['{"$maxN":{"input":"$a","n":2}}', '[{"$numberInt":"3"},{"$numberInt":"2"}]'],
])('arrays and sets: %s', (expression, wanted) => {
  expect(result(expression)).toBe(wanted);
});

test.each([
  ['{"$mergeObjects":["$o",{"z":1}]}', '{"x":{"$numberInt":"1"},"y":"z","z":{"$numberInt":"1"}}'],
  ['{"$getField":{"field":"x","input":"$o"}}', '{"$numberInt":"1"}'],
  ['{"$setField":{"field":"w","input":"$o","value":2}}', '{"x":{"$numberInt":"1"},"y":"z","w":{"$numberInt":"2"}}'],
  ['{"$unsetField":{"field":"x","input":"$o"}}', '{"y":"z"}'],
  ['{"$ifNull":["$n","$zzz","d"]}', '"d"'],
  ['{"$cond":[true,1,2]}', '{"$numberInt":"1"}'],
  ['{"$switch":{"branches":[{"case":false,"then":1}],"default":"x"}}', '"x"'],
  ['{"$let":{"vars":{"q":"$i"},"in":{"$add":["$$q",1]}}}', '{"$numberInt":"6"}'],
  ['{"$literal":"$i"}', '"$i"'],
  ['{"$cmp":["$i","$l"]}', '{"$numberInt":"-1"}'],
  ['{"$eq":["$l",7]}', 'true'],
])('documents and decisions: %s', (expression, wanted) => {
  expect(result(expression)).toBe(wanted);
});

test.each([
  ['{"$year":"$date"}', '{"$numberInt":"2026"}'],
  ['{"$month":"$date"}', '{"$numberInt":"3"}'],
  ['{"$dayOfMonth":"$date"}', '{"$numberInt":"5"}'],
  ['{"$dayOfWeek":"$date"}', '{"$numberInt":"5"}'],
  ['{"$dayOfYear":"$date"}', '{"$numberInt":"64"}'],
  ['{"$hour":{"date":"$date","timezone":"Asia/Shanghai"}}', '{"$numberInt":"18"}'],
  ['{"$minute":"$date"}', '{"$numberInt":"20"}'],
  ['{"$second":"$date"}', '{"$numberInt":"30"}'],
  ['{"$millisecond":"$date"}', '{"$numberInt":"456"}'],
  ['{"$week":"$date"}', '{"$numberInt":"9"}'],
  ['{"$isoWeek":"$date"}', '{"$numberInt":"10"}'],
  ['{"$isoWeekYear":"$date"}', '{"$numberLong":"2026"}'],
  ['{"$isoDayOfWeek":"$date"}', '{"$numberInt":"4"}'],
  ['{"$dateToString":{"date":"$date","format":"%Y-%m-%d"}}', '"2026-03-05"'],
  ['{"$dateToString":{"date":"$date"}}', '"2026-03-05T10:20:30.456Z"'],
  ['{"$dateToString":{"date":"$date","format":"%H:%M:%S.%L %z","timezone":"+08:00"}}', '"18:20:30.456 +0800"'],
  ['{"$dateToString":{"date":"$date","format":"%G-%V-%u %j %U %B %b"}}', '"2026-10-4 064 09 March Mar"'],
  ['{"$dateToString":{"date":"$n","onNull":"none"}}', '"none"'],
  ['{"$dateFromString":{"dateString":"2026-02-01"}}', '{"$date":{"$numberLong":"1769904000000"}}'],
  [
    '{"$dateFromString":{"dateString":"2026-02-01T08:00:00","timezone":"Asia/Shanghai"}}',
    '{"$date":{"$numberLong":"1769904000000"}}',
  ],
  ['{"$dateFromString":{"dateString":"01/02/2026","format":"%d/%m/%Y"}}', '{"$date":{"$numberLong":"1769904000000"}}'],
  ['{"$dateFromString":{"dateString":"zz","onError":"bad"}}', '"bad"'],
  ['{"$dateFromParts":{"year":2026,"month":2,"day":1}}', '{"$date":{"$numberLong":"1769904000000"}}'],
  [
    '{"$dateToParts":{"date":"$date"}}',
    '{"year":{"$numberInt":"2026"},"month":{"$numberInt":"3"},"day":{"$numberInt":"5"},"hour":{"$numberInt":"10"},"minute":{"$numberInt":"20"},"second":{"$numberInt":"30"},"millisecond":{"$numberInt":"456"}}',
  ],
  ['{"$dateAdd":{"startDate":"$date","unit":"month","amount":1}}', '{"$date":{"$numberLong":"1775384430456"}}'],
  ['{"$dateSubtract":{"startDate":"$date","unit":"day","amount":5}}', '{"$date":{"$numberLong":"1772274030456"}}'],
  [
    '{"$dateDiff":{"startDate":"$date","endDate":{"$dateAdd":{"startDate":"$date","unit":"hour","amount":50}},"unit":"day"}}',
    '{"$numberLong":"2"}',
  ],
  ['{"$dateTrunc":{"date":"$date","unit":"month"}}', '{"$date":{"$numberLong":"1772323200000"}}'],
  ['{"$dateTrunc":{"date":"$date","unit":"week","startOfWeek":"monday"}}', '{"$date":{"$numberLong":"1772409600000"}}'],
  ['{"$dateTrunc":{"date":"$date","unit":"hour","binSize":2}}', '{"$date":{"$numberLong":"1772704800000"}}'],
  ['{"$nope":1}', 'refused 168'],
])('dates: %s', (expression, wanted) => {
  expect(result(expression)).toBe(wanted);
});

const dated = (iso: string) => `{"$date":{"$numberLong":"${Date.parse(iso)}"}}`;

test.each([
  // What lies so far from a date, by the calendar.
  [
    `{"$dateAdd":{"startDate":${dated('2024-01-31T00:00:00Z')},"unit":"month","amount":1}}`,
    dated('2024-02-29T00:00:00Z'),
  ],
  [
    `{"$dateAdd":{"startDate":${dated('2024-01-31T00:00:00Z')},"unit":"quarter","amount":1}}`,
    dated('2024-04-30T00:00:00Z'),
  ],
  [
    `{"$dateAdd":{"startDate":${dated('2024-02-29T00:00:00Z')},"unit":"year","amount":1}}`,
    dated('2025-02-28T00:00:00Z'),
  ],
  [
    `{"$dateSubtract":{"startDate":${dated('2024-03-31T00:00:00Z')},"unit":"month","amount":1}}`,
    dated('2024-02-29T00:00:00Z'),
  ],
  [
    `{"$dateAdd":{"startDate":${dated('2024-03-09T15:00:00Z')},"unit":"day","amount":1,"timezone":"America/New_York"}}`,
    dated('2024-03-10T14:00:00Z'),
  ],
  [`{"$dateAdd":{"startDate":"$date","unit":"day","amount":1.5}}`, 'refused 5166405'],
  [`{"$dateAdd":{"startDate":"$date","unit":"foo","amount":1}}`, 'refused 9'],
  [`{"$dateAdd":{"startDate":"$s","unit":"day","amount":1}}`, 'refused 5166403'],
  [`{"$dateAdd":{"startDate":"$n","unit":"day","amount":1}}`, 'null'],
  // Put together from parts, which carry over.
  ['{"$dateFromParts":{"year":2024}}', dated('2024-01-01T00:00:00Z')],
  ['{"$dateFromParts":{"year":2024,"month":14,"day":-1,"hour":25}}', dated('2025-01-31T01:00:00Z')],
  ['{"$dateFromParts":{"isoWeekYear":2024,"isoWeek":10,"isoDayOfWeek":7}}', dated('2024-03-10T00:00:00Z')],
  ['{"$dateFromParts":{"year":2024,"timezone":"Asia/Shanghai"}}', dated('2023-12-31T16:00:00Z')],
  ['{"$dateFromParts":{"year":99999}}', 'refused 40523'],
  ['{"$dateFromParts":{"year":2024,"isoWeek":1}}', 'refused 40489'],
  ['{"$dateFromParts":{"month":2}}', 'refused 40516'],
  // Read.
  ['{"$dateFromString":{"dateString":"2024-03-10 02:30"}}', dated('2024-03-10T02:30:00Z')],
  ['{"$dateFromString":{"dateString":"2024-03-10T02:30:00.123+0800"}}', dated('2024-03-09T18:30:00.123Z')],
  ['{"$dateFromString":{"dateString":"March 10, 2024"}}', dated('2024-03-10T00:00:00Z')],
  ['{"$dateFromString":{"dateString":"2024-03-10","timezone":"Asia/Shanghai"}}', dated('2024-03-09T16:00:00Z')],
  ['{"$dateFromString":{"dateString":"2024-03-10T00:00:00Z","timezone":"Asia/Shanghai"}}', 'refused 241'],
  ['{"$dateFromString":{"dateString":"zz"}}', 'refused 241'],
  ['{"$dateFromString":{"dateString":"zz","onError":"none"}}', '"none"'],
  ['{"$dateFromString":{"dateString":"$missing","onNull":"none"}}', '"none"'],
  ['{"$dateFromString":{"dateString":"2024-02-30"}}', 'refused 241'],
  // Written.
  ['{"$dateToString":{"date":"$date"}}', '"2026-03-05T10:20:30.456Z"'],
  ['{"$dateToString":{"date":"$date","timezone":"Asia/Shanghai"}}', '"2026-03-05T18:20:30.456"'],
  ['{"$dateToString":{"date":"$date","format":"%w %u %U %j %V %G %% %z %Z"}}', '"5 4 09 064 10 2026 % +0000 0"'],
  ['{"$dateToString":{"date":"$date","format":"%b %B %H","timezone":"+08"}}', '"Mar March 18"'],
  ['{"$dateToString":{"date":"$date","format":"%q"}}', 'refused 18536'],
  ['{"$dateToString":{"format":"%Y"}}', 'refused 18628'],
  ['{"$dateToString":{"date":"$date","foo":1}}', 'refused 18534'],
  ['{"$dateToString":{"date":"$missing","onNull":"none"}}', '"none"'],
  // Parts.
  ['{"$year":"$missing"}', 'null'],
  ['{"$year":"$id"}', '{"$numberInt":"2024"}'],
  ['{"$year":["$date"]}', '{"$numberInt":"2026"}'],
  ['{"$hour":{"date":"$date","timezone":"+0530"}}', '{"$numberInt":"15"}'],
  ['{"$dayOfWeek":"$date"}', '{"$numberInt":"5"}'],
  ['{"$dayOfWeek":{"date":"$date","foo":1}}', 'refused 40535'],
  ['{"$year":"$s"}', 'refused 16006'],
  ['{"$year":{"date":"$date","timezone":"Nowhere/At_all"}}', 'refused 40485'],
  // Rounded by what a double really is.
  ['{"$round":[2.345,2]}', '{"$numberDouble":"2.35"}'],
  ['{"$round":[1.015,2]}', '{"$numberDouble":"1.01"}'],
  ['{"$round":[{"$numberDouble":"2.5"},0]}', '{"$numberDouble":"2.0"}'],
  ['{"$trunc":[-1.289,2]}', '{"$numberDouble":"-1.28"}'],
  // What is left out, or is not known.
  ['{"$map":{"input":"$a"}}', 'refused 16882'],
  ['{"$map":{"in":1}}', 'refused 16880'],
  ['{"$filter":{"input":"$a"}}', 'refused 28650'],
  ['{"$filter":{"input":"$a","cond":true,"foo":1}}', 'refused 28647'],
  ['{"$reduce":{"input":"$a","in":1}}', 'refused 40078'],
  ['{"$cond":{"if":true,"then":1}}', 'refused 17082'],
  ['{"$cond":{"if":true,"then":1,"else":2,"foo":3}}', 'refused 17083'],
  ['{"$switch":{"branches":[]}}', 'refused 40068'],
  ['{"$switch":{"branches":[{"case":true}]}}', 'refused 40065'],
  ['{"$zip":{"inputs":[]}}', 'refused 34465'],
  // Patterns, whose groups are captured and not searched for.
  [
    '{"$regexFindAll":{"input":"hello ll","regex":{"$regularExpression":{"pattern":"l(l)(x)?","options":""}}}}',
    '[{"match":"ll","idx":{"$numberInt":"2"},"captures":["l",null]},{"match":"ll","idx":{"$numberInt":"6"},"captures":["l",null]}]',
  ],
  [
    '{"$regexFind":{"input":"好邻hello","regex":"L+","options":"i"}}',
    '{"match":"ll","idx":{"$numberInt":"4"},"captures":[]}',
  ],
  ['{"$regexFind":{"input":"$s","regex":"z"}}', 'null'],
  ['{"$regexFindAll":{"input":"$missing","regex":"z"}}', '[]'],
  ['{"$regexMatch":{"input":"$i","regex":"z"}}', 'refused 51104'],
  ['{"$regexMatch":{"input":"$s","regex":"world","options":"i"}}', 'true'],
  // Documents by their fields.
  ['{"$arrayToObject":[[["a",1],["b",2]]]}', '{"a":{"$numberInt":"1"},"b":{"$numberInt":"2"}}'],
  ['{"$arrayToObject":[[{"k":"a","v":"$i"},{"k":"b","v":2}]]}', '{"a":{"$numberInt":"5"},"b":{"$numberInt":"2"}}'],
  ['{"$arrayToObject":"$da"}', '{"a":{"$numberInt":"1"},"b":{"$numberInt":"2"}}'],
  ['{"$arrayToObject":"$i"}', 'refused 40386'],
  ['{"$getField":"i"}', '{"$numberInt":"5"}'],
  ['{"$getField":{"$literal":"i"}}', '{"$numberInt":"5"}'],
  ['{"$getField":{"field":"x","input":"$o"}}', '{"$numberInt":"1"}'],
  ['{"$getField":"none"}', 'MISSING'],
])('as MongoDB has it: %s', (expression, expected) => {
  expect(result(expression)).toBe(expected);
});
