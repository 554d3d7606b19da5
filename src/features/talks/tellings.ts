import { type MoveContext, type Telling, to } from '../../core/lifecycle.ts';
import type { TalkMessage } from './messages.ts';
import type { TalkDoc } from './model.ts';

/** What a decision needs besides the talk. */
export interface TalkFacts {
  /** Whom a new talk is with, and where they serve. */
  worker?: { id: string; name: string; place: string; areas: string[] };
  /** The purpose a new talk for an occasion is kept under, unless there is one under way. */
  purpose?: string;
  /** Ids of the secretaries of the place. */
  secretaries?: readonly string[];
  /** The record under seal, when one was sent. */
  sealed?: string;
}

export type Context = MoveContext<TalkFacts>;

export const toWorker = (
  { _id, worker }: TalkDoc,
  message: TalkMessage,
  data: Record<string, unknown> = {},
): Telling[] => [to(worker.id, message, { id: _id, ...data })];

/** The one who proposed the time while they are secretary, else all of the place. */
export function toHosts(
  { _id, host, worker }: TalkDoc,
  { facts, actor }: Context,
  message: TalkMessage,
  data: Record<string, unknown> = {},
): Telling[] {
  const secretaries = (facts.secretaries ?? []).filter((one) => one !== worker.id && one !== actor.id);
  const people = host && secretaries.includes(host.id) ? [host.id] : secretaries;
  return people.map((person) => to(person, message, { id: _id, who: worker.name, ...data }));
}

export const timeOf = ({ meeting }: TalkDoc): Record<string, unknown> => ({ ...meeting });

/** Both who meant to meet hear that they do not. */
export function meetingOff({ _id: id, meeting, worker, host }: TalkDoc): Telling[] {
  if (!meeting) return [];
  const { day } = meeting;
  return [
    to(worker.id, 'talk.moved', { id, day }),
    ...(host ? [to(host.id, 'talk.moved', { who: worker.name, day })] : []),
  ];
}

/** What the secretaries of the place have to see to; of a quarter's talk they hear with the others of their list. */
export function awaited(talk: TalkDoc, ctx: Context): Telling[] {
  if (talk.claimed !== undefined) return toHosts(talk, ctx, 'talk.claimed', { day: talk.claimed });
  if (!talk.occasion) return [];
  return toHosts(talk, ctx, talk.occasion.kind === 'own_request' ? 'talk.asked' : 'talk.occasion', { by: talk.by });
}
