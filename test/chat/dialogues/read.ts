/** Reads recorded dialogues: see README.md beside this file for how they are written. Pure. */

export type Line =
  | { is: 'said'; who: string; device?: string; group: boolean; text: string }
  | { is: 'answer'; group: boolean; text: string }
  | { is: 'order'; text: string };

/** What happens, and what the bot says to it before anything else happens. */
export interface Turn {
  /** The line of the file it stands on, from 1. */
  at: number;
  does: Exclude<Line, { is: 'answer' }>;
  answers: Extract<Line, { is: 'answer' }>[];
}

export interface Dialogue {
  title: string;
  at: number;
  turns: Turn[];
}

const SPOKEN = /^([^：（）\s]{1,8})(?:（([^）]+)）)?：(.*)$/u;
const ORDER = /^（(.+)）$/u;
const BOT = '好邻';
const GROUP = '群';

/** @throws Error naming the line that is none of title, order, words or their continuation */
export function readDialogues(file: string, source: string): Dialogue[] {
  const dialogues: Dialogue[] = [];
  let last: { text: string } | undefined;
  for (const [index, line] of source.split('\n').entries()) {
    const at = index + 1;
    const wrong = (why: string) => new Error(`${file}:${at} ${why}：${line}`);
    if (line === '' || line.startsWith('//')) continue;
    if (line.startsWith('# ')) {
      dialogues.push({ title: line.slice(2).trim(), at, turns: [] });
      continue;
    }
    const dialogue = dialogues.at(-1);
    if (!dialogue) throw wrong('还没有标题');
    if (line.startsWith('  ')) {
      if (!last) throw wrong('没有可以接上的话');
      last.text += `\n${line.slice(2)}`;
      continue;
    }
    const read = lineOf(line);
    if (!read) throw wrong('看不懂这一行');
    last = read;
    const turn = dialogue.turns.at(-1);
    if (read.is !== 'answer') dialogue.turns.push({ at, does: read, answers: [] });
    else if (turn) turn.answers.push(read);
    else throw wrong('还没有人说话');
  }
  return dialogues;
}

function lineOf(line: string): Line | undefined {
  const order = ORDER.exec(line)?.[1];
  if (order !== undefined) return { is: 'order', text: order };
  const [, who, where, text = ''] = SPOKEN.exec(line) ?? [];
  if (who === undefined) return undefined;
  if (who === BOT) return { is: 'answer', group: where === GROUP, text };
  const device = where === undefined || where === GROUP ? {} : { device: where };
  return { is: 'said', who, ...device, group: where === GROUP, text };
}

/** Whether the bot said just that. `＊` stands for whatever is different each time. */
export function isAnswered(expected: string, said: string): boolean {
  if (!expected.includes('＊')) return expected === said;
  const parts = expected.split('＊').map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`, 'su').test(said);
}

/** A line of the file for what was said. */
export const written = (who: string, text: string): string => `${who}：${text.replaceAll('\n', '\n  ')}`;
