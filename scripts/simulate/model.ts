/** Who is to be told what in the simulated time: the rules once more, in few plain lines, to compare the house's own with. */
import type { Cast } from './cast.ts';
import { type Days, momentOf } from './days.ts';
import { careOf } from './wards.ts';

/** At least once in so many days: red, yellow, green. */
const EVERY = [7, 15, 30] as const;
/** Who hears how many workdays late something is. */
const RUNGS = [
  ['bearer', 1],
  ['secretary', 3],
  ['street', 6],
] as const;
/** What nobody saw to is said again. */
const AGAIN_DAYS = 14;
/** Visits, and inspections, of a week. */
const A_WEEK = 2;
/** Of a quarter's last workdays every third has a reminder. */
const LAST_WORKDAYS = 10;
const EVERY_THIRD = 3;
const KNOWN_AHEAD_DAYS = 60;
const SINGLES_A_DAY = 3;

/** When something is told on some days. */
export const TELLING = ['08:30', '09:00', '09:15', '09:20', '09:30', '16:00', '17:00'] as const;
/** When a day's list of what was one too many is told. */
export const LISTS_AT = '17:30';

/** A talk for an occasion that is not held yet. */
export interface Occasion {
  /** The talk's. */
  id: string;
  purpose: string;
  by: number;
  /** When it is to be held, once a time is found, and by which secretary. */
  meeting?: { on: number; time: string; host: string };
}

/** @param keyed the house's keyed hash, for keys that are to tell nothing */
export function modelOf(cast: Cast, days: Days, keyed: (text: string) => string) {
  const { wards, staff, communities, streets, city, chats } = cast;
  /** What is to be told on the present day, and how many of it to each who has a chat. */
  const today = new Set<string>();
  const toChat = new Map<string, number>();
  /** Told lately, each day's apart: what is told once for ever and looked for again. */
  const lately: Set<string>[] = [];
  const week = { visits: new Uint8Array(staff.length), inspections: new Uint8Array(staff.length) };
  /** The quarter each was last talked with in. */
  const talked: string[] = staff.map(() => '');
  /** By whom of the staff it is about. */
  const occasions = new Map<number, Occasion>();
  const dueBy = new Int16Array(wards.count);
  for (let at = 0; at < wards.count; at += 1) reckon(at);
  /** How often the review that is due has been told of. */
  const reviewTold = new Uint8Array(wards.count);
  /** Of what is late, on which workday who was told. */
  const ladder = new Map<number, { by: number; told: Map<string, number> }>();
  const warned = new Set<string>();
  /** Weeks whose plan was told, and those whose summary was. */
  const planTold = new Set<string>();
  const summaryTold = new Set<string>();

  /** By when somebody is to be seen next. */
  function reckon(at: number): void {
    const base = Math.max(wards.since[at] ?? 0, wards.seen[at] ?? 0);
    const target = base + (EVERY[wards.colour[at] ?? 0] ?? 0);
    if (wards.colour[at] === 0 || days.isWorked(target)) {
      dueBy[at] = target;
      return;
    }
    const before = days.nextWorked(target, -1);
    dueBy[at] = before > base ? before : days.nextWorked(target, 1);
  }

  function expect(key: string, person: string): void {
    const whole = `${key}:${person}`;
    if (today.has(whole) || lately.some((day) => day.has(whole))) return;
    today.add(whole);
    if (!chats.has(person)) return;
    const count = (toChat.get(person) ?? 0) + 1;
    toChat.set(person, count);
    // What is one too many waits for the evening's list.
    if (count === SINGLES_A_DAY + 1)
      today.add(`push.digest:${momentOf(days.name(present), LISTS_AT).toISOString()}:${person}`);
  }
  let present = 0;
  /** Whether a workday has come. */
  let hasWorked = false;

  function reviews(day: number): void {
    for (let at = 0; at < wards.count; at += 1) {
      const by = wards.review[at] ?? 0;
      const nth = Math.floor((day - by) / AGAIN_DAYS);
      if (by > day || (reviewTold[at] ?? 0) > nth) continue;
      reviewTold[at] = nth + 1;
      for (const keeper of communities[wards.community[at] ?? 0]?.keepers ?? []) {
        expect(`care.reviews:${careOf(at)}:living_alone:${days.name(by)}${nth > 0 ? `:${nth}` : ''}`, keeper);
      }
    }
  }

  /** Monday's plan and Thursday's rest: whoever has something left. */
  function left(day: number, name: string): void {
    const sunday = day + 6 - days.weekday(day);
    // Until people hear again.
    const until = days.nextWorked(sunday, 1) - 1;
    const busy = new Uint8Array(staff.length);
    for (let at = 0; at < wards.count; at += 1) {
      const bearer = wards.bearer[at] ?? -1;
      if (bearer >= 0 && (dueBy[at] ?? 0) <= until) busy[bearer] = 1;
    }
    for (const [at, { id }] of staff.entries()) {
      const short = (week.visits[at] ?? 0) < A_WEEK || (week.inspections[at] ?? 0) < A_WEEK;
      if (short || busy[at]) expect(`${name}:${days.week(day)}:${id}`, id);
    }
  }

  function weekly(day: number) {
    const monday = day - days.weekday(day);
    const worked = [0, 1, 2, 3, 4, 5, 6].map((nth) => monday + nth).filter((one) => days.isWorked(one));
    const plan = worked[0];
    const summary = worked.filter((one) => one <= monday + 4).at(-1) ?? plan;
    const rest = worked.filter((one) => one <= monday + 3).at(-1);
    const hasRest =
      rest !== undefined && plan !== undefined && rest > plan && (summary === undefined || rest < summary);
    const over = hasRest ? rest : summary;
    return {
      // A plan that was missed still helps until people hear what is left of it.
      isPlan: plan === day || (plan !== undefined && over !== undefined && plan < day && day < over),
      isFirst: plan === day,
      isSummary: summary === day,
      isRest: hasRest && rest === day,
    };
  }

  /** How a week came out; on the first day of the next one that of the last, where nobody heard of it. */
  function summary(week: string): void {
    if (summaryTold.has(week)) return;
    summaryTold.add(week);
    for (const { code, secretaries } of communities) {
      for (const one of secretaries) expect(`duties.friday:${week}:${code}`, one);
    }
  }

  /** What of a quarter's talks is spoken of on a day. */
  function promptOn(day: number): string | undefined {
    const quarter = days.quarter(day);
    const worked: number[] = [];
    for (let one = day - 95; one < day + 95; one += 1) {
      if (days.isWorked(one) && days.quarter(one) === quarter) worked.push(one);
    }
    if (worked[0] === day) return `list:${quarter}`;
    if (worked[Math.floor(worked.length / 2)] === day) return `progress:${quarter}`;
    const nth = worked.slice(-LAST_WORKDAYS).indexOf(day);
    return nth >= 0 && nth % EVERY_THIRD === 0 ? `left:${quarter}:${nth / EVERY_THIRD + 1}` : undefined;
  }

  /** Of what was said last before the house began; it is made up on its first workday. */
  function promptMissed(day: number): string | undefined {
    for (let one = day - 1; !hasWorked && days.quarter(one) === days.quarter(day); one -= 1) {
      const prompt = days.isWorked(one) ? promptOn(one) : undefined;
      if (prompt !== undefined) return prompt;
    }
    return undefined;
  }

  function talks(day: number): void {
    const prompt = promptOn(day) ?? promptMissed(day);
    hasWorked = true;
    if (prompt !== undefined) {
      const waiting = new Set(
        staff.filter((_, at) => talked[at] !== days.quarter(day)).map(({ community }) => community),
      );
      for (const at of waiting) {
        for (const one of communities[at]?.secretaries ?? []) expect(`talks.${prompt}:${one}`, one);
      }
    }
    for (const [at, { purpose, by }] of occasions) {
      const lastDay = by === day;
      if (!lastDay && days.nextWorked(by, 1) !== day) continue;
      const { id, community } = staff[at] as Cast['staff'][number];
      const { secretaries = [], street = 0 } = communities[community] ?? {};
      for (const one of secretaries) expect(`talks.${lastDay ? 'last_day' : 'overdue'}:${id}:${purpose}:${one}`, one);
      if (!lastDay) expect(`talks.overdue_street:${keyed(`${id}:${purpose}`)}`, streets[street]?.supervisor ?? '');
    }
  }

  /** The afternoon of the workday before a talk both are reminded of it. */
  function meetings(day: number): void {
    for (const [at, { id, meeting }] of occasions) {
      if (!meeting || days.nextWorked(meeting.on, -1) !== day) continue;
      const key = `talks.reminder:${id}:${days.name(meeting.on)}:${meeting.time}`;
      for (const one of [staff[at]?.id ?? '', meeting.host]) expect(`${key}:${one}`, one);
    }
  }

  function account(day: number): void {
    const before = days.nextWorked(day, -1);
    if (days.quarter(before) === days.quarter(day)) return;
    for (const { code, supervisor } of streets) expect(`talks.account:${days.quarter(before)}:${code}`, supervisor);
  }

  /** Once a month, as long as a year is near that nobody has published. */
  function calendar(day: number): void {
    for (const year of new Set([days.unknownYear(day), days.unknownYear(day + KNOWN_AHEAD_DAYS)])) {
      const month = `${year}:${days.name(day).slice(0, 7)}`;
      if (year === undefined || warned.has(month)) continue;
      warned.add(month);
      expect(`calendars.missing:${month}:${city.code}`, city.admin);
    }
  }

  /** Whoever is to do it, then who is above, each so many workdays after the day and after the one before. */
  function overdue(day: number): void {
    const on = days.workedUpTo(day);
    for (let at = 0; at < wards.count; at += 1) {
      const by = dueBy[at] ?? 0;
      if (by >= day) continue;
      const known = ladder.get(at);
      const told = known?.by === by ? known.told : new Map<string, number>();
      ladder.set(at, { by, told });
      let least = days.workedUpTo(by);
      let before = 0;
      for (const [rung, count] of RUNGS) {
        if (rung === 'bearer' && !staff[wards.bearer[at] ?? -1]) continue;
        const since = told.get(rung);
        if (since === undefined) {
          if (on - days.workedUpTo(by) < count || on - least < count - before) break;
          told.set(rung, on);
          climb(rung, at, days.name(day));
          break;
        }
        least = since;
        before = count;
      }
    }
  }

  function climb(rung: (typeof RUNGS)[number][0], at: number, reached: string): void {
    const { code = '', secretaries = [], street: above = 0 } = communities[wards.community[at] ?? 0] ?? {};
    const street = streets[above];
    const key = `duties.overdue:${rung}:${reached}`;
    const bearer = staff[wards.bearer[at] ?? -1];
    if (rung === 'secretary') for (const one of secretaries) expect(`${key}:${code}`, one);
    if (rung === 'street') expect(`${key}:${street?.code}`, street?.supervisor ?? '');
    if (rung === 'bearer' && bearer) expect(`${key}:${bearer.id}@${street?.code}`, bearer.id);
  }

  return {
    today,
    dueBy,
    reviewTold,
    week,
    talked,
    occasions,
    reckon,
    /** Begins a day. */
    begin(day: number): void {
      present = day;
      lately.unshift(new Set(today));
      lately.length = Math.min(lately.length, 14);
      today.clear();
      toChat.clear();
      if (days.weekday(day) !== 0) return;
      week.visits.fill(0);
      week.inspections.fill(0);
    },
    /** Adds to what is told today what is told at this time, by how things stand now. */
    tell(clock: string): void {
      const day = present;
      if (clock === '09:20') calendar(day);
      if (!days.isWorked(day)) return;
      const { isPlan, isFirst, isRest, isSummary } = weekly(day);
      if (clock === '08:30') reviews(day);
      if (clock === '09:00' && isPlan && !planTold.has(days.week(day))) {
        planTold.add(days.week(day));
        left(day, 'duties.monday');
      }
      if (clock === '09:00') talks(day);
      if (clock === '09:15') account(day);
      if (clock === '09:30') overdue(day);
      if (clock === '16:00') meetings(day);
      if (clock === '16:00' && isRest) left(day, 'duties.thursday');
      if (clock === '17:00' && isSummary) summary(days.week(day));
      else if (clock === '17:00' && isFirst) summary(days.week(days.nextWorked(day, -1)));
    },
    /** Whether some of today's messages wait for the evening's list. */
    hasLists: () => [...toChat.values()].some((count) => count > SINGLES_A_DAY),
  };
}

export type Model = ReturnType<typeof modelOf>;
