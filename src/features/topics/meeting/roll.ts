import { z } from 'zod';
import type { Caller } from '../../../core/caller.ts';
import type { House } from '../../../core/house.ts';
import { decodeCursor, encodeCursor } from '../../../core/page.ts';
import type { Person } from '../../people/index.ts';
import type { TopicDoc } from '../model.ts';
import { admits, leads, sittingOf, topicFor, undoes } from './access.ts';
import { type Roll, rollOf } from './attendance.ts';
import { type MeetingVoice, namedLike, ruleOfMeeting, voicesOfMeeting } from './voices.ts';

/** Who is at a meeting as it leaves the house: numbers for neighbours, names for who calls the roll. */

const rollLine = z.object({
  voice: z.string(),
  name: z.string().describe('门牌；不在哪一户的是名字'),
  names: z.array(z.string()).optional().describe('这一户有谁；门牌就是名字的没有'),
  present: z.boolean(),
  how: z.enum(['code', 'roll', 'proxy']).optional(),
  proxy: z.string().optional().describe('谁代的'),
  people: z
    .array(z.object({ id: z.string(), name: z.string() }))
    .optional()
    .describe('这一户的人，可以选来代别人；只有规则许代、自己又到会的才有'),
});

export const attendanceView = z
  .object({
    session: z.number().int().describe('第几次会'),
    expected: z.number().int().describe('应到'),
    present: z.number().int().describe('到会'),
    enough: z.boolean().describe('够不够开会'),
    sentences: z.array(z.string()),
    mine: z.boolean().describe('自己家到会了没有'),
    code: z.string().optional().describe('签到码，只给主持人看'),
    calls: z.boolean().optional().describe('现在能不能登记到会，只给主持人看'),
    undoes: z.boolean().optional().describe('现在能不能取消登记，只给主持人看'),
    proxies: z.number().int().optional().describe('一个人最多代几户，只给主持人看'),
    voices: z
      .object({ items: z.array(rollLine), next: z.string().optional() })
      .optional()
      .describe('名单，只给主持人看'),
  })
  .meta({ id: 'TopicAttendance' });
export type AttendanceView = z.output<typeof attendanceView>;

export interface RollQuery {
  q?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

/** Who is at the latest sitting of a topic, as the caller may know it. @throws HaolinError not_found, no_meeting, invalid_input */
export async function attendanceFor(
  house: House,
  caller: Caller,
  id: string,
  query: RollQuery = {},
): Promise<AttendanceView> {
  return attendanceViewOf(house, caller, await topicFor(house, caller, id), query);
}

export async function attendanceViewOf(
  house: House,
  caller: Caller,
  topic: TopicDoc,
  query: RollQuery = {},
): Promise<AttendanceView> {
  const meeting = sittingOf(topic);
  const roll = await rollOf(house, topic, meeting, caller.now);
  const { expected, present, enough, sentences, rows } = roll;
  const mine = rows.some(({ people }) => people.includes(caller.actor.id));
  const view = { session: meeting.session, expected, present, enough, sentences, mine };
  if (!leads(caller, topic)) return view;
  const { code } = meeting;
  const { proxies } = ruleOfMeeting(meeting);
  const q = query.q?.trim() ?? '';
  const [all, named] = await Promise.all([
    voicesOfMeeting(house, topic, meeting, caller.now),
    namedLike(house, topic, q),
  ]);
  const found = withGone(all, roll).filter(
    ({ name, people }) => name.includes(q) || people.some((one) => named.has(one)),
  );
  const voices = await pageOf(house, found, roll, proxies > 0, query);
  return {
    ...view,
    proxies,
    voices,
    calls: admits(topic, caller.now),
    undoes: undoes(topic),
    ...(code && (topic.state === 'discussing' || topic.state === 'voting') && { code }),
  };
}

/** Whoever came stays on the roll, though the register may have lost them since. */
function withGone(all: readonly MeetingVoice[], { rows }: Roll): MeetingVoice[] {
  const known = new Set(all.map(({ voice }) => voice));
  const gone = rows.filter(({ voice }) => !known.has(voice));
  return [...all, ...gone.map(({ voice, name, people }) => ({ voice, name, people }))];
}

/** Who is still looked for comes first; 2-1-9 stands before 2-1-10. */
const names = new Intl.Collator('zh-CN', { numeric: true });
const order = (a: Place, b: Place): number =>
  Number(a.present) - Number(b.present) || names.compare(a.name, b.name) || compare(a.voice, b.voice);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const place = z.object({ present: z.boolean(), name: z.string(), voice: z.string() });
type Place = z.output<typeof place>;
const PAGE = 20;

async function pageOf(
  house: House,
  found: readonly MeetingVoice[],
  { rows }: Roll,
  withPeople: boolean,
  { limit = PAGE, cursor }: RollQuery,
): Promise<NonNullable<AttendanceView['voices']>> {
  const after = cursor === undefined ? undefined : decodeCursor(house.vault, cursor, place);
  const there = new Map(rows.map((row) => [row.voice, row]));
  const lines = found
    .map((one) => ({ ...one, present: there.has(one.voice) }))
    .filter((one) => !after || order(one, after) > 0)
    .sort(order);
  const page = lines.slice(0, limit);
  const proxies = page.flatMap(({ voice }) => there.get(voice)?.proxy ?? []);
  const known = await namesOf(house, [...page.flatMap(({ people }) => people), ...proxies]);
  const items = page.map(({ voice, name, people, present }) => {
    const row = there.get(voice);
    const themselves = withPeople && row !== undefined && row.how !== 'proxy';
    const belong = people.map((id) => ({ id, name: known.get(id) ?? '' }));
    const called = belong.map((one) => one.name).filter((one) => one !== '' && one !== name);
    return {
      voice,
      name,
      ...(called.length > 0 && { names: called }),
      present,
      ...(row && { how: row.how }),
      ...(row?.proxy !== undefined && { proxy: known.get(row.proxy) ?? '' }),
      ...(themselves && { people: belong }),
    };
  });
  const last = page.at(-1);
  if (!last || lines.length <= limit) return { items };
  const { present, name, voice } = last;
  return { items, next: encodeCursor(house.vault, { present, name, voice }) };
}

async function namesOf(house: House, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await house
    .model<Person>('people')
    .find({ _id: { $in: [...new Set(ids)] } })
    .select({ name: 1 })
    .lean<Pick<Person, '_id' | 'name'>[]>();
  return new Map(found.map(({ _id, name }) => [_id, name]));
}
