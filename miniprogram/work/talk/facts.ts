import { dateWord } from '../../logic/when';
import type { Due } from '../talks/line';
import type { Talk } from './actions';

/** A talk as its page shows it, also one of which there is nothing yet. */
export interface TalkFacts {
  title: string;
  tag: string;
  tone: string;
  lines: string[];
}

const titleWith = (worker: { id: string; name: string }, reader: string) =>
  worker.id === reader ? '书记和您谈' : `和${worker.name}谈`;

export function factsOf(talk: Talk, reader: string, now: Date): TalkFacts {
  const { worker, purposeWord, occasion, by, late, host, meeting, claimed, heldOn, topics = [] } = talk;
  const isOwn = worker.id === reader;
  const arranged = meeting
    ? [
        `约在${dateWord(meeting.day, now)}${meeting.time}${meeting.place ? `，${meeting.place}` : ''}`,
        meeting.agreed ? '时间说定了。' : isOwn ? '等您说行不行。' : '等本人说行不行。',
      ]
    : [];
  return {
    title: titleWith(worker, reader),
    tag: late ? '超期没谈' : talk.stateWord,
    tone: late ? 'tag-late' : talk.state === 'done' ? 'tag-good' : '',
    lines: [
      occasion ? `因为：${purposeWord}（${dateWord(occasion.at, now)}）` : `${purposeWord}该谈的`,
      ...(by !== undefined && heldOn === undefined ? [`最晚${dateWord(by, now)}谈`] : []),
      ...(host ? [`谈话的书记：${host.name}`] : []),
      ...(heldOn === undefined ? arranged : [`${dateWord(heldOn, now)}谈过了`]),
      ...(claimed === undefined ? [] : [`${isOwn ? '您' : '本人'}说${dateWord(claimed, now)}谈过了，等书记确认。`]),
      ...(topics.length > 0 ? [`谈到了：${topics.map(({ word }) => word).join('、')}`] : []),
    ],
  };
}

export function factsOfDue(due: Due, reader: string, now: Date): TalkFacts {
  const { worker, why, by, late, done } = due;
  if (done)
    return {
      title: titleWith(worker, reader),
      tag: '谈过了',
      tone: 'tag-good',
      lines: [`${why}的谈心在原来的社区谈过了`],
    };
  return {
    title: titleWith(worker, reader),
    tag: late ? '超期没谈' : '还没约',
    tone: late ? 'tag-late' : '',
    lines: [`${why}该谈的`, `最晚${dateWord(by, now)}谈`],
  };
}
