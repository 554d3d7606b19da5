import type { Answer } from '../../api/ask';
import { ask } from '../../api/session';
import { guessIncidentCategory } from '../../logic/incident-words';
import { isoDay } from '../../logic/when';
import { guessCategory } from '../../logic/wish-form';
import { bodyOf, type Field, type Option, optionsOf, type Values } from '../components/fields/field';
import { daysAfter } from '../duties/plan';
import { incidentField, KINDS, LOGGED_WITHIN_DAYS } from '../log/log-form';

export type Visit = Answer<'getVisitsById'>;
export type ActionName = 'agree' | 'doubt' | 'spawn' | 'report' | 'correct' | 'void';

export interface Action {
  name: ActionName;
  label: string;
  weight: 'main' | 'plain' | 'careful';
}

const LABELS: readonly (readonly [ActionName, move: string, label: string, weight: Action['weight']])[] = [
  ['agree', 'check', '抽查过，属实', 'main'],
  ['doubt', 'check', '和实际对不上', 'careful'],
  ['spawn', 'spawn', '登记成微心愿', 'plain'],
  ['report', 'spawn', '上报成事件', 'plain'],
  ['correct', 'correct', '更正', 'plain'],
  ['void', 'void', '记错了，作废', 'careful'],
];

/** The buttons of a visit. */
export const actionsOf = (moves: readonly string[]): Action[] =>
  LABELS.filter(([, move]) => moves.includes(move)).map(([name, , label, weight]) => ({ name, label, weight }));

/** What an action asks for. @param wards those one serves, who may be named in a correction */
export function fieldsOf(name: ActionName, visit: Visit, wards: readonly Option[], now: Date): Field[] {
  const today = isoDay(now);
  switch (name) {
    case 'agree':
      return [
        { name: 'words', kind: 'text', label: '想说一句', hint: '例如：打过电话，老人说来过', most: 200, free: true },
      ];
    case 'doubt':
      return [{ name: 'words', kind: 'text', label: '哪里对不上', hint: '例如：家里说这周没有人来过', most: 200 }];
    case 'void':
      return [{ name: 'reason', kind: 'line', label: '为什么作废', hint: '例如：记重了', most: 200 }];
    case 'spawn':
      return [
        { name: 'text', kind: 'text', label: '想要什么', hint: '例如：想换一个客厅的灯', most: 500 },
        ...(visit.persons.length > 1
          ? ([{ name: 'person', kind: 'choice', label: '替谁登记', options: named(visit), free: true }] as const)
          : []),
        { name: 'urgent', kind: 'switch', label: '比较急' },
      ];
    case 'report':
      return [incidentField('text')];
    case 'correct': {
      const others = wards.filter(({ value }) => !visit.persons.some(({ id }) => id === value));
      const people = [...named(visit), ...others];
      return [
        { name: 'kind', kind: 'choice', label: '这次是', options: optionsOf(KINDS) },
        ...(people.length > 0
          ? ([{ name: 'persons', kind: 'many', label: '看了哪些关爱对象', options: people }] as const)
          : []),
        { name: 'households', kind: 'count', label: '一共走了几户', most: 500 },
        {
          name: 'day',
          kind: 'day',
          label: '哪一天',
          first: [daysAfter(today, -LOGGED_WITHIN_DAYS), visit.day].sort()[0] ?? today,
          last: today,
        },
        { name: 'place', kind: 'line', label: '在哪里', free: true, most: 60 },
        { name: 'well', kind: 'switch', label: '都正常' },
        { name: 'found', kind: 'text', label: '发现了什么', free: true, most: 1_000 },
        {
          name: 'reason',
          kind: 'line',
          label: '为什么更正',
          hint: '例如：日子记错了',
          note: '原来写的会留着，看得到这条记录的人都能看到。',
          most: 200,
        },
      ];
    }
  }
}

const named = ({ persons }: Visit): Option[] => persons.map(({ id, name }) => ({ value: id, label: name }));

/** As it stands, to be corrected; of what was found, the beginning of a wish or an incident. */
export function beginningOf(name: ActionName, visit: Visit): Values {
  const { kind, persons, households, day, place = '', well = true, found = '' } = visit;
  if (name === 'spawn') return { text: found, urgent: false };
  if (name === 'report') return { text: found };
  if (name !== 'correct') return {};
  return { kind, persons: persons.map(({ id }) => id), households, day, place, well, found };
}

/** What a form lacks beside empty fields, as a sentence. */
export function objection(name: ActionName, before: Values, values: Values): string {
  const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
  if (name === 'void' || name === 'correct') {
    if (text(values.reason).length < 2) return '请写一句为什么。';
  }
  if (name === 'spawn' && text(values.text).length < 2) return '请写一句微心愿想要什么。';
  if (name === 'report' && text(values.text).length < 2) return '请写一句出了什么问题。';
  if (name !== 'correct') return '';
  // Nothing can be put in the place of words by leaving them out.
  if (text(before.place) !== '' && text(values.place) === '') return '“在哪里”不能清空，可以改写。';
  if (text(before.found) !== '' && text(values.found) === '') return '“发现了什么”不能清空，可以改写。';
  if (values.well === false && text(values.found) === '') return '不正常的话，请写一句发现了什么。';
  return Object.keys(changed(before, values)).length === 0 ? '还没有改动。' : '';
}

/** What was written anew, without the reason. */
function changed(before: Values, { reason: _reason, ...values }: Values): Values {
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => !same(value, before[name])));
}

/** A form as the house takes it. */
export function actionBody(name: ActionName, visit: Visit, fields: readonly Field[], values: Values): object {
  const filled = bodyOf(fields, values);
  const { reason = '' } = filled;
  switch (name) {
    case 'agree':
    case 'doubt':
      return { agreed: name === 'agree', ...filled };
    case 'correct':
      return { ...changed(beginningOf(name, visit), filled), reason };
    case 'spawn': {
      const [only] = visit.persons.length === 1 ? visit.persons : [];
      return {
        what: 'wish',
        ...(only && { person: only.id }),
        ...filled,
        category: guessCategory(String(filled.text)),
      };
    }
    case 'report':
      return { what: 'incident', ...filled, category: guessIncidentCategory(String(filled.text)) };
    case 'void':
      return filled;
  }
}

const OPERATIONS = {
  agree: 'postVisitsByIdCheck',
  doubt: 'postVisitsByIdCheck',
  spawn: 'postVisitsByIdSpawn',
  report: 'postVisitsByIdSpawn',
  correct: 'postVisitsByIdCorrect',
  void: 'postVisitsByIdVoid',
} as const;

/** @throws Trouble */
export const sendAction = (name: ActionName, id: string, body: object, key: string): Promise<Visit> =>
  (ask as (operation: string, given: object) => Promise<Visit>)(OPERATIONS[name], { path: { id }, body, key });
