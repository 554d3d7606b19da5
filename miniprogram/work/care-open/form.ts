import type { Answer, Body } from '../../api/ask';
import { COLOURS } from '../../logic/colours';
import { FLAGS } from '../../logic/flags';
import { isoDay } from '../../logic/when';
import { flagBeginning, flagBody, flagFields, type Servants } from '../care/actions';
import { bodyOf, type Field, optionsOf, type Values } from '../components/fields/field';

type Person = Answer<'getPeople'>['items'][number];

/** Somebody who was found by their name, told apart from others of that name. */
export interface Found {
  id: string;
  name: string;
  about: string;
}

const GENDERS = { female: '女', male: '男' } as const;

export function foundOf({ id, name, gender, birthYear, phone, hasAddress }: Person): Found {
  const parts = [
    gender && GENDERS[gender],
    birthYear !== undefined && `${birthYear}年出生`,
    phone === undefined ? '没有登记电话' : `电话${phone}`,
    hasAddress ? '有住址' : '没有登记住址',
  ];
  return { id, name, about: parts.filter((one) => typeof one === 'string').join(' · ') };
}

/** What is asked to take somebody into care. */
export function openFields({ sentinels, leads }: Servants, now: Date): Field[] {
  return [
    ...flagFields(optionsOf(FLAGS), isoDay(now)),
    {
      name: 'colour',
      kind: 'choice',
      label: '颜色',
      options: optionsOf(COLOURS),
      note: '红色看得最勤，绿色最少。',
    },
    {
      name: 'sentinel',
      kind: 'choice',
      label: '守望哨',
      free: true,
      options: sentinels,
      none: '这里还没有社区工作者和网格员。',
      note: '不选就是名册里原来的守望哨。',
    },
    ...(leads.length > 0
      ? ([{ name: 'lead', kind: 'choice', label: '联户长', free: true, options: leads }] as const)
      : []),
  ];
}

export const openBeginning = (now: Date): Values => flagBeginning(isoDay(now));

export const openBody = (person: string, fields: readonly Field[], values: Values): Body<'postCare'> =>
  ({ person, ...flagBody(bodyOf(fields, values)) }) as Body<'postCare'>;
