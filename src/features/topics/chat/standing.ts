import type { Turn } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import type { Glance, Progress, Standing } from '../../../core/progress.ts';
import { PROGRESS, WHICH } from '../chat-messages.ts';
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
  return topics.map((topic) => {
    const vote = votes.find((one) => one.topic?._id === topic.id);
    const { number, title, stateWord, place } = topic;
    const head =
      topics.length > 1
        ? PROGRESS.detailAt(number, title, stateWord, place)
        : PROGRESS.detail(number, title, stateWord);
    return {
      label: WHICH.called(number, title),
      own: isTheirs(topic, turn.actor.id) || vote !== undefined,
      text: [head, ...before(topic), ...voteLines(topic, vote), ...afterwards(topic)].join('\n'),
    };
  });
}

const isTheirs = ({ mine, seconded, facilitator, items }: TopicView, person: string): boolean =>
  mine || seconded || facilitator?.id === person || items.some((item) => item.mine);

/** Until it is voted on. */
function before({ number, state, moves, seconds, secondsNeeded, facilitator, meeting }: TopicView): string[] {
  const next = PROGRESS.next[state];
  const led = ['accepted', 'scheduled', 'discussing'].includes(state);
  return [
    ...(next === undefined ? [] : [state === 'discussing' && meeting?.paused ? PROGRESS.paused : next]),
    ...(state === 'proposed' ? [PROGRESS.seconds(seconds, secondsNeeded)] : []),
    ...(moves.includes('second') ? [PROGRESS.toSecond(number)] : []),
    ...(led && facilitator ? [PROGRESS.facilitator(facilitator.name)] : []),
    ...(state === 'scheduled' && meeting
      ? [PROGRESS.meeting(meeting.startsAt, meeting.venue.name, meeting.venue.address)]
      : []),
  ];
}

function voteLines({ number, state, vote }: TopicView, mine: Vote | undefined): string[] {
  if (!vote || state !== 'voting') return [];
  const { phase, question, secrecy, opensAt, closesAt } = vote;
  if (phase === 'closed') return [PROGRESS.toCount];
  if (phase === 'waiting') return [PROGRESS.voteToCome(opensAt, closesAt)];
  const lines = [PROGRESS.voting(question, secrecy, closesAt)];
  if (!mine) return lines;
  if (!isWaiting(mine)) return [...lines, PROGRESS.voted];
  return [...lines, secrecy === 'open' ? PROGRESS.toVote(number) : PROGRESS.toVoteSecretly];
}

/** What came of it. */
function afterwards(topic: TopicView): string[] {
  const {
    state,
    history,
    outcomeWord,
    resolution,
    publicity,
    items,
    reviewing,
    reviews,
    mergedInto,
    shelved,
    publicPage,
  } = topic;
  const over = ['resolved', 'publicised', 'executing', 'reviewed', 'failed'].includes(state);
  const declined = history.findLast(({ move }) => move === 'decline')?.why;
  const wanted = items.filter(({ dropped }) => !dropped);
  const mine = wanted.filter((item) => item.mine && !item.done);
  return [
    ...(over && outcomeWord ? [PROGRESS.result(outcomeWord)] : []),
    ...(over && resolution ? [PROGRESS.resolution(resolution)] : []),
    ...(state === 'publicised' && publicity
      ? [publicity.awaits ? PROGRESS.awaits : PROGRESS.publicity(publicity.until)]
      : []),
    ...(state === 'executing' && wanted.length > 0
      ? [PROGRESS.items(wanted.filter(({ done }) => done).length, wanted.length)]
      : []),
    ...(state === 'executing' ? mine.map(({ text, deadline }) => PROGRESS.toDo(text, deadline)) : []),
    ...(state === 'executing' && reviewing ? [PROGRESS.reviewing(reviewing.until)] : []),
    ...(state === 'reviewed' && reviews.average !== undefined
      ? [PROGRESS.satisfied(reviews.average, reviews.count)]
      : []),
    ...(state === 'declined' && declined ? [PROGRESS.why(declined)] : []),
    ...(state === 'shelved' && shelved ? [PROGRESS.why(shelved)] : []),
    ...(publicPage === undefined ? [] : [PROGRESS.page(publicPage)]),
    ...(state === 'merged' && mergedInto ? [PROGRESS.merged(mergedInto.number)] : []),
  ];
}
