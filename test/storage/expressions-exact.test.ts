/** Where a first guess answers otherwise than MongoDB. */
import { expect, test } from 'vitest';
import { result } from './expression-result.ts';

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
