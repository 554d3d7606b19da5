import { z } from 'zod';
import { called } from '../../core/input.ts';
import { notWritten } from '../../core/sealed-words.ts';
import { asWritten, onOneLine } from '../../core/written.ts';
import { WISH_CATEGORIES, type WishCategory } from './model.ts';

const words = (min: number, max: number) => z.string().overwrite(asWritten).min(min).max(max);
const line = (min: number, max: number) => z.string().overwrite(onOneLine).min(min).max(max);
/** The id of something, under the name of what it is. */
const id = (name: string) => called(name, z.string().regex(/^[0-9a-f]{24}$/));
const photos = called('照片', z.array(id('照片编号')).max(9))
  .default([])
  .describe('POST /photos 得到的编号');
const reason = called('原因', words(2, 200)).describe('原因');
const urgent = called('是不是急', z.boolean());

export const category = called('类别', z.enum(Object.keys(WISH_CATEGORIES) as [WishCategory, ...WishCategory[]]));

/** A wish as it is made. `for` is the elder or child it is made for, by account or by name. */
export const submitInput = z.object({
  text: called('心愿内容', words(2, 500)),
  title: called('标题', line(2, 30)).optional(),
  category,
  urgent: urgent.default(false),
  address: notWritten('sealed whole', called('详细地址', line(2, 100)))
    .optional()
    .describe('详细地址，加密保存，只给帮忙的人看'),
  area: notWritten('a code', called('社区或网格', z.string().max(20)))
    .optional()
    .describe('社区或网格编码，默认自己住的网格'),
  for: called(
    '替谁许愿',
    z
      .object({
        person: id('替谁许愿').optional(),
        name: called('称呼', line(1, 20)).optional(),
        relation: called('和您的关系', line(1, 20)).default('邻居'),
        under14: called('是不是14岁以下', z.boolean()).default(false),
      })
      .refine((one) => one.person !== undefined || one.name !== undefined, '请写明是替谁许的愿'),
  ).optional(),
  photos,
});
export type SubmitInput = z.output<typeof submitInput>;

export const publishInput = z.object({
  wall: called(
    '心愿墙上的写法',
    z.object({
      title: called('心愿墙上的标题', line(2, 30)).optional(),
      text: called('心愿墙上的内容', words(2, 500)).optional(),
    }),
  )
    .optional()
    .describe('心愿墙上的写法，去掉能认出是谁的话'),
  category: category.optional(),
  urgent: urgent.optional(),
  priority: called('优先级', z.number().int().min(0).max(3)).optional(),
});
export const declineInput = z.object({ reason });
export const claimInput = z.object({
  group: called('小组名字', line(2, 20)).optional().describe('小组的名字；填了就是小组认领，您是组长'),
  promise: called('想说的话', words(1, 200)).optional().describe('想对许愿人说的话'),
});
export const contactInput = z.object({ note: called('说好了什么', words(1, 200)).optional() });
export const extendInput = z.object({ until: called('延到哪一天', z.iso.date()), reason });
export const releaseInput = z.object({ reason });
export const doneInput = z.object({
  note: called('怎么办的', words(2, 500)),
  photos,
  cost: called('花费', z.number().min(0).max(100_000).multipleOf(0.01)).optional().describe('花费，元'),
});
export const partialInput = doneInput.extend({ left: called('还差什么', words(2, 200)).describe('还差什么') });
export const rateInput = z.object({
  score: called('分数', z.number().int().min(1).max(5)),
  words: called('想说的话', words(1, 200)).optional(),
  unhappy: called('是不是不满意', z.boolean()).optional().describe('不满意，请重办；2 分及以下总是重办'),
});
export const mergeInput = z.object({
  into: id('合并到哪条心愿').describe('合并到哪条心愿'),
  reason: reason.optional(),
});
export const referInput = z.object({
  to: called('转给哪里', line(2, 30)).describe('12345 或部门'),
  number: notWritten('of a case, which people are to name', called('受理编号', line(1, 40))).describe('受理编号'),
  reason: reason.optional(),
});
export const concludeInput = z.object({ note: called('结果', words(2, 500)) });
export const withdrawInput = z.object({ reason: reason.optional() });
export const assignInput = z.object({
  to: id('派给谁').describe('派给谁'),
  note: called('说明', words(1, 200)).optional(),
});
export const nothing = z.object({});

export const stage = z.enum(['publish', 'claim', 'contact', 'done', 'rate']);
export const warnInput = z.object({ stage });
export const escalateInput = z.object({ stage, to: z.enum(['secretary', 'street']) });
export const absorbInput = z.object({
  followers: z.array(z.object({ id: id('编号'), number: z.number().int(), authors: z.array(z.string()) })).min(1),
});
