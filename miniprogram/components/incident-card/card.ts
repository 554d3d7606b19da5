import { dueWord, type IncidentLine, toneOf } from '../../logic/incident-facts';
import { dayWord } from '../../logic/when';

/** An incident in the words of its card. */
export interface IncidentCard {
  title: string;
  place: string;
  when: string;
  tag: string;
  /** Class of the tag; its words say the same. */
  tone: 'tag-late' | 'tag-soon' | 'tag-good' | '';
  /** How it presses, where it presses. */
  pressing: string;
  /** How far it is on the way, for a line of five parts. */
  parts: boolean[];
  progress: string;
}

const PRESSING: readonly string[] = ['danger', 'urgent', 'soon'];
const STEPS = [1, 2, 3, 4, 5];
/** Somebody has it in hand. */
const IN_HAND: readonly string[] = ['dispatched', 'assisting', 'reopened', 'partial'];
/** Nothing presses any more. */
const DONE: readonly string[] = ['resolved', 'confirmed', 'declined', 'withdrawn', 'merged'];

export function incidentCard(incident: IncidentLine, now: Date): IncidentCard {
  const { number, title, state, stateWord, step, stepWord, place, postedAt, late, handler, urgency, urgencyWord } =
    incident;
  const tone = late ? 'tag-late' : state === 'confirmed' ? 'tag-good' : toneOf(incident.dueAt, now);
  return {
    title: `${number}号 ${title}`,
    place,
    when: [
      `${dayWord(postedAt, now)}报告`,
      handler && `${handler.name}${IN_HAND.includes(state) ? '在办' : '办的'}`,
      dueWord(incident, now),
    ]
      .filter(Boolean)
      .join(' · '),
    tag: late ? `${stateWord} · 超期` : stateWord,
    tone,
    pressing: PRESSING.includes(urgency) && !DONE.includes(state) ? urgencyWord : '',
    parts: STEPS.map((one) => one <= step),
    progress: `第${step}步，一共五步：${stepWord}`,
  };
}
