/** Who is to be told what in a simulated year: the rules once more, in few plain lines, to compare the house's own with. */
import type { Cast } from './cast.ts';
import type { Days } from './days.ts';

/** At least once in so many days: red, yellow, green. */
const EVERY = [7, 15, 30] as const;
const RUNGS = [
  ['bearer', 1],
  ['secretary', 3],
  ['street', 6],
] as const;
const A_WEEK = 2;

/** What whoever serves has done of a week. */
interface Week {
  visits: Uint8Array;
  inspections: Uint8Array;
}

export function modelOf({ wards, staff, communities, streets }: Cast, days: Days) {
  const expected = new Set<string>();
  const week: Week = { visits: new Uint8Array(staff.length), inspections: new Uint8Array(staff.length) };
  /** The quarter a worker was last talked with in. */
  const talked = new Int16Array(staff.length).fill(-1);
  const dueBy = new Int16Array(wards.count);
  for (let at = 0; at < wards.count; at += 1) reckon(at);

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

  const quarterOf = (day: number) => Math.floor((Number(days.name(day).slice(5, 7)) - 1) / 3);
  const yearOf = (day: number) => days.name(day).slice(0, 4);

  /** Monday's plan and Thursday's rest: whoever has something left. */
  function left(day: number, name: string): void {
    const sunday = day + 6 - days.weekday(day);
    const busy = new Uint8Array(staff.length);
    for (let at = 0; at < wards.count; at += 1) {
      const bearer = wards.bearer[at] ?? -1;
      if (bearer >= 0 && (dueBy[at] ?? 0) <= sunday) busy[bearer] = 1;
    }
    for (const [at, { id }] of staff.entries()) {
      const short = (week.visits[at] ?? 0) < A_WEEK || (week.inspections[at] ?? 0) < A_WEEK;
      if (short || busy[at]) expected.add(`${name}:${days.week(day)}:${id}:${id}`);
    }
  }

  function weekly(day: number) {
    const monday = day - days.weekday(day);
    const worked = [0, 1, 2, 3, 4, 5, 6].map((nth) => monday + nth).filter((one) => days.isWorked(one));
    const plan = worked[0];
    const summary = worked.filter((one) => one <= monday + 4).at(-1) ?? plan;
    const rest = worked.filter((one) => one <= monday + 3).at(-1);
    return {
      isPlan: plan === day,
      isSummary: summary === day,
      isRest: rest === day && plan !== undefined && rest > plan && (summary === undefined || rest < summary),
    };
  }

  function talks(day: number): void {
    const worked: number[] = [];
    const quarter = quarterOf(day);
    for (let one = day - 100; one < day + 100; one += 1) {
      if (days.isWorked(one) && quarterOf(one) === quarter && yearOf(one) === yearOf(day)) worked.push(one);
    }
    const nth = worked.slice(-10).indexOf(day);
    const kind =
      worked[0] === day
        ? 'list'
        : worked[Math.floor(worked.length / 2)] === day
          ? 'progress'
          : nth >= 0 && nth % 3 === 0
            ? 'left'
            : undefined;
    if (kind === undefined) return;
    const key = `${yearOf(day)}-Q${quarter + 1}`;
    const waiting = new Set(staff.filter((_, at) => talked[at] !== quarter).map(({ community }) => community));
    for (const community of waiting) {
      const to = communities[community]?.secretary;
      expected.add(`talks.${kind}:${key}${kind === 'left' ? `:${nth / 3 + 1}` : ''}:${to}:${to}`);
    }
  }

  function account(day: number): void {
    const before = days.nextWorked(day, -1);
    if (quarterOf(before) === quarterOf(day)) return;
    for (const { code, supervisor } of streets) {
      expected.add(`talks.account:${yearOf(before)}-Q${quarterOf(before) + 1}:${code}:${supervisor}`);
    }
  }

  function overdue(day: number): void {
    for (let back = 0, reached = day; back < 3; back += 1, reached = days.nextWorked(reached, -1)) {
      const on = days.workedUpTo(reached);
      for (let at = 0; at < wards.count; at += 1) {
        const by = dueBy[at] ?? 0;
        if (by >= day) continue;
        const late = on - days.workedUpTo(by);
        for (const [rung, count] of RUNGS) if (late === count) climb(rung, at, days.name(reached));
      }
    }
  }

  function climb(rung: (typeof RUNGS)[number][0], at: number, reached: string): void {
    const community = communities[wards.community[at] ?? 0];
    const street = streets[community?.street ?? 0];
    const key = `duties.overdue:${rung}:${reached}`;
    if (rung === 'secretary') expected.add(`${key}:${community?.code}:${community?.secretary}`);
    if (rung === 'street') expected.add(`${key}:${street?.code}:${street?.supervisor}`);
    const bearer = staff[wards.bearer[at] ?? -1];
    if (rung === 'bearer' && bearer) expected.add(`${key}:${bearer.id}@${street?.code}:${bearer.id}`);
  }

  return {
    expected,
    dueBy,
    week,
    talked,
    quarterOf,
    reckon,
    /** What is told at this moment of a day, by how things stand now. */
    tell(day: number, clock: string): void {
      if (clock === '00:00' && days.weekday(day) === 0) {
        week.visits.fill(0);
        week.inspections.fill(0);
      }
      if (!days.isWorked(day)) return;
      const { isPlan, isRest, isSummary } = weekly(day);
      if (clock === '09:00' && isPlan) left(day, 'duties.monday');
      if (clock === '09:00') talks(day);
      if (clock === '09:15') account(day);
      if (clock === '09:30') overdue(day);
      if (clock === '16:00' && isRest) left(day, 'duties.thursday');
      if (clock === '17:00' && isSummary) {
        for (const { code, secretary } of communities) {
          expected.add(`duties.friday:${days.week(day)}:${code}:${secretary}`);
        }
      }
    },
  };
}

export type Model = ReturnType<typeof modelOf>;
