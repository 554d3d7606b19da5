import type { Answer } from '../../api/ask';
import { COLOURS, TONES } from '../../logic/colours';

type Due = Answer<'getDuties'>['items'][number];
export type Plan = Answer<'getDuties'>;

/** One duty as a line on the screen. */
export interface DueLine {
  key: string;
  title: string;
  tag: string;
  tone: string;
  /** Why, in a sentence, with the day. */
  why: string;
  /** Of what happened: when, where, what, and who says so. */
  happened: string;
  /** Where the press leads; empty when there is nothing left to do. */
  url: string;
}

export interface Section {
  title: string;
  lines: DueLine[];
}

/** 3月9日, of a day. */
export const dayIn = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;

/** The page for logging what is due, with what is known filled in. */
const logUrl = ({ person, kind, item, event }: Due): string =>
  `/work/log/log?kind=${kind}${person ? `&person=${person.id}` : ''}${event ? `&event=${event}&item=${encodeURIComponent(item)}` : ''}`;

function lineOf(due: Due): DueLine {
  const { key, title, person, colour, by, late, done, left, why, verified, happened = '' } = due;
  const when = done ? '' : late ? `，原定${dayIn(by)}` : `，${dayIn(by)}前`;
  return {
    key,
    title: person ? person.name : left > 1 ? `${title}（还差${left}次）` : title,
    tag: colour ? COLOURS[colour] : '',
    tone: colour ? TONES[colour] : '',
    why: `${person ? `${title}：` : ''}${why}${when}${verified ? '' : '（规则没核实）'}`,
    happened,
    url: done ? '' : logUrl(due),
  };
}

/** The week in the order it presses: late, still to do, done. Nothing is left out. */
export function sectionsOf({ items }: Pick<Plan, 'items'>): Section[] {
  const part = (title: string, holds: (due: Due) => boolean) => ({ title, lines: items.filter(holds).map(lineOf) });
  return [
    part('过了日子的，先办', ({ done, late }) => !done && late),
    part('这一周要做的', ({ done, late }) => !done && !late),
    part('做完的', ({ done }) => done),
  ].filter(({ lines }) => lines.length > 0);
}

const DAY_MS = 86_400_000;

/** ISO week of a day, `2026-W40`. */
export function weekOf(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  const weekday = new Date(at).getUTCDay() || 7;
  const thursday = new Date(at + (4 - weekday) * DAY_MS);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS)) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** The day so many days later. */
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** What is said of the rules that hold here and that nobody can follow yet. */
export function packsNote(packs: readonly { title: string; placeholder: boolean; inForce: boolean }[]): string {
  const names = [
    ...new Set(packs.filter(({ placeholder, inForce }) => placeholder && inForce).map(({ title }) => title)),
  ];
  return names.length === 0 ? '' : `${names.join('、')}只有名称，没有核实，管理员填好以前不会排任务。`;
}
