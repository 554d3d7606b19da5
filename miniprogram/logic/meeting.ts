import type { Answer } from '../api/ask';
import { momentWord } from './when';

export type Attendance = Answer<'getTopicsByIdAttendance'>;
export type RollLine = NonNullable<Attendance['voices']>['items'][number];
export type Statement = Answer<'getTopicsByIdStatements'>['items'][number];
export type Opinions = Answer<'getTopicsByIdOpinions'>;
export type Opinion = Opinions['mine'][number]['opinion'];

export const OPINIONS: readonly { opinion: Opinion; label: string }[] = [
  { opinion: 'agree', label: '同意' },
  { opinion: 'disagree', label: '不同意' },
  { opinion: 'pass', label: '说不好' },
];

/** The code as it is read out, in two halves. */
export const codeWord = (code = ''): string => code.replace(/^(\d{3})(\d{3})$/, '$1 $2');

/** What was said, as the page shows it. */
export interface StatementCard {
  id: string;
  text: string;
  tag: string;
  tone: string;
  foot: string;
  /** What whoever looks thinks of it. */
  opinion: Opinion | '';
  /** Whether they can say so. */
  asks: boolean;
  /** Whether whoever leads has still to look at it, or may take it back. */
  waits: boolean;
}

/** @param leads whether they see what waits; that comes first then */
export function statementCards(
  statements: readonly Statement[],
  { mine }: Pick<Opinions, 'mine'>,
  leads: boolean,
  now: Date,
): StatementCard[] {
  const cards = statements.map((one): StatementCard => {
    const visible = one.state === 'visible';
    return {
      id: one.id,
      text: one.text,
      tag: visible && !one.mine ? '' : one.stateWord,
      tone: one.state === 'waiting' ? 'tag-soon' : visible ? 'tag-good' : '',
      foot: [one.mine ? '您说的' : one.by?.name, one.at && momentWord(one.at, now), one.reason]
        .filter(Boolean)
        .join(' · '),
      opinion: mine.find(({ statement }) => statement === one.id)?.opinion ?? '',
      asks: visible,
      waits: leads && one.state === 'waiting',
    };
  });
  return leads ? [...cards.filter(({ waits }) => waits), ...cards.filter(({ waits }) => !waits)] : cards;
}

/** What neighbours have in common, in sentences; nothing while too few have said what they think. */
export function commonWords({ people, groups, common }: Opinions): string[] {
  if (groups.length === 0) return [];
  const parts = groups.length === 1 ? '想法差不多' : `想法大致分成${groups.length}种`;
  const shared = common.map(({ text }) => `“${text}”`);
  return [
    `${people}人表了态，${parts}。`,
    shared.length > 0 ? `大家都同意的：${shared.join('；')}` : '还没有大家都同意的。',
  ];
}

const HOW = { code: '自己签到', roll: '点名', proxy: '有人代' } as const;

/** What can be done with the roll at this moment. */
export interface RollRights {
  /** Somebody can be noted as there. */
  calls: boolean;
  /** That can be taken back. */
  undoes: boolean;
  /** For how many others one person may stand. */
  proxies: number;
}

/** One line of the roll: whether a household is there, and how; and what can be done with it. */
export function rollLine(
  { voice, name, names = [], present, how, proxy, people = [] }: RollLine,
  { calls, undoes, proxies }: RollRights,
) {
  return {
    voice,
    name,
    /** Who belongs to the household. */
    names: names.join('、'),
    present,
    tag: present ? '到会' : '没到',
    tone: present ? 'tag-good' : '',
    foot: how === 'proxy' && proxy ? `${proxy}代` : how ? HOW[how] : '',
    people,
    comes: calls && !present,
    standsIn: calls && !present && proxies > 0,
    takesBack: undoes && present,
  };
}
export type RollCard = ReturnType<typeof rollLine>;

/** Why nothing of the roll can be changed, or only added to; nothing while it is called. */
export function rollWord({ calls, undoes }: RollRights): string {
  if (calls) return undoes ? '' : '已经开始投票：晚到的还可以登记，登记过的不能再取消。';
  return '现在不能点名，这里是当时的登记。';
}
