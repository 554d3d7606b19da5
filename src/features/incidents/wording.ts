import type { Message } from '../../core/feature.ts';
import { shortened } from '../../core/letters.ts';
import { dateWords } from '../../core/time.ts';

/** What the messages of incidents are put together from. */

export type Data = Record<string, unknown>;

export const words = (value: unknown): string => (typeof value === 'string' ? value : '');

/** 事件12号“路灯坏了” */
export const incident = (data: Data): string => `事件${String(data.number)}号“${words(data.title)}”`;
/** 事件12号“路灯坏了”（幸福里社区 · 第1网格） */
export const placed = (data: Data): string => `${incident(data)}${given(data.place, (place) => `（${place}）`)}`;

/** Adds a sentence only when there is something to say. */
export const given = (value: unknown, sentence: (text: string) => string): string =>
  words(value) === '' ? '' : sentence(words(value));

/** 3月9日, or 3月9日11:30 where it is a matter of hours. */
export const moment = ({ until, at }: Data): string => `${dateWords(words(until))}${words(at)}`;
export const due = (data: Data, sentence: (moment: string) => string): string =>
  words(data.until) === '' ? '' : sentence(moment(data));

/** Where the title has not all of it: in danger nobody should have to look further. */
export const saidInFull = ({ text, title }: Data): string =>
  words(text).length > words(title).length ? `报告人说：${shortened(words(text), 200)}` : '';

export const message = (title: string, body: (data: Data) => string, urgent = false): Message => ({
  title,
  body,
  ...(urgent && { urgent }),
  link: (data) => `/pages/incident/incident?id=${words(data.id)}`,
});
export const alarm = (title: string, body: (data: Data) => string): Message => message(title, body, true);

/** What the clock says to whom it may concern before something is late: may be muted. @param called what people call it */
export const reminder = (title: string, called: readonly string[], body: (data: Data) => string): Message => ({
  ...message(title, body),
  kind: 'reminder',
  called,
});
