import { z } from 'zod';
import { called } from '../../core/input.ts';
import { notWritten } from '../../core/sealed-words.ts';
import { asWritten, onOneLine } from '../../core/written.ts';
import { URGENCIES, type Urgency } from '../areas/index.ts';
import { INCIDENT_CATEGORIES, type IncidentCategory, STAGES } from './model.ts';

const text = (min: number, max: number) => z.string().overwrite(asWritten).min(min).max(max);
const line = (min: number, max: number) => z.string().overwrite(onOneLine).min(min).max(max);
/** The id of something, under the name of what it is. */
const id = (name: string) => called(name, z.string().regex(/^[0-9a-f]{24}$/));
const areaCode = (name: string) => notWritten('a code', called(name, z.string().max(20)));
const photos = called('照片', z.array(id('照片编号')).max(9))
  .default([])
  .describe('POST /photos 得到的编号');
const reason = called('原因', text(2, 200)).describe('原因');
const said = called('想说的话', text(1, 500));

export const category = called(
  '类别',
  z.enum(Object.keys(INCIDENT_CATEGORIES) as [IncidentCategory, ...IncidentCategory[]]),
);
export const urgency = called('紧急程度', z.enum(Object.keys(URGENCIES) as [Urgency, ...Urgency[]]));

/** An incident as it is reported. `for` is the elder or child somebody speaks for, by account or by name. */
export const reportInput = z.object({
  text: called('事件内容', text(2, 1_000)),
  category: category.default('other'),
  danger: called('是不是危及生命', z.boolean())
    .default(false)
    .describe('危及生命：马上告诉网格员、联户长和书记，不分白天晚上'),
  place: called(
    '地点',
    z.object({
      area: areaCode('社区或网格').optional().describe('社区或网格编码，默认自己住的网格'),
      address: notWritten('sealed whole', called('详细地址', line(2, 100)))
        .optional()
        .describe('详细地址，加密保存，只给处置的人看'),
    }),
  ).default({}),
  photos,
  for: called(
    '替谁报告',
    z
      .object({
        person: id('替谁报告').optional(),
        name: called('称呼', line(1, 20)).optional(),
        relation: called('和您的关系', line(1, 20)).default('邻居'),
      })
      .refine((one) => one.person !== undefined || one.name !== undefined, '请写明是替谁报告的'),
  ).optional(),
});
export type ReportInput = z.output<typeof reportInput>;

export const lookInput = z.object({ words: called('看到的情况', text(1, 500)), photos });
export const addInput = z.object({ text: said, photos });
export const triageInput = z.object({
  category: category.optional(),
  urgency,
  title: called('标题', line(2, 30)).optional(),
  grid: areaCode('网格').optional().describe('事件在哪个网格'),
});
export const declineInput = z.object({ reason });
export const mergeInput = z.object({
  into: id('合并到哪个事件').describe('合并到哪个事件'),
  reason: reason.optional(),
});
export const withdrawInput = z.object({
  reason: reason.optional().describe('危及生命的事件要写明，例如：没事了'),
});
export const dispatchInput = z.object({
  to: id('派给谁').describe('派给谁'),
  note: called('说明', text(1, 200)).optional(),
});
export const rejectInput = z.object({ reason });
export const raiseInput = z.object({ reason });
export const assistInput = z
  .object({
    person: id('请谁协助').optional(),
    unit: called('请哪个部门协助', line(2, 30)).optional(),
    words: called('请对方做什么', text(2, 200)),
  })
  .refine((one) => one.person !== undefined || one.unit !== undefined, '请写明请谁或哪个部门协助');
export const noteInput = z.object({
  text: called('进展', text(1, 500)),
  photos,
  toReporters: called('告诉报告人', z.boolean()).default(false),
});
export const extendInput = z.object({ until: called('延到哪一天', z.iso.date()), reason });
export const resolveInput = z.object({ note: called('怎么办的', text(2, 500)), photos });
export const partialInput = resolveInput.extend({ left: called('还差什么', text(2, 200)).describe('还差什么') });
export const confirmInput = z.object({
  satisfied: called('满意不满意', z.boolean()).describe('false：不满意，请重办'),
  words: called('想说的话', text(1, 200)).optional(),
});
export const referInput = z.object({
  to: called('转给哪里', line(2, 30)).describe('12345 或部门'),
  number: notWritten('of a case, which people are to name', called('受理编号', line(1, 40))).describe('受理编号'),
  reason: reason.optional(),
});
export const concludeInput = z.object({ note: called('结果', text(2, 500)) });
export const nothing = z.object({});

const stage = z.enum(STAGES);
export const warnInput = z.object({ stage });
export const escalateInput = z.object({ stage, to: z.enum(['secretary', 'street']) });
export const absorbInput = z.object({
  followers: z.array(z.object({ id: id('编号'), number: z.number().int(), authors: z.array(z.string()) })).min(1),
});
