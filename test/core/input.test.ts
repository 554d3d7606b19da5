import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { HaolinError } from '../../src/core/errors.ts';
import { called, parseInput } from '../../src/core/input.ts';

const form = z.object({
  text: called('心愿内容', z.string().trim().min(2).max(5)),
  page: called('页数', z.coerce.number().int().min(1).max(50)).optional(),
  kind: called('类别', z.enum(['goods', 'care'])).default('goods'),
  urgent: called('是不是急', z.boolean()).optional(),
  only: called('只看我的', z.stringbool()).optional(),
  day: called('延到哪一天', z.iso.date()).describe('最晚的一天').optional(),
  at: called('时间', z.iso.datetime()).optional(),
  cost: called('花费', z.number().max(100).multipleOf(0.01)).optional(),
  photos: called('照片', z.array(called('照片编号', z.string().regex(/^[0-9a-f]{4}$/))).max(2)).default([]),
  whom: called(
    '替谁许愿',
    z
      .object({ name: called('称呼', z.string().max(3)).optional(), id: z.string().optional() })
      .refine((one) => one.name !== undefined || one.id !== undefined, '请写明是替谁许的愿'),
  ).optional(),
  span: called(
    '期限',
    z.union([z.strictObject({ days: called('天数', z.number().min(1)) }), z.strictObject({ weeks: z.number() })]),
  ).optional(),
});

function refusal(given: unknown, schema: z.ZodType = form): HaolinError {
  try {
    parseInput(schema, given);
  } catch (error) {
    if (error instanceof HaolinError) return error;
  }
  throw new Error('It was taken');
}
const detail = (given: unknown, schema?: z.ZodType) => refusal(given, schema).detail;
const also = (given: object) => detail({ text: '一床被子', ...given });

describe('what is wrong with an input', () => {
  it('is said by the name people know the field by', () => {
    expect(detail({})).toBe('请填写心愿内容。');
    expect(detail(undefined)).toBe('请填写心愿内容。');
    for (const nothing of [null, '', '  ']) expect(detail({ text: nothing })).toBe('请填写心愿内容。');
    expect(detail({ text: '被' })).toBe('心愿内容太短了，至少写2个字。');
    expect(detail({ text: '想要一床被子' })).toBe('心愿内容太长了，最多写5个字。');
    expect(detail({ text: 7 })).toBe('心愿内容要写成文字。');
    expect(also({ page: 'x' })).toBe('页数要是数字。');
    expect(also({ page: '1.5' })).toBe('页数要是整数。');
    expect(also({ page: '0' })).toBe('页数不能小于1。');
    expect(also({ page: '51' })).toBe('页数不能大于50。');
    expect(also({ page: '9e20' })).toBe('页数不能大于50。');
    expect(also({ kind: 'gold' })).toBe('类别只能从列出的里面选。');
    expect(also({ kind: '' })).toBe('请选择类别。');
    expect(also({ urgent: 'x' })).toBe('是不是急请选“是”或“不是”。');
    expect(also({ only: 'perhaps' })).toBe('只看我的请选“是”或“不是”。');
    expect(also({ day: '2026-02-30' })).toBe('延到哪一天要写成年月日，例如2026-03-09，而且要有这一天。');
    expect(also({ at: 'soon' })).toBe('时间不是能看懂的时间。');
    expect(also({ cost: 1.005 })).toBe('花费最多写到小数点后两位。');
    expect(also({ photos: 'x' })).toBe('照片要一个一个列出来。');
    expect(also({ photos: ['abcd', 'abcd', 'abcd'] })).toBe('照片最多2个。');
  });

  it('is found inside lists, forms within forms, and forms one of which will do', () => {
    expect(refusal({ text: '一床被子', photos: ['abcd', '!'] })).toMatchObject({
      detail: '照片编号不对，请检查。',
      fields: [{ path: 'photos.1', code: 'not_right', problem: '照片编号不对，请检查' }],
    });
    expect(also({ whom: { name: '王秀英奶奶' } })).toBe('称呼太长了，最多写3个字。');
    expect(also({ span: { days: 0 } })).toBe('天数不能小于1。');
    expect(also({ span: { months: 1 } })).toBe('期限不对，请检查。');
  });

  it('is said in the schema’s own sentence where it has one', () => {
    expect(also({ whom: {} })).toBe('请写明是替谁许的愿。');
  });

  it('is said of the first three fields, and kept of all, a code for each', () => {
    const { fields, ...error } = refusal({ page: 'x', kind: 'x', urgent: 'x' });
    expect(error.detail).toBe('请填写心愿内容；页数要是数字；类别只能从列出的里面选。');
    expect(fields?.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'text required',
      'page not_a_number',
      'kind not_a_choice',
      'urgent not_yes_or_no',
    ]);
  });

  it('names what is not known to programs only', () => {
    const error = refusal({ a: 'x', secret: 1, other: 2 }, z.strictObject({ a: called('甲', z.string()) }));
    expect(error.detail).toBe('里面有这里认不出的内容，请更新小程序以后再试。');
    expect(error.fields?.map(({ path, code }) => [path, code])).toEqual([
      ['secret', 'unknown_field'],
      ['other', 'unknown_field'],
    ]);
  });

  it('is no matter of fields when it is no form at all', () => {
    for (const given of [[], 'x', 7, '']) expect(detail(given)).toBe('提交的内容不完整，请重新打开页面再试。');
  });
});

it('a name is one schema’s own and not that of what it was made of', () => {
  const plain = z.string().min(2);
  called('甲', plain);
  expect(detail({ a: 'x' }, z.object({ a: plain }))).toBe('这一项太短了，至少写2个字。');
});
