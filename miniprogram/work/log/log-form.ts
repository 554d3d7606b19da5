import type { Body } from '../../api/ask';
import { guessIncidentCategory } from '../../logic/incident-words';
import { guessCategory } from '../../logic/wish-form';
import type { Field, Option } from '../components/fields/field';
import { daysAfter } from '../duties/plan';

type Kind = NonNullable<Body<'postVisits'>['kind']>;

/** What somebody fills in to log a visit. */
export interface LogForm {
  kind: Kind;
  persons: string[];
  /** Those of them nobody met, and as they are called. */
  missed: string[];
  missedNames: string;
  day: string;
  place: string;
  households: number;
  well: boolean;
  found: string;
  photos: string[];
  /** Whether a wish comes of it, in which words, and how pressing. */
  wished: boolean;
  wish: string;
  urgent: boolean;
  /** Whether an incident comes of it, and in which words. */
  reported: boolean;
  incident: string;
  /** The happening and the duty it answers, where it was opened from one. */
  event: string;
  item: string;
  /** It is another one like one that was logged already. */
  again: boolean;
}

/** @param day the day it is begun; a draft that is sent later keeps it */
export const blank = (day: string): LogForm => ({
  kind: 'visit',
  persons: [],
  missed: [],
  missedNames: '',
  day,
  place: '',
  households: 1,
  well: true,
  found: '',
  photos: [],
  wished: false,
  wish: '',
  urgent: false,
  reported: false,
  incident: '',
  event: '',
  item: '',
  again: false,
});

export const KINDS: Record<Kind, string> = { visit: '走访', inspection: '排查', arrive: '到场', report: '报告' };
export const isKind = (given: string): given is Kind => Object.keys(KINDS).includes(given);

/** What a page for logging is opened for. */
export interface Purpose {
  kind?: Kind;
  person?: string;
  event?: string;
  item?: string;
}

/** Whether what was begun is about the same. */
export const isAbout = ({ kind, person, event }: Purpose, form: LogForm): boolean => {
  if (event !== undefined) return form.event === event;
  if (person !== undefined) return form.persons.length === 1 && form.persons.includes(person);
  return kind === undefined || (form.kind === kind && form.persons.length === 0);
};

/** What is known of it already, before anybody writes. */
export const filledFor = ({ kind, person, event, item = '' }: Purpose, form: LogForm): LogForm => ({
  ...form,
  ...(kind !== undefined && { kind }),
  ...(event !== undefined && { event, item }),
  ...(person !== undefined && !form.persons.includes(person) && { persons: [...form.persons, person] }),
});

/** As long back as the house takes it. */
export const LOGGED_WITHIN_DAYS = 30;

/** What is asked above the photos. @param wards those one serves */
export function seenFields(
  { kind, well, persons }: LogForm,
  wards: readonly Option[],
  today: string,
  wrong?: Missing,
): Field[] {
  const offered = (Object.keys(KINDS) as Kind[]).filter(
    (one) => one === 'visit' || one === 'inspection' || one === kind,
  );
  return [
    {
      kind: 'choice',
      name: 'kind',
      label: '这次是',
      options: offered.map((value) => ({ value, label: KINDS[value] })),
    },
    ...(wards.length > 0
      ? [{ kind: 'many', name: 'persons', label: '看了哪些关爱对象', options: wards } satisfies Field]
      : []),
    ...(persons.length > 0 && wards.some(({ value }) => persons.includes(value))
      ? [
          {
            kind: 'many',
            name: 'missed',
            label: '没见到谁',
            options: wards.filter(({ value }) => persons.includes(value)),
            note: '没人开门、不在家的，选上。没见到的不算走访到。',
          } satisfies Field,
        ]
      : []),
    { kind: 'count', name: 'households', label: '一共走了几户', most: 500, ...wrongIn('households', wrong) },
    { kind: 'day', name: 'day', label: '哪一天', first: daysAfter(today, -LOGGED_WITHIN_DAYS), last: today },
    { kind: 'line', name: 'place', label: '在哪里', free: true, hint: '例如：2栋一单元', most: 60 },
    { kind: 'switch', name: 'well', label: '都正常', hint: '有事就关掉，写在下面' },
    {
      kind: 'text',
      name: 'found',
      ...(well ? { label: '想记一句什么', free: true } : { label: '发现了什么' }),
      hint: '例如：老人家里灯坏了。只有负责联系的人看得到',
      most: 1_000,
      ...wrongIn('found', wrong),
    },
  ];
}

/** What is missing, and the field it belongs in. */
export interface Missing {
  field: 'households' | 'found' | 'wish' | 'incident';
  words: string;
}
const wrongIn = (name: Missing['field'], wrong: Missing | undefined): Pick<Field, 'wrong'> =>
  wrong?.field === name ? { wrong: wrong.words } : {};

/** What is asked below them. */
export const spawnFields = ({ wished, reported }: LogForm, wrong?: Missing): Field[] => [
  { kind: 'switch', name: 'wished', label: '顺手登记微心愿', hint: '请人来帮忙办' },
  ...(wished
    ? ([
        {
          kind: 'text',
          name: 'wish',
          label: '想要什么',
          hint: '例如：想换一个客厅的灯',
          most: 500,
          ...wrongIn('wish', wrong),
        },
        { kind: 'switch', name: 'urgent', label: '比较急' },
      ] satisfies Field[])
    : []),
  { kind: 'switch', name: 'reported', label: '顺手上报事件', hint: '楼道灯坏了、有隐患，请人来处置' },
  ...(reported ? [{ ...incidentField('incident'), ...wrongIn('incident', wrong) }] : []),
];

/** What is asked for an incident. What lies on the phone until there is a network calls nobody. */
export const incidentField = (name: string): Field => ({
  kind: 'text',
  name,
  label: '出了什么问题',
  hint: '例如：楼道的灯坏了',
  note: '不会写走访了谁，别写名字、电话。有人有危险的，不要在这里写，马上打电话或者点“报告问题”。',
  most: 500,
});

/** Opened by its switch, a wish or an incident begins with what was found; where there is an incident, not all is well. */
export const begunBy = (name: string, { found, wish, incident }: LogForm): Partial<LogForm> => {
  if (name === 'wished' && wish === '') return { wish: found };
  if (name !== 'reported') return {};
  return { well: false, ...(incident === '' && { incident: found }) };
};

/** A form of which those who were not met are among those chosen, with their names. */
export function withMissed(form: LogForm, wards: readonly Option[]): LogForm {
  const missed = form.missed.filter((one) => form.persons.includes(one));
  const names = wards.filter(({ value }) => missed.includes(value)).map(({ label }) => label.replace(/（.*）$/u, ''));
  return { ...form, missed, missedNames: names.join('、') };
}

/** What was found: in its own words, else in those of the incident and the wish that come of it. */
function foundIn({ found, wished, wish, reported, incident }: LogForm): string {
  if (found.trim() !== '') return found.trim();
  const words = [...(reported ? [incident.trim()] : []), ...(wished ? [wish.trim()] : [])];
  return words.filter((one) => one !== '').join('；');
}

/** What is still missing, as a sentence beside its field. */
export function missing(form: LogForm): Missing | undefined {
  const { kind, persons, households, well, wished, wish, reported, incident } = form;
  if (kind === 'visit' && persons.length === 0 && households === 0 && foundIn(form) === '')
    return { field: 'households', words: '请选看了谁，或者写走了几户。' };
  if (wished && wish.trim().length < 2) return { field: 'wish', words: '请写一句微心愿想要什么，或者把它关掉。' };
  if (reported && incident.trim().length < 2)
    return { field: 'incident', words: '请写一句出了什么问题，或者把它关掉。' };
  if (!well && foundIn(form) === '') return { field: 'found', words: '不正常的话，请写一句发现了什么。' };
  return undefined;
}

/** The form as the house takes it. */
export function bodyOf(form: LogForm): Body<'postVisits'> {
  const { kind, day, place, households, photos, event, item, missed, missedNames, again } = form;
  const { wished, wish, urgent, reported, incident } = form;
  const persons = form.persons.filter((one) => !missed.includes(one));
  const [person] = persons;
  const notMet = missed.length > 0 ? `没见到：${missedNames}。` : '';
  // Where nobody was met nobody knows whether all is well, and where there is an incident it is not.
  const well = form.well && !reported && (persons.length > 0 || missed.length === 0);
  const found = `${notMet}${well ? form.found.trim() : foundIn(form)}`;
  return {
    kind,
    persons,
    day,
    households,
    well,
    photos,
    items: item === '' ? [] : [item],
    ...(place.trim() && { place: place.trim() }),
    ...(found && { found }),
    once: !again,
    ...(missed.length > 0 && { unmet: missed.length }),
    ...(event && { event }),
    ...(wished && {
      wish: {
        what: 'wish',
        text: wish.trim(),
        category: guessCategory(wish),
        urgent,
        name: '走访的居民',
        ...(form.persons.length === 1 && person !== undefined && { person }),
      },
    }),
    ...(reported && {
      incident: { what: 'incident', text: incident.trim(), category: guessIncidentCategory(incident) },
    }),
  };
}
