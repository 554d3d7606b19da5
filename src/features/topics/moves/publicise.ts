import { notDue } from '../../../core/errors.ts';
import { can, to } from '../../../core/lifecycle.ts';
import { dayOf, dayWords } from '../../../core/time.ts';
import { isOpen, publicUntil, unansweredIn } from '../clock.ts';
import {
  objectedAlready,
  objectionAnswered,
  objectionLapsed,
  objectionMissing,
  objectionsFull,
  publicityOver,
} from '../errors.ts';
import { answerObjectionInput, nothing, objectInput, publiciseInput } from '../inputs.ts';
import { decisionOf } from '../meeting/decisions.ts';
import type { Objection, Published, TopicDoc } from '../model.ts';
import { postedWords } from '../posted.ts';
import { move, type TopicContext } from '../table.ts';
import { aboutPosted, toAll, toEach, toFacilitator, toMany, toNeighbours, toSecretary } from '../tellings.ts';

/** A result hangs out for everybody to see, and whoever has something against it says so. */

const MOST_OBJECTIONS = 100;

export const publicise = move({
  from: ['resolved'],
  to: 'publicised',
  by: can('publicise'),
  input: publiciseInput,
  apply: ({ objections }, { resolution, days }, { now }) => ({
    resolution,
    publicity: { from: now, until: publicUntil(dayOf(now), days) },
    // Of topics from before objections lapsed: none to an earlier result holds this one.
    ...(objections && { objections: lapsed(objections, now) }),
  }),
  tell: (topic, { actor }) =>
    toNeighbours(topic, actor.id, 'topic.publicised', {
      until: topic.publicity && dayWords(topic.publicity.until),
    }),
});

/** One at a time each: the next when the first is answered. */
export const object = move({
  from: ['publicised'],
  to: 'publicised',
  by: can('object'),
  input: objectInput,
  when: (topic, { actor, now }: TopicContext) => {
    const { publicity, objections = [] } = topic;
    if (!publicity || publicity.until <= now) return publicityOver();
    if (objections.some((one) => one.by.id === actor.id && isWaiting(one))) return objectedAlready();
    return objections.length < MOST_OBJECTIONS ? undefined : objectionsFull();
  },
  apply: ({ objections = [] }, { text }, { actor, now, facts: { id } }) => {
    if (id === undefined) throw new Error('An objection goes by an id');
    const said: Objection = {
      id,
      by: { id: actor.id, name: actor.name },
      at: now,
      text,
      posted: postedWords(text),
      standing: 'waiting',
    };
    return { objections: [...objections, said] };
  },
  tell: (topic, { actor }) => [
    ...toSecretary(topic, actor.id, 'topic.objected'),
    ...toFacilitator(topic, actor.id, 'topic.objected'),
  ],
});

const isWaiting = ({ standing }: Objection): boolean => standing === 'waiting';
/** Objections after what they are against was taken down. */
const lapsed = (objections: readonly Objection[], at: Date): Objection[] =>
  objections.map((one): Objection => (isWaiting(one) ? { ...one, standing: 'lapsed', lapsedAt: at } : one));
const found = ({ objections = [] }: TopicDoc, id: string) => objections.find((one) => one.id === id);

/**
 * One that is upheld leads back to the table: the matter is talked over anew, and whatever else was objected lapses. The last answer after the publicity's end lets
 * the topic go on. (Topics that went on before results waited for answers are answered where they are.)
 */
export const answerObjection = move({
  from: ['publicised', 'executing', 'failed'],
  to: {
    among: ['publicised', 'executing', 'failed', 'accepted'],
    choose: (topic, { upheld }) => (upheld ? 'accepted' : topic.state),
  },
  by: can('answerObjection'),
  input: answerObjectionInput,
  guard(topic, { objection }) {
    const said = found(topic, objection);
    if (!said) return objectionMissing();
    if (isWaiting(said)) return undefined;
    return said.standing === 'lapsed' ? objectionLapsed() : objectionAnswered();
  },
  apply(topic, { objection, answer: text, upheld, shown }, { actor, now }) {
    const { objections = [], items } = topic;
    const answer = { text, upheld, by: { id: actor.id, name: actor.name }, at: now };
    const standing = shown ? 'visible' : 'hidden';
    const answered = objections.map((one): Objection => (one.id === objection ? { ...one, answer, standing } : one));
    if (!upheld) return { objections: answered };
    // What it came to stays with the sitting that came to it; what is not done yet is not done after all.
    const done = items?.filter((item) => item.done);
    const over = { publicity: undefined, outcome: undefined, arithmetic: undefined, resolution: undefined };
    const published = [...(topic.published ?? []), ...takenDown(topic, now)];
    return {
      objections: lapsed(answered, now),
      published,
      ...over,
      items: done,
      reviewing: undefined,
      reviews: undefined,
    };
  },
  tell(topic, { actor }, { objection, answer, upheld }, { items = [], objections = [] }) {
    const said = found(topic, objection);
    if (!said) return [];
    const data = { ...aboutPosted(topic), answer };
    const others = objections.filter((one) => isWaiting(one) && one.id !== objection).map(({ by }) => by.id);
    return [
      to(said.by.id, upheld ? 'topic.objectionUpheld' : 'topic.objectionAnswered', data),
      ...(upheld ? toMany(topic, others, actor.id, 'topic.objectionLapsed') : []),
      ...(upheld ? toAll(topic, actor.id, 'topic.reopened') : []),
      ...(upheld ? items : []).flatMap((item) =>
        isOpen(item) ? toEach(topic, [item.owner.id], actor.id, 'topic.itemDropped', { text: item.text }) : [],
      ),
    ];
  },
});

/** What hung out, as it is kept for everybody who read it. */
function takenDown(topic: TopicDoc, now: Date): Published[] {
  const { arithmetic = [], ...decided } = decisionOf(topic);
  return topic.publicity ? [{ ...decided, arithmetic, publicity: topic.publicity, overturnedAt: now }] : [];
}

/** The clock's: it only tells, for a publicity that has run out is over without it. */
export const endPublicity = move({
  from: ['publicised'],
  to: { among: ['executing', 'failed'], choose: ({ outcome }) => (outcome === 'failed' ? 'failed' : 'executing') },
  by: 'system',
  input: nothing,
  guard: (topic, _input, { now }) =>
    topic.publicity && topic.publicity.until <= now && unansweredIn(topic) === 0 ? undefined : notDue(),
  tell: (topic) =>
    topic.state === 'failed'
      ? toAll(topic, '', 'topic.failed')
      : [...toSecretary(topic, '', 'topic.toExecute'), ...toAll(topic, '', 'topic.executing')],
});
