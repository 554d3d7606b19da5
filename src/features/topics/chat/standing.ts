import { readAggregate } from '../../../core/aggregate.ts';
import type { Turn } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import type { Glance, Progress, Standing } from '../../../core/progress.ts';
import { PROGRESS, WHICH } from '../chat-messages.ts';
import { OUTCOMES, type TopicDoc } from '../model.ts';
import { getTopic, listTopics } from '../service.ts';
import type { TopicLine, TopicView } from '../views.ts';
import { topicsAbout } from './about.ts';
import { byNumber } from './find.ts';
import { isWaiting, type Vote, votesFor } from './votes.ts';

const SHOWN = 5;

/** Where topics stand: one by its number or by what it is about, or all one proposed, seconded or has to vote on. */
export const topicProgress: Progress = {
  called: '议题',
  async byNumber(turn, house, number) {
    const found = await byNumber(house, turn, number);
    return standingsOf(house, turn, found);
  },
  async byWords(turn, house) {
    const [likeliest] = await topicsAbout(house, turn);
    return likeliest ? standingsOf(house, turn, [await getTopic(house, turn, likeliest.id)]) : [];
  },
  async mine(turn, house) {
    const [mine, seconded, votes] = await Promise.all([
      listTopics(house, turn, { mine: true, limit: SHOWN }),
      listTopics(house, turn, { seconded: true, limit: SHOWN }),
      votesFor(house, turn),
    ]);
    const waiting = votes.filter(isWaiting);
    const whole = async (id: string) => {
      const [standing] = await standingsOf(house, turn, [await getTopic(house, turn, id)]);
      return standing?.text ?? '';
    };
    const lines = (heading: string, topics: readonly TopicLine[]): Glance => ({
      heading,
      matters: topics.filter(isUnderWay).map(({ id, number, title, stateWord }) => ({
        line: PROGRESS.line(number, title, stateWord),
        whole: () => whole(id),
      })),
    });
    return [
      {
        heading: PROGRESS.votes,
        matters: waiting.map((one) => ({
          line: PROGRESS.voteLine({ number: one.topic?.number, title: one.title }, one.ballot.closesAt),
        })),
      },
      lines(PROGRESS.mine, mine.items),
      lines(PROGRESS.seconded, seconded.items),
    ];
  },
  nothing: PROGRESS.nothing,
};

/** What was taken back or is talked over elsewhere is asked for by its number. */
const isUnderWay = ({ state }: TopicLine): boolean => state !== 'withdrawn' && state !== 'merged';

async function standingsOf(house: House, turn: Turn, topics: readonly TopicView[]): Promise<Standing[]> {
  const votes = topics.length > 0 ? await votesFor(house, turn) : [];
  return Promise.all(
    topics.map(async (view) => {
      const topic = await readAggregate(house.model<TopicDoc>('topic'), view.id);
      const vote = votes.find((one) => one.topic?._id === view.id);
      const { number, title, mine, seconded, facilitator } = view;
      return {
        label: WHICH.called(number, title),
        own: mine || seconded || facilitator?.id === turn.actor.id || vote !== undefined,
        text: [
          topics.length > 1
            ? PROGRESS.detailAt(number, title, view.stateWord, view.place)
            : PROGRESS.detail(number, title, view.stateWord),
          ...(topic ? detailsOf(view, topic, vote, turn.now) : []),
        ].join('\n'),
      };
    }),
  );
}

/** What is known of it and what comes next, a line each. */
function detailsOf(view: TopicView, topic: TopicDoc, vote: Vote | undefined, now: Date): string[] {
  const { number, state, moves } = view;
  const next = PROGRESS.next[state];
  const lines = next === undefined ? [] : [next];
  if (state === 'proposed') lines.push(PROGRESS.seconds(view.seconds, view.secondsNeeded));
  if (moves.includes('second')) lines.push(PROGRESS.toSecond(number));
  if (topic.facilitator && ['accepted', 'scheduled', 'discussing'].includes(state)) {
    lines.push(PROGRESS.facilitator(topic.facilitator.name));
  }
  if (state === 'scheduled' && topic.meeting) {
    const { startsAt, venue } = topic.meeting;
    lines.push(PROGRESS.meeting(startsAt, venue.name, venue.address));
  }
  return [...lines, ...voteLines(view, topic, vote, now), ...afterwards(view, topic)];
}

function voteLines({ number, state }: TopicView, topic: TopicDoc, vote: Vote | undefined, now: Date): string[] {
  const announced = topic.vote;
  if (!announced || (state !== 'voting' && state !== 'discussing')) return [];
  if (now < announced.opensAt) return [PROGRESS.voteToCome(announced.opensAt, announced.closesAt)];
  if (state !== 'voting') return [];
  const { question, secrecy, closesAt } = announced;
  const lines = [PROGRESS.voting(question, secrecy, closesAt)];
  if (!vote) return lines;
  if (!isWaiting(vote)) return [...lines, PROGRESS.voted];
  return [...lines, secrecy === 'open' ? PROGRESS.toVote(number) : PROGRESS.toVoteSecretly];
}

/** What came of it. */
function afterwards({ state, history }: TopicView, topic: TopicDoc): string[] {
  const { outcome, resolution, publicity, items = [], reviewing, mergedInto, shelved } = topic;
  const over = ['resolved', 'publicised', 'executing', 'reviewed', 'failed'].includes(state);
  const declined = history.findLast(({ move }) => move === 'decline')?.why;
  return [
    ...(over && outcome ? [PROGRESS.result(OUTCOMES[outcome])] : []),
    ...(over && resolution ? [PROGRESS.resolution(resolution)] : []),
    ...(state === 'publicised' && publicity ? [PROGRESS.publicity(publicity.until)] : []),
    ...(state === 'executing' && items.length > 0
      ? [PROGRESS.items(items.filter(({ done }) => done).length, items.length)]
      : []),
    ...(state === 'executing' && reviewing ? [PROGRESS.reviewing(reviewing.until)] : []),
    ...(state === 'declined' && declined ? [PROGRESS.why(declined)] : []),
    ...(state === 'shelved' && shelved ? [PROGRESS.why(shelved.reason)] : []),
    ...(state === 'merged' && mergedInto ? [PROGRESS.merged(mergedInto.number)] : []),
  ];
}
