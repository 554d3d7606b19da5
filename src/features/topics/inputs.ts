import { z } from 'zod';
import { called } from '../../core/input.ts';
import { notWritten } from '../../core/sealed-words.ts';
import { asWritten, onOneLine } from '../../core/written.ts';
import { PUBLICITY_DAYS } from './clock.ts';
import { postedWords } from './posted.ts';

const words = (min: number, max: number) => z.string().overwrite(asWritten).min(min).max(max);
const line = (min: number, max: number) => z.string().overwrite(onOneLine).min(min).max(max);
/** What is meant for everybody to read: numbers that say who somebody is are not even kept. */
export const publicWords = (min: number, max: number) => words(min, max).overwrite(postedWords);
export const publicLine = (min: number, max: number) => line(min, max).overwrite(postedWords);
const id = (name: string) => called(name, z.string().regex(/^[0-9a-f]{24}$/));
const reason = called('原因', publicWords(2, 200));

export const nothing = z.object({});

/** Something to be talked over; without a title its first sentence is one. */
export const proposeInput = z.object({
  text: called('议题内容', words(4, 1_000)),
  title: called('标题', line(2, 40)).optional(),
  area: notWritten('a code', called('社区或网格', z.string().max(20)))
    .optional()
    .describe('社区或网格编码，默认自己住的社区'),
});
export type ProposeInput = z.output<typeof proposeInput>;

export const acceptInput = z.object({
  facilitator: id('说事长').optional().describe('主持这条议题的人；以后也可以再定'),
  posted: called(
    '公开的写法',
    z.object({
      title: called('公开的标题', publicLine(2, 40)).optional(),
      text: called('公开的内容', publicWords(4, 1_000)).optional(),
    }),
  )
    .optional()
    .describe('给邻居看的写法，去掉能认出是谁的话'),
});
export const appointInput = z.object({ facilitator: id('说事长') });
export const declineInput = z.object({ reason });
export const shelveInput = z.object({ reason });
export const withdrawInput = z.object({ reason: reason.optional() });
export const askMergeInput = z.object({
  into: id('要合并到的议题'),
  note: called('说明', publicWords(2, 200)).optional(),
});

const clock = (name: string) => called(name, z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/));
const day = (name: string) => called(name, z.iso.date());
const packCode = (name: string) => called(name, z.string().regex(/^[a-z][a-z-]{1,40}$/));

export const scheduleInput = z.object({
  venue: id('议事场所'),
  day: day('哪一天'),
  from: clock('几点开始'),
  to: clock('几点结束'),
  agenda: called(
    '议程',
    z
      .array(called('议程', publicLine(1, 100)))
      .min(1)
      .max(20),
  ),
  pack: packCode('议事规则').optional().describe('按哪份规则看人到齐没有；不填就不看'),
  variant: packCode('事项类别').optional(),
});
export type ScheduleInput = z.output<typeof scheduleInput>;
export const callOffInput = z.object({ reason });
export const pauseInput = z.object({ reason: reason.optional() });
export const adjournInput = z.object({ reason });

const resolution = called('决议', publicWords(2, 1_000));
export const agreeInput = z.object({ resolution });
export const prepareVoteInput = z.object({
  question: called('表决的内容', publicWords(2, 500)),
  pack: packCode('表决规则'),
  variant: packCode('事项类别').optional(),
  secrecy: called('投票方式', z.enum(['open', 'secret'])),
  opensAt: called('开始时间', z.iso.datetime()).optional().describe('不填就是现在'),
  closesAt: called('截止时间', z.iso.datetime()),
});
export type PrepareVoteInput = z.output<typeof prepareVoteInput>;
export const dropVoteInput = z.object({ reason });

export const publiciseInput = z.object({
  resolution,
  days: called('公示几天', z.number().int().min(PUBLICITY_DAYS).max(30)).default(PUBLICITY_DAYS),
});
export const objectInput = z.object({ text: called('异议', words(4, 500)) });
export const answerObjectionInput = z.object({
  objection: id('异议'),
  answer: called('答复', publicWords(2, 500)),
  upheld: called('是不是成立', z.boolean()).describe('成立就重新商量'),
  shown: called('是不是公开', z.boolean())
    .default(true)
    .describe('异议和答复给邻居看；伤人、泄露隐私的不公开，提的人自己还能看到'),
});

export const addItemInput = z.object({
  text: called('要办的事', publicWords(2, 300)),
  owner: id('谁来办'),
  deadline: day('办到哪一天'),
  as: called('怎么办', z.enum(['task', 'wish']))
    .default('task')
    .describe('task 直接办；wish 变成微心愿请大家认领'),
});
export type AddItemInput = z.output<typeof addItemInput>;
export const itemDoneInput = z.object({ item: id('要办的事'), note: called('怎么办的', publicWords(2, 300)) });
export const passItemInput = z.object({ item: id('要办的事'), owner: id('谁来办'), reason: reason.optional() });
export const extendItemInput = z.object({ item: id('要办的事'), deadline: day('办到哪一天'), reason });
export const dropItemInput = z.object({ item: id('要办的事'), reason });
export const finishInput = z.object({ summary: called('落实情况', publicWords(2, 500)) });
export const reviewInput = z.object({
  score: called('分数', z.number().int().min(1).max(5)),
  words: called('想说的话', publicWords(1, 200)).optional(),
});

/** Kept by the house itself. */
export const lateInput = z.object({ item: z.string() });
export const makeWishInput = z.object({
  item: z.string(),
  wish: z.object({ id: z.string(), number: z.number().int() }).optional(),
});
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
