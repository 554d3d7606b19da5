import { z } from 'zod';
import { may } from '../../core/ability.ts';
import type { Caller } from '../../core/caller.ts';
import type { Named } from '../../core/named.ts';
import { maskName } from '../../core/text.ts';
import { awaitsAnswers, isOpen, lateAt, stateAt, votePhase } from './clock.ts';
import {
  type ExecutionItem,
  type Meeting,
  OBJECTION_STANDINGS,
  type Objection,
  type ObjectionStanding,
  OUTCOMES,
  TOPIC_STATES,
  type TopicDoc,
  type TopicOutcome,
  type TopicVote,
} from './model.ts';
import { isJudged, satisfactionOf } from './satisfaction.ts';

/** How far a topic has come since it was accepted, for whoever may read it: its meetings, its vote, what came of it. */

const at = z.iso.datetime();

const meetingView = z
  .object({
    session: z.number().int().describe('第几次会'),
    venue: z.object({ id: z.string(), name: z.string(), address: z.string() }),
    startsAt: at,
    endsAt: at,
    agenda: z.array(z.string()),
    pack: z.string().optional().describe('按哪份规则看人到齐没有'),
    variant: z.string().optional(),
    begunAt: at.optional(),
    paused: z.boolean(),
    endedAt: at.optional(),
    adjourned: z.string().optional().describe('为什么改天接着开'),
    code: z.string().optional().describe('签到码，只给主持的人看'),
  })
  .meta({ id: 'TopicMeeting' });

const voteView = z
  .object({
    ballot: z.string().describe('表决编号，见 /ballots/{id}'),
    question: z.string(),
    packTitle: z.string(),
    secrecy: z.enum(['open', 'secret']),
    opensAt: at,
    closesAt: at,
    phase: z.enum(['prepared', 'waiting', 'open', 'closed', 'over']).describe('按时间算出的进度'),
  })
  .meta({ id: 'TopicVote' });

const objectionView = z
  .object({
    id: z.string(),
    at,
    text: z.string(),
    mine: z.boolean(),
    standing: z.enum(Object.keys(OBJECTION_STANDINGS) as [ObjectionStanding, ...ObjectionStanding[]]),
    standingWord: z.string(),
    by: z.string().optional().describe('只给社区看'),
    answer: z.object({ text: z.string(), upheld: z.boolean(), at }).optional(),
  })
  .meta({ id: 'TopicObjection' });

const itemView = z
  .object({
    id: z.string(),
    text: z.string(),
    owner: z.string().describe('谁来办；居民看到的是遮住的名字'),
    mine: z.boolean(),
    deadline: z.iso.date(),
    late: z.boolean(),
    wish: z.object({ id: z.string(), number: z.number().int() }).optional(),
    done: z.object({ at, note: z.string() }).optional(),
    dropped: z.object({ at, reason: z.string() }).optional().describe('定下不办了，为什么'),
    changes: z
      .array(z.object({ at, what: z.enum(['passed', 'extended']), from: z.string(), reason: z.string().optional() }))
      .describe('换过谁、延过几次期；from 是原来的人或者原来的日子'),
  })
  .meta({ id: 'TopicItem' });

/** Fields of the whole view that tell of the way from the meeting on. */
export const progressFields = {
  meeting: meetingView.optional().describe('定好的或正在开的会'),
  meetings: z.array(meetingView).describe('开过的会'),
  vote: voteView.optional(),
  votes: z.array(voteView).describe('办过的表决'),
  outcome: z.enum(Object.keys(OUTCOMES) as [TopicOutcome, ...TopicOutcome[]]).optional(),
  outcomeWord: z.string().optional(),
  arithmetic: z.array(z.string()).describe('结果怎么算出来的，一句一句'),
  resolution: z.string().optional().describe('决议'),
  publicity: z
    .object({ from: at, until: at, awaits: z.boolean().describe('公示期已满，还在等社区答复异议') })
    .optional()
    .describe('公示期'),
  objectionCount: z.number().int().describe('一共提了多少条异议'),
  objections: z.array(objectionView).describe('答复后公开的；自己提的都在，社区看得到全部'),
  items: z.array(itemView).describe('要办的事'),
  reviewing: z.object({ until: at, summary: z.string() }).optional().describe('请大家评价到什么时候'),
  reviews: z.object({
    count: z.number().int(),
    average: z.number().optional().describe('满意度；评价结束以后才说，评价的人太少就不说'),
    mine: z.number().int().optional(),
    words: z.array(z.string()).optional().describe('只给社区看，不说是谁写的'),
  }),
};

/** The state as people read it: a vote that has run out is not 表决中 any more, whether or not it is counted. */
export function stateWordOf(topic: TopicDoc, now: Date): string {
  const state = stateAt(topic, now);
  if (state === 'voting' && topic.vote) {
    return { prepared: '表决中', waiting: '等开始投票', open: '投票中', closed: '等计票' }[
      votePhase(topic, topic.vote, now)
    ];
  }
  if (awaitsAnswers(topic, now)) return '等答复';
  if (state === 'discussing' && topic.meeting?.pausedAt) return '休会中';
  if (state === 'executing' && topic.reviewing) return '等大家评价';
  return TOPIC_STATES[state];
}

/** The way from the meeting on, as the caller may see it. */
export function progressOf(caller: Caller, topic: TopicDoc) {
  const { ability, now } = caller;
  const leads = may(ability, 'lead', 'topic', topic);
  const { meeting, meetings = [], vote, votes = [], outcome, arithmetic = [], resolution, publicity } = topic;
  const { items = [], reviewing } = topic;
  return {
    ...(meeting && { meeting: meetingOf(meeting, leads) }),
    meetings: meetings.map((one) => meetingOf(one, leads)),
    ...(vote && { vote: { ...voteOf(vote), phase: votePhase(topic, vote, now) } }),
    votes: votes.map((one) => ({ ...voteOf(one), phase: 'over' as const })),
    ...(outcome && { outcome, outcomeWord: OUTCOMES[outcome] }),
    arithmetic,
    ...(resolution !== undefined && { resolution }),
    ...(publicity && {
      publicity: {
        from: publicity.from.toISOString(),
        until: publicity.until.toISOString(),
        awaits: awaitsAnswers(topic, now),
      },
    }),
    objectionCount: topic.objections?.length ?? 0,
    objections: objectionsOf(caller, topic, leads),
    items: items.map((one) => itemOf(caller, one, leads)),
    ...(reviewing && { reviewing: { until: reviewing.until.toISOString(), summary: reviewing.summary } }),
    reviews: reviewsOf(caller, topic),
  };
}

function meetingOf(meeting: Meeting, leads: boolean): z.output<typeof meetingView> {
  const { session, venue, startsAt, endsAt, agenda, pack, variant, begunAt, pausedAt, endedAt, adjourned, code } =
    meeting;
  return {
    session,
    venue,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    agenda,
    ...(pack !== undefined && { pack }),
    ...(variant !== undefined && { variant }),
    ...(begunAt && { begunAt: begunAt.toISOString() }),
    paused: pausedAt !== undefined,
    ...(endedAt && { endedAt: endedAt.toISOString() }),
    ...(adjourned !== undefined && { adjourned }),
    ...(leads && code !== undefined && { code }),
  };
}

const voteOf = ({ ballot, question, packTitle, secrecy, opensAt, closesAt }: TopicVote) => ({
  ballot,
  question,
  packTitle,
  secrecy,
  opensAt: opensAt.toISOString(),
  closesAt: closesAt.toISOString(),
});

function itemOf({ actor, now }: Caller, item: ExecutionItem, leads: boolean): z.output<typeof itemView> {
  const { id, text, owner, deadline, wish, done, dropped, changes = [] } = item;
  const named = (one: Named) => (leads || one.id === actor.id ? one.name : maskName(one.name));
  const mine = owner.id === actor.id;
  return {
    id,
    text,
    owner: named(owner),
    mine,
    deadline,
    late: isOpen(item) && lateAt(item) <= now,
    ...(wish && { wish }),
    ...(done && { done: { at: done.at.toISOString(), note: done.note } }),
    ...(dropped && { dropped: { at: dropped.at.toISOString(), reason: dropped.reason } }),
    changes: changes.map((one) => ({
      at: one.at.toISOString(),
      what: one.owner ? ('passed' as const) : ('extended' as const),
      from: one.owner ? named(one.owner) : (one.deadline ?? ''),
      ...(one.reason !== undefined && { reason: one.reason }),
    })),
  };
}

/** To the community all of them; to everybody else what is answered and shown, and their own. */
function objectionsOf({ ability, actor }: Caller, topic: TopicDoc, leads: boolean): z.output<typeof objectionView>[] {
  const knowsWho = may(ability, 'moderate', 'topic', topic);
  const isShown = ({ by, standing }: Objection) =>
    // Whoever leads prepares the next meeting: what is objected they read, not who does.
    knowsWho ||
    by.id === actor.id ||
    standing === 'visible' ||
    (leads && (standing === 'waiting' || standing === 'lapsed'));
  return (topic.objections ?? []).filter(isShown).map(({ id, at: when, text, posted, standing, by, answer }) => ({
    id,
    at: when.toISOString(),
    text: knowsWho || by.id === actor.id ? text : posted,
    mine: by.id === actor.id,
    standing,
    standingWord: OBJECTION_STANDINGS[standing],
    ...(knowsWho && { by: by.name }),
    ...(answer && { answer: { text: answer.text, upheld: answer.upheld, at: answer.at.toISOString() } }),
  }));
}

function reviewsOf({ ability, actor, now }: Caller, topic: TopicDoc) {
  const { reviews = [] } = topic;
  const mine = reviews.find(({ by }) => by === actor.id)?.score;
  const average = satisfactionOf(topic, now);
  const words = reviews.flatMap((one) => (one.words === undefined ? [] : [one.words])).sort();
  return {
    count: reviews.length,
    ...(average !== undefined && { average }),
    ...(mine !== undefined && { mine }),
    // In the order of the alphabet: when somebody wrote says who it was.
    ...(may(ability, 'moderate', 'topic', topic) && isJudged(topic, now) && { words }),
  };
}
