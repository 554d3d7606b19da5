import { z } from 'zod';
import type { Caller } from '../../../core/caller.ts';
import type { House } from '../../../core/house.ts';
import { decodeCursor, encodeCursor } from '../../../core/page.ts';
import type { Person } from '../../people/index.ts';
import type { TopicDoc } from '../model.ts';
import { leads, sittingOf, topicFor } from './access.ts';
import { type Roll, rollOf } from './attendance.ts';
import { type MeetingVoice, ruleOfMeeting, voicesOfMeeting } from './voices.ts';

/** Who is at a meeting as it leaves the house: numbers for neighbours, names for who calls the roll. */

const rollLine = z.object({
  voice: z.string(),
  name: z.string(),
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
  const all = await voicesOfMeeting(house, topic, meeting, caller.now);
  const voices = await pageOf(house, all, roll, proxies > 0, query);
  return {
    ...view,
    proxies,
    voices,
    ...(code && (topic.state === 'discussing' || topic.state === 'voting') && { code }),
  };
}

/** 2-1-9 stands before 2-1-10. */
const names = new Intl.Collator('zh-CN', { numeric: true });
const order = (a: Place, b: Place): number => names.compare(a.name, b.name) || compare(a.voice, b.voice);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const place = z.object({ name: z.string(), voice: z.string() });
type Place = z.output<typeof place>;
const PAGE = 20;

async function pageOf(
  house: House,
  all: readonly MeetingVoice[],
  { rows }: Roll,
  withPeople: boolean,
  { q = '', limit = PAGE, cursor }: RollQuery,
): Promise<NonNullable<AttendanceView['voices']>> {
  const after = cursor === undefined ? undefined : decodeCursor(house.vault, cursor, place);
  const found = all.filter((one) => one.name.includes(q.trim()) && (!after || order(one, after) > 0)).sort(order);
  const page = found.slice(0, limit);
  const there = new Map(rows.map((row) => [row.voice, row]));
  const known = await namesFor(house, page, there, withPeople);
  const items = page.map(({ voice, name, people }) => {
    const row = there.get(voice);
    const themselves = withPeople && row !== undefined && row.how !== 'proxy';
    return {
      voice,
      name,
      present: row !== undefined,
      ...(row && { how: row.how }),
      ...(row?.proxy !== undefined && { proxy: known.get(row.proxy) ?? '' }),
      ...(themselves && { people: people.map((id) => ({ id, name: known.get(id) ?? '' })) }),
    };
  });
  const last = page.at(-1);
  if (!last || found.length <= limit) return { items };
  return { items, next: encodeCursor(house.vault, { name: last.name, voice: last.voice }) };
}

/** Names of those on a page who stand for somebody, or could. */
async function namesFor(
  house: House,
  page: readonly MeetingVoice[],
  there: ReadonlyMap<string, { how: string; proxy?: string }>,
  withPeople: boolean,
): Promise<Map<string, string>> {
  if (!withPeople) return new Map();
  const ids = page.flatMap(({ voice, people }) => {
    const row = there.get(voice);
    if (row === undefined) return [];
    return row.proxy === undefined ? people : [row.proxy];
  });
  const found = await house
    .model<Person>('people')
    .find({ _id: { $in: ids } })
    .select({ name: 1 })
    .lean<Pick<Person, '_id' | 'name'>[]>();
  return new Map(found.map(({ _id, name }) => [_id, name]));
}
