import { z } from 'zod';
import { called } from '../../core/input.ts';
import { asWritten, onOneLine } from '../../core/written.ts';

const words = (min: number, max: number) => z.string().overwrite(asWritten).min(min).max(max);
const line = (min: number, max: number) => z.string().overwrite(onOneLine).min(min).max(max);
const id = (name: string) => called(name, z.string().regex(/^[0-9a-f]{24}$/));
const reason = called('原因', words(2, 200));

export const nothing = z.object({});

/** Something to be talked over; without a title its first sentence is one. */
export const proposeInput = z.object({
  text: called('议题内容', words(4, 1_000)),
  title: called('标题', line(2, 40)).optional(),
  area: called('社区或网格', z.string().max(20)).optional().describe('社区或网格编码，默认自己住的社区'),
});
export type ProposeInput = z.output<typeof proposeInput>;

export const acceptInput = z.object({
  facilitator: id('说事长').optional().describe('主持这条议题的人；以后也可以再定'),
  posted: called(
    '公开的写法',
    z.object({
      title: called('公开的标题', line(2, 40)).optional(),
      text: called('公开的内容', words(4, 1_000)).optional(),
    }),
  )
    .optional()
    .describe('给邻居看的写法，去掉能认出是谁的话'),
});
export const appointInput = z.object({ facilitator: id('说事长') });
export const declineInput = z.object({ reason });
export const shelveInput = z.object({ reason });
export const withdrawInput = z.object({ reason: reason.optional() });
export const askMergeInput = z.object({ into: id('要合并到的议题'), note: called('说明', words(2, 200)).optional() });

/** Kept by the house itself. */
export const absorbInput = z.object({
  merged: z.array(
    z.object({
      id: z.string(),
      number: z.number().int(),
      proposer: z.object({ id: z.string(), name: z.string() }),
      supporters: z.array(z.string()),
    }),
  ),
});
