import type { Answer } from '../api/ask';
import type { Pack } from './ballot';
import type { Topic } from './topic';
import {
  choice,
  dayIn,
  FARTHEST_DAYS,
  freeNote,
  NONE,
  packFields,
  placeNote,
  text,
  venueOption,
  voteFields,
} from './topic-fields';
import { type ItemMove, itemForm } from './topic-items';

/** The forms of a topic's moves that ask for something. */

export type FormMove =
  | 'schedule'
  | 'agree'
  | 'prepareVote'
  | 'publicise'
  | 'object'
  | 'answerObjection'
  | ItemMove
  | 'finish'
  | 'review';

export interface Option {
  value: string;
  label: string;
}

/** One thing a form asks for. */
export type Field = { name: string; label: string; needed: boolean; note?: string; warns?: boolean } & (
  | { kind: 'text'; hint: string; most: number }
  /** Several, each on a line of its own. */
  | { kind: 'lines'; hint: string; most: number }
  | { kind: 'day'; first: string; last: string }
  | { kind: 'time' }
  | { kind: 'choice'; options: readonly Option[] }
  | { kind: 'person' }
  | { kind: 'score' }
);

export interface Form {
  title: string;
  lead: string;
  fields: Field[];
  button: string;
}

export type Values = Record<string, string>;
export type Venue = Answer<'getVenues'>['items'][number];
export type Hours = Answer<'getVenuesByIdFree'>['free'];

/** What a form is drawn by besides what was filled in. */
export interface Given {
  topic: Topic;
  now: Date;
  venues: readonly Venue[];
  /** When the chosen place is free on the chosen day; `undefined` while nobody knows. */
  free?: Hours | undefined;
  packs: readonly Pack[];
}

/** As the house wants it: so many days between being told and the meeting. */
const NOTICE_DAYS = 3;

/** A form as it is with what was filled in so far: some fields depend on others. */
export function formOf(move: FormMove, values: Values, given: Given): Form {
  const { now } = given;
  switch (move) {
    case 'schedule':
      return {
        title: given.topic.meeting ? '改时间地点' : '定时间地点',
        lead: '定下来就告诉住在这里的每个人。要至少提前三天。',
        fields: [
          choice('venue', '在哪里', given.venues.map(venueOption), placeNote(values, given)),
          {
            kind: 'day',
            name: 'day',
            label: '哪一天',
            needed: true,
            first: dayIn(now, NOTICE_DAYS),
            last: dayIn(now, FARTHEST_DAYS),
            note: freeNote(given),
          },
          { kind: 'time', name: 'from', label: '几点开始', needed: true },
          { kind: 'time', name: 'to', label: '几点结束', needed: true },
          {
            kind: 'lines',
            name: 'agenda',
            label: '商量什么，一行写一件',
            hint: '例如：装不装感应灯',
            most: 20,
            needed: true,
          },
          ...packFields('按哪份规则看人到齐没有', values, given, [{ value: NONE, label: '不看人数' }]),
        ],
        button: '定下来，告诉大家',
      };
    case 'prepareVote':
      return {
        title: '准备表决',
        lead: '填好先存着，等您按“开始投票”才让大家投。',
        fields: [
          text('question', '表决的内容，写成一句问话', '', 500),
          ...packFields('按哪份规则', values, given, []),
          ...voteFields(values, given),
        ],
        button: '准备好了',
      };
    case 'agree':
      return {
        title: '商量一致了',
        lead: '到会的人都同意，不用投票。接着由社区公示。',
        fields: [text('resolution', '大家商量的结果', '例如：每个楼道装一盏感应灯，电费大家分摊', 1_000)],
        button: '就这样定',
      };
    case 'publicise':
      return {
        title: '公示结果',
        lead: '住在这里的人都会收到消息，公示期里可以提不同意见。',
        fields: [
          text('resolution', '决议', '例如：每个楼道装一盏感应灯', 1_000),
          choice(
            'days',
            '公示几天',
            [5, 7, 10, 15].map((days) => ({ value: String(days), label: `${days}天` })),
          ),
        ],
        button: '公示',
      };
    case 'object':
      return {
        title: '我有不同意见',
        lead: '社区会答复您。邻居看得到您写的话，看不到您的名字。',
        fields: [text('text', '您的意见', '例如：一楼用不上，电费不该平摊', 500)],
        button: '提出来',
      };
    case 'answerObjection':
      return {
        title: '答复异议',
        lead: '成立的话，这条议题要重新商量。意见和答复一起公开，不写是谁提的。',
        fields: [
          text('answer', '答复', '', 500),
          choice('upheld', '这条意见', [
            { value: 'no', label: '不成立' },
            { value: 'yes', label: '成立，重新商量' },
          ]),
          choice('shown', '给不给邻居看', [
            { value: 'yes', label: '公开' },
            { value: 'no', label: '不公开，只回复本人' },
          ]),
        ],
        button: '答复',
      };
    case 'addItem':
    case 'itemDone':
    case 'passItem':
    case 'extendItem':
    case 'dropItem':
      return itemForm(move, now);
    case 'finish':
      return {
        title: '请大家评价',
        lead: '参加过的人有七天可以评价，之后就归档。',
        fields: [text('summary', '落实得怎么样', '例如：六个楼道都装好了', 500)],
        button: '请大家评价',
      };
    case 'review':
      return {
        title: '您满意吗？',
        lead: '照实说就好，不写名字。',
        fields: [
          { kind: 'score', name: 'score', label: '您满意吗', needed: true },
          text('words', '想说的话', '可以不写', 200, false),
        ],
        button: '交给社区',
      };
  }
}
