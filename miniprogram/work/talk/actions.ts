import type { Answer } from '../../api/ask';
import { ask } from '../../api/session';
import { isoDay } from '../../logic/when';
import { bodyOf, type Field, type Option, optionsOf, type Values } from '../components/fields/field';

export type Talk = Answer<'getTalksById'>;
export type ActionName =
  | 'agree'
  | 'done'
  | 'schedule'
  | 'another'
  | 'notYet'
  | 'claim'
  | 'addRecord'
  | 'difficulties'
  | 'drop';

export interface Action {
  name: ActionName;
  label: string;
  weight: 'main' | 'plain' | 'careful';
}

const LABELS: readonly (readonly [ActionName, string, Action['weight']])[] = [
  ['agree', '可以，就这个时间', 'main'],
  ['done', '谈过了，登记', 'main'],
  ['notYet', '还没有谈', 'plain'],
  ['schedule', '约个时间', 'plain'],
  ['another', '换个时间', 'plain'],
  ['claim', '已经谈过了', 'plain'],
  ['addRecord', '写谈话记录', 'plain'],
  ['difficulties', '登记一件实际问题', 'plain'],
  ['drop', '不谈了', 'careful'],
];

/** The buttons of a talk. Whoever may write what was said may also take out of it what is to be solved. */
export function actionsOf(moves: readonly string[], isArranged: boolean): Action[] {
  const names = moves.includes('addRecord') ? [...moves, 'difficulties'] : moves;
  return LABELS.filter(([name]) => names.includes(name)).map(([name, label, weight]) => ({
    name,
    label: name === 'schedule' && isArranged ? '另约时间' : label,
    weight,
  }));
}

const DROP_REASONS = { settled: '事情已经解决', left: '本人已经离开', moved: '换到别的社区', mistake: '登记错了' };
const KINDS: Record<Answer<'getDifficultiesById'>['kind'], string> = {
  pay: '待遇收入',
  post: '岗位编制',
  workload: '工作负担',
  health: '身体健康',
  housing: '住房',
  schooling: '子女上学',
  care: '照顾家人',
  other: '其他',
};
const DAY_MS = 24 * 3_600_000;
const LONGEST_AGO_DAYS = 120;
const dayFrom = (now: Date, days: number) => isoDay(new Date(now.getTime() + days * DAY_MS));

/** What an action asks for; nothing, when pressing it is all. @param topics what a talk may have touched on */
export function fieldsOf(name: ActionName, topics: readonly Option[], now: Date): Field[] {
  const past: Field = {
    name: 'day',
    kind: 'day',
    label: '哪天谈的',
    first: dayFrom(now, -LONGEST_AGO_DAYS),
    last: isoDay(now),
  };
  const coming: Field = { name: 'day', kind: 'day', label: '哪天', first: isoDay(now), last: dayFrom(now, 90) };
  const about: Field = { name: 'topics', kind: 'many', label: '谈到了哪些方面', options: topics };
  const record: Field = {
    name: 'record',
    kind: 'text',
    label: '谈话记录',
    most: 5_000,
    hint: '谈了什么，想到什么',
    note: '只有您和本人能看，加密保存。没登记的不留在手机上，写完请马上登记。',
  };
  switch (name) {
    case 'schedule':
      return [
        coming,
        { name: 'time', kind: 'time', label: '几点' },
        { name: 'place', kind: 'line', label: '在哪里', free: true, most: 50, hint: '例如：二楼会议室' },
      ];
    case 'another':
      return [
        { ...coming, label: '哪天方便', free: true },
        { name: 'time', kind: 'time', label: '几点方便', free: true },
      ];
    case 'claim':
      return [past];
    case 'done':
      return [past, about, { ...record, free: true }];
    case 'addRecord':
      return [record, about];
    case 'difficulties':
      return [
        { name: 'kind', kind: 'choice', label: '哪方面的', options: optionsOf(KINDS) },
        {
          name: 'text',
          kind: 'text',
          label: '要解决什么',
          most: 500,
          hint: '例如：孩子上学没人接送',
          note: '不写是谁的：姓名和电话保存前会隐去。由您负责；登记以后，可以在“实际问题”里请别人来办。',
        },
        {
          ...coming,
          name: 'deadline',
          label: '最晚哪天解决',
          free: true,
          first: dayFrom(now, 1),
          last: dayFrom(now, 365),
        },
      ];
    case 'drop':
      return [{ name: 'because', kind: 'choice', label: '为什么不谈了', options: optionsOf(DROP_REASONS) }];
    default:
      return [];
  }
}

const OPERATIONS = {
  agree: 'postTalksByIdAgree',
  done: 'postTalksByIdDone',
  schedule: 'postTalksByIdSchedule',
  another: 'postTalksByIdAnother',
  notYet: 'postTalksByIdNotYet',
  claim: 'postTalksByIdClaim',
  addRecord: 'postTalksByIdAddRecord',
  difficulties: 'postTalksByIdDifficulties',
  drop: 'postTalksByIdDrop',
} as const;
/** Of a quarter's talk of which there is nothing yet. */
const BEGINNINGS = { schedule: 'postTalksInvite', done: 'postTalksHeld', claim: 'postTalksSaid' } as const;

/** @throws Trouble */
export async function sendAction(
  name: ActionName,
  target: { id: string; worker: string },
  form: { fields: readonly Field[]; values: Values },
  key: string,
): Promise<Talk | undefined> {
  const send = ask as (operation: string, given: object) => Promise<Talk>;
  const body = bodyOf(form.fields, form.values);
  if (target.id !== '') {
    const answer = await send(OPERATIONS[name], { path: { id: target.id }, body, key });
    return name === 'difficulties' ? undefined : answer;
  }
  if (name !== 'schedule' && name !== 'done' && name !== 'claim') return undefined;
  return send(BEGINNINGS[name], { body: name === 'claim' ? body : { ...body, worker: target.worker }, key });
}
