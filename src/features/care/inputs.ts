import { z } from 'zod';
import { called } from '../../core/input.ts';
import { asWritten } from '../../core/written.ts';
import { COLOURS, FLAG_KINDS } from './kinds.ts';
import { CONSENTS, type ConsentBy } from './model.ts';

const person = (name: string) => called(name, z.string().min(1).max(40));
const words = (name: string, most = 500) => called(name, z.string().overwrite(asWritten).min(1).max(most));
const day = (name: string) => called(name, z.iso.date());

export const flagKind = called('关爱类别', z.enum(FLAG_KINDS));
export const colour = called('颜色', z.enum(COLOURS));
const reason = words('原因');
const consent = called(
  '同意情况',
  z.strictObject({
    by: called('由谁同意', z.enum(Object.keys(CONSENTS) as [ConsentBy, ...ConsentBy[]])),
    at: day('同意日期'),
  }),
);
const reviewBy = day('复核日期').describe('最晚在366天以内');

/** A flag as it is given. */
export const flagInput = z.strictObject({ kind: flagKind, reason, consent, reviewBy });
export const openInput = flagInput.extend({
  person: person('关爱对象'),
  colour,
  sentinel: person('守望哨').optional().describe('不填就是名册里原来的守望哨'),
  lead: person('联户长').optional(),
});
/** As a register of people in care names them: several flags at once, by the house's own start. */
export const enrolInput = z.strictObject({
  person: person('关爱对象'),
  kinds: called('关爱类别', z.array(flagKind).min(1)),
  reason,
  consent,
  reviewBy,
  colour,
  sentinel: person('守望哨').optional(),
  lead: person('联户长').optional(),
});
export const unflagInput = z.strictObject({ kind: flagKind, reason });
export const recolourInput = z.strictObject({ colour, reason });
export const reviewInput = z.strictObject({ kind: flagKind, reviewBy, note: words('说明').optional() });
export const assignInput = z.strictObject({ sentinel: person('守望哨') });
export const assignLeadInput = z.strictObject({ lead: person('联户长') });
export const handOverInput = z.strictObject({ to: person('接手的人'), words: words('交接说明', 1_000) });
export const noteInput = z.strictObject({ text: words('记录内容', 1_000) });
export const endInput = z.strictObject({ reason });
export const visitedInput = z.strictObject({ visit: z.string().min(1), day: z.iso.date() });
/** The day on which the register had somebody no more, or again. */
export const registerInput = z.strictObject({ day: z.iso.date() });
/** Where the register says that somebody lives now, who keeps people in care there, and whether the lead is one there, too. */
export const relocatedInput = z.strictObject({
  areas: z.array(z.string()).min(1),
  community: z.string().min(1),
  keeper: z.enum(['care_keeper', 'secretary']),
  leadStays: z.boolean(),
});
