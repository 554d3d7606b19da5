import type { Message } from '../core/feature.ts';
import type { House } from '../core/house.ts';
import { deliver } from '../core/notice.ts';
import { civil } from '../core/time.ts';
import { OVERHEARD, UNFINISHED, UNSAID } from './messages.ts';

/** What could not be said in the chat. */
export interface Unsaid {
  /** The message it answers. */
  key: string;
  contact: string;
  /** When that message came. */
  at: Date;
  /** The reply; absent when the message was never finished. */
  text?: string;
}

/** Messages of the chat itself: what a person finds in the inbox because the chat could not say it. */
export const chatMessages: Record<string, Message> = {
  'chat.unsaid': { title: UNSAID.title, body: ({ when, text }) => UNSAID.body(String(when), String(text)) },
  'chat.alarm': {
    title: OVERHEARD.title,
    body: ({ text, place, who }) =>
      OVERHEARD.body(String(text), String(place), typeof who === 'string' ? who : undefined),
    urgent: true,
  },
  'chat.unfinished': { title: UNFINISHED.title, body: ({ when }) => UNFINISHED.body(String(when)) },
};

/** Leaves it in the inbox of the person behind the contact, once for each message. A stranger has none, and nothing to lose. */
export async function leaveInInbox(house: House, puppet: string, { key, contact, at, text }: Unsaid): Promise<void> {
  const person = await house.directory.byContact(puppet, contact);
  if (!person) return;
  const told = text === undefined ? 'chat.unfinished' : 'chat.unsaid';
  const data = { when: clockFace(at), ...(text === undefined ? {} : { text }) };
  await deliver(house, { key: `${told}:${key}`, to: { person: person.id }, message: told, data });
}

/** 3月9日 9:05, Shanghai's. */
function clockFace(at: Date): string {
  const { month, day, hour, minute } = civil(at);
  return `${month}月${day}日 ${hour}:${String(minute).padStart(2, '0')}`;
}
