import { z } from 'zod';
import { called } from '../../core/input.ts';
import { notWritten } from '../../core/sealed-words.ts';
import { asWritten, onOneLine } from '../../core/written.ts';
import { VISIT_KINDS, type VisitKind } from './model.ts';

const words = (min: number, max: number) => z.string().overwrite(asWritten).min(min).max(max);
const id = (name: string) => called(name, z.string().regex(/^[0-9a-f]{24}$/));
const kind = called('种类', z.enum(Object.keys(VISIT_KINDS) as [VisitKind, ...VisitKind[]]));
const day = called('哪一天', z.iso.date());
const place = called('地点', z.string().overwrite(onOneLine).min(1).max(60));
const persons = called('走访了谁', z.array(id('走访了谁')).max(30));
const households = called('走访了几户', z.number().int().min(0).max(500));
const unmet = called('没见到几户', z.number().int().min(0).max(500));
const well = called('是不是都正常', z.boolean());
const found = notWritten('sealed whole', called('发现了什么', words(1, 1_000))).describe(
  '发现了什么，加密保存，只给联系这些人的人看',
);
const reason = called('原因', words(2, 200));

const matter = {
  text: called('登记的内容', words(2, 500)),
  category: called('类别', z.string().max(20)).default('other').describe('心愿的类别，或事件的类别'),
};

/** What is asked for a wish that comes of a visit; for one of those who were seen when `person` says so. */
const wishInput = z.strictObject({
  what: called('登记成什么', z.enum(['wish'])).default('wish'),
  ...matter,
  urgent: called('是不是急', z.boolean()).default(false),
  person: id('替谁登记').optional(),
  name: called('称呼', z.string().overwrite(onOneLine).min(1).max(20))
    .default('走访的居民')
    .describe('替谁登记，没有账号的写称呼'),
});
export type WishInput = z.output<typeof wishInput>;

/** What is asked for an incident that comes of one. Where it is says the visit; whom somebody went to see says nobody. */
export const incidentInput = z.object({
  what: called('登记成什么', z.enum(['incident'])).default('incident'),
  ...matter,
});
export type IncidentInput = z.output<typeof incidentInput>;

/** Either of them; for whom it is, and how pressing, is a wish's alone. */
export const spawnInput = z.object({
  ...wishInput.shape,
  what: called('登记成什么', z.enum(['wish', 'incident'])).default('wish'),
});

const seen = z.strictObject({
  kind: kind.default('visit'),
  day: day.optional().describe('默认今天；没有网络时写的草稿，写当时那天'),
  place: place.optional(),
  persons: persons.default([]),
  households: households.default(0),
  well: well.default(true),
  found: found.optional(),
});

/** A visit as it is logged. A field nobody knows is refused: misspelt, it would be missing from what was logged. */
export const logInput = seen.extend({
  area: notWritten('a code', called('社区或网格', z.string().max(20)))
    .optional()
    .describe('默认自己负责的片区'),
  unmet: unmet.optional().describe('其中几户没见到人'),
  items: called('任务', z.array(notWritten('a code', z.string().max(90))).max(20))
    .default([])
    .describe('指明算哪几项任务，rule-pack/item'),
  event: id('事件').optional(),
  photos: called('照片', z.array(id('照片编号')).max(9)).default([]),
  wish: called('顺手登记的心愿', wishInput).optional(),
  incident: called('顺手上报的事件', incidentInput.strict()).optional(),
  once: called('一样的不重复记', z.boolean())
    .default(false)
    .describe('同一天已经记过一条一样的（种类、人、户数），就不再记'),
});
export type LogInput = z.output<typeof logInput>;

/** What is to stand instead; what is left out stands as it was. */
export const correctInput = z.strictObject({
  kind: kind.optional(),
  day: day.optional(),
  place: place.optional(),
  persons: persons.optional(),
  households: households.optional(),
  well: well.optional(),
  found: found.optional(),
  reason,
});
export type CorrectInput = z.output<typeof correctInput>;

export const voidInput = z.strictObject({ reason });
export const checkInput = z.strictObject({
  agreed: called('是否属实', z.boolean()),
  words: called('想说的话', words(1, 200)).optional(),
});
export const spawnedInput = z.object({
  kind: z.enum(['wish', 'incident']),
  id: id('编号'),
  number: z.number().int(),
  danger: z.literal(true).optional(),
});
