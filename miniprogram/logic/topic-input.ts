import type { Topic } from './topic';
import { NONE } from './topic-fields';
import type { Form, FormMove, Values } from './topic-form';
import { isoDay } from './when';

/** From what a topic already says to a form's fields, and from those to what the house takes. */

const HOUR = 3_600_000;

/** What stands in the fields at first. */
export function beginningOf(move: FormMove, topic: Topic): Values {
  const { meeting } = topic;
  switch (move) {
    case 'schedule':
      if (!meeting) return { agenda: topic.title, pack: NONE };
      return {
        venue: meeting.venue.id,
        day: isoDay(new Date(meeting.startsAt)),
        from: clockOf(meeting.startsAt),
        to: clockOf(meeting.endsAt),
        agenda: meeting.agenda.join('\n'),
        pack: meeting.pack ?? NONE,
        ...(meeting.variant !== undefined && { variant: meeting.variant }),
      };
    case 'prepareVote':
      return { question: `${topic.title}，同意吗？`, begins: 'now' };
    case 'publicise':
      return { resolution: topic.resolution ?? '', days: '5' };
    case 'addItem':
      return { as: 'task' };
    default:
      return {};
  }
}

const clockOf = (iso: string): string => new Date(Date.parse(iso) + 8 * HOUR).toISOString().slice(11, 16);

/** What is still missing, as a sentence; nothing when it can be sent. */
export function missingIn({ fields }: Form, values: Values): string | undefined {
  for (const field of fields) {
    const value = values[field.name]?.trim() ?? '';
    if (value === '' && field.needed) return field.kind === 'score' ? '请点一个表情。' : `请填“${field.label}”。`;
    // What was chosen before another answer took it away.
    if (field.kind === 'choice' && !field.options.some((option) => option.value === value))
      return `请选“${field.label}”。`;
  }
  const { from, to } = values;
  return from !== undefined && to !== undefined && to <= from ? '结束的时间要在开始的后面。' : undefined;
}

/** The values as the house takes them. @param now when the form goes out for the first time */
export function inputOf(move: FormMove, { fields }: Form, values: Values, now: Date): Record<string, unknown> {
  const value = (name: string): string => values[name]?.trim() ?? '';
  const asked = Object.fromEntries(
    fields.map(({ name }) => [name, value(name)] as const).filter(([, given]) => given !== '' && given !== NONE),
  );
  switch (move) {
    case 'schedule':
      return { ...asked, agenda: linesOf(value('agenda')) };
    case 'prepareVote': {
      const { begins: _begins, day, from, hours, ...rest } = asked;
      const opens = day === undefined ? now.getTime() : Date.parse(`${day}T${from}:00+08:00`);
      const closes = opens + Number(hours) * HOUR;
      return { ...rest, opensAt: new Date(opens).toISOString(), closesAt: new Date(closes).toISOString() };
    }
    case 'publicise':
      return { ...asked, days: Number(asked.days) };
    case 'answerObjection':
      return { answer: asked.answer, upheld: asked.upheld === 'yes', shown: asked.shown === 'yes' };
    case 'review':
      return { ...asked, score: Number(asked.score) };
    default:
      return asked;
  }
}

const linesOf = (written: string): string[] =>
  written
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
