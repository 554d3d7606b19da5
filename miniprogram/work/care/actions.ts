import { ask } from '../../api/session';
import { COLOURS } from '../../logic/colours';
import { FLAGS } from '../../logic/flags';
import { isoDay } from '../../logic/when';
import { bodyOf, type Field, type Option, optionsOf, type Values } from '../components/fields/field';
import { daysAfter } from '../duties/plan';
import { type Care, CONSENTS } from './words';

export type ActionName =
  | 'note'
  | 'review'
  | 'assign'
  | 'handOver'
  | 'recolour'
  | 'assignLead'
  | 'flag'
  | 'unflag'
  | 'end';

export interface Action {
  name: ActionName;
  label: string;
  weight: 'main' | 'plain' | 'careful';
}

const LABELS: readonly (readonly [ActionName, string, Action['weight']])[] = [
  ['assign', '指定守望哨', 'main'],
  ['note', '写一条记录', 'plain'],
  ['review', '复核', 'plain'],
  ['handOver', '交接给别的守望哨', 'plain'],
  ['recolour', '改颜色', 'plain'],
  ['assignLead', '指定联户长', 'plain'],
  ['flag', '再加一个类别', 'plain'],
  ['unflag', '取消一个类别', 'plain'],
  ['end', '退出关爱名册', 'careful'],
];
/** What is done every week stands on the page; the rest behind one press. */
const OFTEN: readonly ActionName[] = ['assign', 'note'];

/** The buttons of a person in care: those at hand, and those behind “更多”. */
export function actionsOf({ moves, flags = [], reviewDue }: Pick<Care, 'moves' | 'flags' | 'reviewDue'>) {
  const possible = LABELS.filter(([name]) => moves.includes(name) && (name !== 'unflag' || flags.length > 1)).map(
    ([name, label, weight]): Action => ({ name, label, weight: name === 'review' && reviewDue ? 'main' : weight }),
  );
  const isOften = ({ name, weight }: Action) => OFTEN.includes(name) || weight === 'main';
  const often = possible.filter(isOften);
  const presses = ({ weight }: Action) => weight === 'main';
  return {
    // What waits for somebody stands first.
    often: [...often.filter(presses), ...often.filter((one) => !presses(one))],
    rest: possible.filter((one) => !isOften(one)),
  };
}

/** Half a year: long enough for most, and whoever needs another day chooses one. */
const REVIEW_AFTER_DAYS = 180;
const LONGEST_REVIEW_DAYS = 366;
const LONGEST_CONSENT_AGO_DAYS = 3_660;

const reason = (hint: string): Field => ({ name: 'reason', kind: 'text', label: '原因', hint, most: 500 });
const reviewDay = (today: string): Field => ({
  name: 'reviewBy',
  kind: 'day',
  label: '哪天以前再看一次',
  first: daysAfter(today, 1),
  last: daysAfter(today, LONGEST_REVIEW_DAYS),
});

/** What is asked of a flag. @param kinds those it can be */
export const flagFields = (kinds: readonly Option[], today: string): Field[] => [
  { name: 'kind', kind: 'choice', label: '类别', options: kinds },
  { ...reason('例如：81岁独居，腿脚不便'), note: '加密保存，只有照看的人看得到。' },
  { name: 'by', kind: 'choice', label: '谁同意的', options: optionsOf(CONSENTS) },
  { name: 'at', kind: 'day', label: '哪天同意的', first: daysAfter(today, -LONGEST_CONSENT_AGO_DAYS), last: today },
  reviewDay(today),
];
export const flagBeginning = (today: string): Values => ({
  at: today,
  reviewBy: daysAfter(today, REVIEW_AFTER_DAYS),
});

/** A flag as the house takes it: the consent in one piece. */
export function flagBody({ by, at, ...rest }: Values): object {
  return { ...rest, consent: { by, at } };
}

/** Those who could be chosen, where a form needs them. */
export interface Servants {
  sentinels: readonly Option[];
  leads: readonly Option[];
}

/** What an action asks for. */
export function fieldsOf(name: ActionName, care: Care, { sentinels, leads }: Servants, now: Date): Field[] {
  const today = isoDay(now);
  const own = (care.flags ?? []).map(({ kind, word }) => ({ value: kind, label: word }));
  const none = '现在没有别人可以选，请先在人员里登记。';
  switch (name) {
    case 'note':
      return [{ name: 'text', kind: 'text', label: '记一句', hint: '例如：药快吃完了，下次带她去开', most: 1_000 }];
    case 'review':
      return [
        { name: 'kind', kind: 'choice', label: '复核哪一类', options: own },
        reviewDay(today),
        { name: 'note', kind: 'text', label: '说明', hint: '例如：还是一个人住', most: 500, free: true },
      ];
    case 'assign':
      return [{ name: 'sentinel', kind: 'choice', label: '请谁当守望哨', options: sentinels, none }];
    case 'handOver':
      return [
        { name: 'to', kind: 'choice', label: '交给谁', options: sentinels, none },
        {
          name: 'words',
          kind: 'text',
          label: '交接说明',
          hint: '例如：周三上午在家；耳朵不好，敲门要重一点',
          note: '接手的人在这一页看得到，走访记录也一起交过去。',
          most: 1_000,
        },
      ];
    case 'recolour': {
      const { [care.colour]: _own, ...others } = COLOURS;
      return [
        {
          name: 'colour',
          kind: 'choice',
          label: '改成什么颜色',
          options: optionsOf(others),
          note: '红色看得最勤，绿色最少。',
        },
        reason('例如：出院了，要多去看看'),
      ];
    }
    case 'assignLead':
      return [{ name: 'lead', kind: 'choice', label: '请哪位联户长平时照应', options: leads, none }];
    case 'flag': {
      const kinds = optionsOf(FLAGS).filter(({ value }) => !own.some((one) => one.value === value));
      return flagFields(kinds, today);
    }
    case 'unflag':
      return [{ name: 'kind', kind: 'choice', label: '取消哪一类', options: own }, reason('例如：儿子搬回来一起住了')];
    case 'end':
      return [{ ...reason('例如：搬到女儿家去了'), label: '为什么退出' }];
  }
}

/** What is known already need not be filled in. */
export function beginningOf(name: ActionName, { flags = [] }: Pick<Care, 'flags'>, now: Date): Values {
  const today = isoDay(now);
  if (name === 'flag') return flagBeginning(today);
  if (name !== 'review') return {};
  const due = flags.find((flag) => flag.due) ?? (flags.length === 1 ? flags[0] : undefined);
  return { ...(due && { kind: due.kind }), reviewBy: daysAfter(today, REVIEW_AFTER_DAYS) };
}

const OPERATIONS = {
  note: 'postCareByIdNote',
  review: 'postCareByIdReview',
  assign: 'postCareByIdAssign',
  handOver: 'postCareByIdHandOver',
  recolour: 'postCareByIdRecolour',
  assignLead: 'postCareByIdAssignLead',
  flag: 'postCareByIdFlag',
  unflag: 'postCareByIdUnflag',
  end: 'postCareByIdEnd',
} as const;

/** @throws Trouble */
export function sendAction(
  name: ActionName,
  id: string,
  form: { fields: readonly Field[]; values: Values },
  key: string,
): Promise<Care> {
  const filled = bodyOf(form.fields, form.values);
  const body = name === 'flag' ? flagBody(filled) : filled;
  return (ask as (operation: string, given: object) => Promise<Care>)(OPERATIONS[name], { path: { id }, body, key });
}
