import type { Answer } from '../../api/ask';
import { TONES } from '../../logic/colours';
import { dateWord } from '../../logic/when';
import type { Care } from './words';

type Visit = Answer<'getVisits'>['items'][number];

/** A person in care as their page shows them. */
export interface CareFacts {
  name: string;
  tag: string;
  tone: string;
  lines: string[];
}

export interface FlagCard {
  kind: string;
  word: string;
  reason: string;
  review: string;
  due: boolean;
}

export interface VisitRow {
  id: string;
  title: string;
  about: string;
}

export interface NoteCard {
  text: string;
  about: string;
}

export function factsOf(care: Care, now: Date): CareFacts {
  const { person, colour, colourWord, state, sentinel, lead, since, lastVisit, flags } = care;
  // Whoever only looks in on a neighbour is told no more than a name and a colour.
  if (flags === undefined)
    return {
      name: person.name,
      tag: colourWord,
      tone: TONES[colour],
      lines: ['请您平时多照应，有情况随时告诉网格员。'],
    };
  const seen = lastVisit === undefined ? '还没有走访过' : `上次走访${dateWord(lastVisit, now)}`;
  return {
    name: person.name,
    tag: state === 'ended' ? '已退出' : colourWord,
    tone: state === 'ended' ? '' : TONES[colour],
    lines: [
      sentinel ? `守望哨：${sentinel.name}` : '还没有守望哨，没人按期去看。',
      ...(lead ? [`联户长：${lead.name}`] : []),
      ...(since === undefined ? [] : [`${dateWord(since, now)}列入，${seen}`]),
    ],
  };
}

export const flagCards = ({ flags = [] }: Care, now: Date): FlagCard[] =>
  flags.map(({ kind, word, reason, due, reviewBy, consent }) => ({
    kind,
    word,
    reason,
    due,
    review: `${due ? '该复核了，' : ''}复核日期${dateWord(reviewBy, now)}，${consent.byWord}`,
  }));

/** What a note was written for, in a word. */
const WRITTEN_FOR: Readonly<Record<string, string>> = {
  note: '记录',
  review: '复核',
  handOver: '交接',
  recolour: '改颜色',
  unflag: '取消类别',
  end: '退出',
};

export const noteCards = ({ notes = [] }: Care, now: Date): NoteCard[] =>
  notes.map(({ text, by, move, moveWord, at }) => ({
    text,
    about: `${by.name} · ${WRITTEN_FOR[move] ?? moveWord} · ${dateWord(at, now)}`,
  }));

/** Who looked after them before, the latest first. */
export const servedLines = ({ served = [] }: Care, now: Date): string[] =>
  served.map(({ sentinel, from, to }) => `${sentinel.name}：${dateWord(from, now)}到${dateWord(to, now)}`).reverse();

export const visitRows = (visits: readonly Visit[], now: Date): VisitRow[] =>
  visits.map(({ id, day, kindWord, by, well }) => ({
    id,
    title: `${dateWord(day, now)}${kindWord}`,
    about: `${by.name} · ${well ? '都正常' : '有情况'}`,
  }));
