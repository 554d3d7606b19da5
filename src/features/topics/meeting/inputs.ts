import { z } from 'zod';
import { called } from '../../../core/input.ts';
import { asWritten } from '../../../core/written.ts';
import { publicWords } from '../inputs.ts';
import { opinion } from './opinions.ts';

const id = z.string().regex(/^[0-9a-f]{24}$/);

/** In UTF-16 units. */
export const LONGEST_STATEMENT = 500;

export const topicParams = z.object({ id: called('议题编号', id) });
export const statementParams = topicParams.extend({ statement: called('发言编号', id) });

export const signInInput = z.object({
  code: called(
    '签到码',
    z
      .string()
      .trim()
      .regex(/^\d{6}$/),
  ),
});
export const rollInput = z.object({
  voice: called('哪一户', id),
  proxy: called('谁代的', id).optional().describe('代这一户的人，自己要先到会'),
});
export const undoInput = z.object({ voice: called('哪一户', id) });
export const statementInput = z.object({
  text: called('发言', z.string().overwrite(asWritten).min(1).max(LONGEST_STATEMENT)),
});
/** Nobody's words are put aside without being told why. */
export const moderationInput = z
  .object({
    visible: called('是不是公开', z.boolean()),
    reason: called('原因', publicWords(2, 200)).optional().describe('不公开的要写，只告诉说的人'),
  })
  .refine(({ visible, reason }) => visible || reason !== undefined, {
    path: ['reason'],
    error: '不公开要写明原因，会告诉说的人',
  });
export const opinionInput = z.object({ opinion: called('怎么看', opinion) });
export const sessionQuery = z.object({
  session: called('第几次会', z.coerce.number().int().min(1).max(100)).optional().describe('默认最近一次'),
});
