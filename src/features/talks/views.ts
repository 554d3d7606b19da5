import { z } from 'zod';
import { may, scope } from '../../core/ability.ts';
import type { Caller } from '../../core/caller.ts';
import type { Page } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { movesFor } from '../../core/lifecycle.ts';
import { dayOf } from '../../core/time.ts';
import { talkLifecycle } from './lifecycle.ts';
import { OCCASIONS, type OccasionKind, TALK_STATES, type TalkDoc, type TalkState, TOPICS } from './model.ts';
import { type PageQuery, pageOf } from './pages.ts';
import { quarterWords } from './quarters.ts';
import { findTalk } from './service.ts';
import { talksOf } from './store.ts';

const named = z.object({ id: z.string(), name: z.string() });
const occasionKind = z.enum(Object.keys(OCCASIONS) as [OccasionKind, ...OccasionKind[]]);

/** A talk as it leaves the house; what was said is asked for by itself. */
export const talkView = z
  .object({
    id: z.string(),
    state: z.enum(Object.keys(TALK_STATES) as [TalkState, ...TalkState[]]),
    stateWord: z.string(),
    community: z.string(),
    worker: named,
    purposeWord: z.string().describe('为什么谈：哪个季度，或哪件事'),
    occasion: z.object({ kind: occasionKind, at: z.string() }).optional(),
    by: z.string().optional().describe('因事约谈的，最晚哪天谈'),
    late: z.boolean(),
    host: named.optional().describe('约时间或谈话的书记'),
    meeting: z
      .object({ day: z.string(), time: z.string(), place: z.string().optional(), agreed: z.boolean() })
      .optional(),
    claimed: z.string().optional().describe('本人说这天谈过了，等书记确认'),
    heldOn: z.string().optional(),
    topics: z
      .array(z.object({ code: z.string(), word: z.string() }))
      .optional()
      .describe('只给写记录的人和本人看'),
    hasRecord: z.boolean(),
    mayRead: z.boolean().describe('能不能看谈话记录'),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.number().int(),
    moves: z.array(z.string()),
  })
  .meta({ id: 'Talk' });
export type TalkView = z.output<typeof talkView>;

/** As the caller sees it, with the moves the caller may make. */
export function talkViewOf(house: House, caller: Caller, talk: TalkDoc): TalkView {
  const { occasion, by, host, meeting, claimed, heldOn, topics = [], record } = talk;
  const isTheirs = talk.worker.id === caller.actor.id || talk.host?.id === caller.actor.id;
  const waits = talk.state === 'asked' || talk.state === 'scheduled';
  return {
    id: talk._id,
    state: talk.state,
    stateWord: TALK_STATES[talk.state],
    community: talk.place,
    worker: talk.worker,
    purposeWord: occasion ? OCCASIONS[occasion.kind] : quarterWords(talk.purpose),
    ...(occasion && { occasion }),
    ...(by !== undefined && { by }),
    late: waits && by !== undefined && by < dayOf(caller.now),
    ...(host && { host }),
    ...(meeting && { meeting }),
    ...(claimed !== undefined && { claimed }),
    ...(heldOn !== undefined && { heldOn }),
    ...(isTheirs && { topics: topics.map((code) => ({ code, word: TOPICS[code] ?? code })) }),
    hasRecord: record !== undefined,
    mayRead: record !== undefined && may(caller.ability, 'readRecord', 'talk', talk),
    createdAt: talk.createdAt.toISOString(),
    updatedAt: talk.updatedAt.toISOString(),
    version: talk.version,
    moves: movesFor(talkLifecycle, talk, { ...caller, calendar: house.calendar, facts: {} }),
  };
}

/** @throws HaolinError not_found when it is none of the caller's business */
export async function getTalk(house: House, caller: Caller, id: string): Promise<TalkView> {
  return talkViewOf(house, caller, await findTalk(house, caller, id));
}

/** A page of the talks the caller may know of, the newest first. @throws HaolinError invalid_input for a bent cursor */
export async function listTalks(
  house: House,
  caller: Caller,
  query: PageQuery & { state?: TalkState | undefined; mine?: boolean | undefined },
): Promise<Page<TalkView>> {
  const readable = query.mine ? { 'worker.id': caller.actor.id } : scope(caller.ability, 'read', 'talk');
  if (!readable) return { items: [] };
  const filters = [readable, query.state ? { state: query.state } : {}];
  const page = await pageOf<TalkDoc>(house, talksOf(house), filters, query);
  return { ...page, items: page.items.map((one) => talkViewOf(house, caller, one)) };
}
