import { z } from 'zod';
import { normalise } from '../../core/text.ts';
import { WISH_CATEGORIES, type WishCategory } from './model.ts';

const words = (min: number, max: number) => z.string().overwrite(normalise).min(min).max(max);
const id = z.string().regex(/^[0-9a-f]{24}$/, '编号不对');
const photos = z.array(id).max(9).default([]).describe('POST /photos 得到的编号');
const reason = words(2, 200).describe('原因');

export const category = z.enum(Object.keys(WISH_CATEGORIES) as [WishCategory, ...WishCategory[]]);

/** A wish as it is made. `for` is the elder or child it is made for, by account or by name. */
export const submitInput = z.object({
  text: words(2, 500),
  title: words(2, 30).optional(),
  category,
  urgent: z.boolean().default(false),
  address: words(2, 100).optional().describe('详细地址，加密保存，只给帮忙的人看'),
  area: z.string().max(20).optional().describe('社区或网格编码，默认自己住的网格'),
  for: z
    .object({
      person: id.optional(),
      name: words(1, 20).optional(),
      relation: words(1, 20).default('邻居'),
      under14: z.boolean().default(false),
    })
    .refine((one) => one.person !== undefined || one.name !== undefined, '请写明是替谁许的愿')
    .optional(),
  photos,
});
export type SubmitInput = z.output<typeof submitInput>;

export const publishInput = z.object({
  wall: z
    .object({ title: words(2, 30).optional(), text: words(2, 500).optional() })
    .optional()
    .describe('心愿墙上的写法，去掉能认出是谁的话'),
  category: category.optional(),
  urgent: z.boolean().optional(),
  priority: z.number().int().min(0).max(3).optional(),
});
export const declineInput = z.object({ reason });
export const claimInput = z.object({
  group: words(2, 20).optional().describe('小组的名字；填了就是小组认领，您是组长'),
  promise: words(1, 200).optional().describe('想对许愿人说的话'),
});
export const contactInput = z.object({ note: words(1, 200).optional() });
export const extendInput = z.object({ until: z.iso.date(), reason });
export const releaseInput = z.object({ reason });
export const doneInput = z.object({
  note: words(2, 500),
  photos,
  cost: z.number().min(0).max(100_000).multipleOf(0.01).optional().describe('花费，元'),
});
export const partialInput = doneInput.extend({ left: words(2, 200).describe('还差什么') });
export const rateInput = z.object({
  score: z.number().int().min(1).max(5),
  words: words(1, 200).optional(),
  unhappy: z.boolean().optional().describe('不满意，请重办；2 分及以下总是重办'),
});
export const mergeInput = z.object({ into: id.describe('合并到哪条心愿'), reason: reason.optional() });
export const referInput = z.object({
  to: words(2, 30).describe('12345 或部门'),
  number: words(1, 40).describe('受理编号'),
  reason: reason.optional(),
});
export const concludeInput = z.object({ note: words(2, 500) });
export const withdrawInput = z.object({ reason: reason.optional() });
export const assignInput = z.object({ to: id.describe('派给谁'), note: words(1, 200).optional() });
export const nothing = z.object({});

export const stage = z.enum(['publish', 'claim', 'contact', 'done', 'rate']);
export const warnInput = z.object({ stage });
export const escalateInput = z.object({ stage, to: z.enum(['secretary', 'street']) });
export const absorbInput = z.object({
  followers: z.array(z.object({ id, number: z.number().int(), authors: z.array(z.string()) })).min(1),
});
