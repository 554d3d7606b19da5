import { z } from 'zod';
import { notDue } from '../../core/errors.ts';
import { called } from '../../core/input.ts';
import { can, lifecycleOf, type MoveContext, toRole } from '../../core/lifecycle.ts';
import { HOUR, MINUTE } from '../../core/time.ts';
import { asWritten, onOneLine } from '../../core/written.ts';
import {
  beginsTooSoon,
  goesWithTopic,
  noElectors,
  noPack,
  notOver,
  notOwners,
  ownersChanged,
  sameOwnerTwice,
  secrecyNotAllowed,
  tooLateToOpen,
  wrongSpan,
} from './errors.ts';
import { BALLOT_STATES, type BallotDoc, type BallotState, type StoredCount, type StoredWeight } from './model.ts';
import { type Pack, packInForce, ruleOf } from './pack.ts';

/** What moves of a ballot need besides it. */
export interface BallotFacts {
  /** The areas of the place it is held in, and its community. */
  place?: { areas: string[]; community: string };
  /** The packs there are, and the civil day it is. */
  packs?: { all: readonly Pack[]; day: string };
  /** Owners just written down. */
  roll?: string;
  /** The electorate as it was just written down. */
  electorate?: StoredWeight & { snapshot: string };
  count?: StoredCount;
  /** Papers that were handed in and are still to be entered. */
  papers?: number;
}
type Context = MoveContext<BallotFacts>;

/** What was handed in before closing has landed after this; nothing is counted before. */
export const COUNT_AFTER = MINUTE;

/** Whoever says that it begins now takes a while to send that. */
const SENDING = 10 * MINUTE;

const { move, start, lifecycle } = lifecycleOf<BallotDoc, BallotState, BallotFacts>();

const code = called('规则代号', z.string().regex(/^[a-z][a-z-]{1,40}$/));
export const draftInput = z.object({
  title: called('标题', z.string().overwrite(onOneLine).min(1).max(60)),
  question: called('表决的内容', z.string().overwrite(asWritten).min(1).max(1_000)),
  pack: code,
  variant: code.optional(),
  secrecy: called('投票方式', z.enum(['open', 'secret'])),
  opensAt: called('开始时间', z.iso.datetime()),
  closesAt: called('截止时间', z.iso.datetime()),
  about: called('所属议题', z.string().regex(/^[0-9a-f]{24}$/)).optional(),
});
export type DraftInput = z.output<typeof draftInput>;

const person = called('业主账号', z.string().regex(/^[0-9a-f]{24}$/));
export const enrolInput = z.object({
  owners: called(
    '业主名单',
    z
      .array(
        z.object({
          name: called('业主姓名', z.string().overwrite(onOneLine).min(1).max(60)),
          people: called('业主账号', z.array(person).max(20)),
          // An owner of several flats is one head with the area of all of them.
          area: called('专有面积', z.int().min(1).max(100_000_000)).describe('单位：0.01平方米'),
        }),
      )
      .max(5_000),
  ),
  version: called('名单版本', z.int().min(1))
    .optional()
    .describe('看到的名单的版本；在这期间被别人改过就不登记，免得盖掉'),
});
export type EnrolInput = z.output<typeof enrolInput>;
const voidInput = z.object({ reason: called('原因', z.string().overwrite(asWritten).min(1).max(200)) });

/** What a ballot's state is by the clock, whether or not a job has said so: what has run out is closed. */
export function stateAt({ state, closesAt }: Pick<BallotDoc, 'state' | 'closesAt'>, now: Date): BallotState {
  return state === 'open' && closesAt <= now ? 'closed' : state;
}

const whenOver = ({ closesAt }: BallotDoc, { now }: Context) =>
  now.getTime() < closesAt.getTime() + COUNT_AFTER ? notOver() : undefined;

/** What belongs to a topic is moved with it, by the house. */
const withTopic = ({ about }: BallotDoc, { actor }: Context) =>
  about !== undefined && actor.kind !== 'system' ? goesWithTopic() : undefined;

/** The very same people in two lines would be one owner with two heads. Who owns one flat alone and another with somebody is two. */
function ownerTwice(owners: EnrolInput['owners']) {
  const known = new Map<string, number>();
  for (const [at, { name, people }] of owners.entries()) {
    const owner = [...new Set(people)].sort().join(' ');
    const before = owner === '' ? undefined : known.get(owner);
    if (before !== undefined) return sameOwnerTwice(at + 1, name, before + 1);
    known.set(owner, at);
  }
  return undefined;
}

function inForce({ pack, variant }: DraftInput, { facts }: Context) {
  const found = facts.packs && packInForce(facts.packs.all, pack, facts.packs.day);
  const rule = found && ruleOf(found, variant);
  return found && rule ? { pack: found, rule } : undefined;
}

/** `drafted → open → closed → counted`, or void. What people choose is no move: it stands in tables of its own. */
export const ballotLifecycle = lifecycle({
  name: 'ballot',
  states: BALLOT_STATES,
  start: {
    draft: start({
      to: 'drafted',
      by: can('draft'),
      input: draftInput,
      guard(input, ctx) {
        const found = inForce(input, ctx);
        if (!found) return noPack();
        if (!found.pack.secrecy.includes(input.secrecy)) return secrecyNotAllowed();
        const { shortest, longest } = found.pack.hours;
        const [from, until] = [Date.parse(input.opensAt), Date.parse(input.closesAt)];
        if (until - from < shortest * HOUR || until - from > longest * HOUR) return wrongSpan(shortest, longest);
        return from + SENDING < ctx.now.getTime() ? beginsTooSoon() : undefined;
      },
      build(input, ctx) {
        const found = inForce(input, ctx);
        const { place } = ctx.facts;
        if (!found || !place) throw noPack();
        const { code: of, version, title, verified, note } = found.pack;
        const { variant, about } = input;
        return {
          areas: place.areas,
          community: place.community,
          title: input.title,
          question: input.question,
          ...(about !== undefined && { about }),
          pack: {
            code: of,
            version,
            title,
            verified,
            ...(note !== undefined && { note }),
            ...(variant && { variant }),
          },
          rule: found.rule,
          secrecy: input.secrecy,
          opensAt: new Date(input.opensAt),
          closesAt: new Date(input.closesAt),
        };
      },
    }),
  },
  moves: {
    /** The whole list of owners anew, in place of the one before. */
    enrol: move({
      from: ['drafted'],
      to: 'drafted',
      by: can('enrol'),
      input: enrolInput,
      when: ({ rule }) => (rule.electorate === 'owner' ? undefined : notOwners()),
      guard: ({ version }, { owners, version: seen = version }) =>
        seen === version ? ownerTwice(owners) : ownersChanged(),
      apply: (_ballot, _input, { facts }) => ({ roll: facts.roll }),
    }),
    /** From here on it is fixed who may vote; when they may, the clock says. */
    open: move({
      from: ['drafted'],
      to: 'open',
      by: can('open'),
      input: z.object({}),
      when: (ballot, ctx) => withTopic(ballot, ctx) ?? (ballot.closesAt <= ctx.now ? tooLateToOpen() : undefined),
      guard: (_ballot, _input, { facts }) => (facts.electorate?.heads ? undefined : noElectors()),
      apply(_ballot, _input, { facts }) {
        const { snapshot, heads = 0, area = 0 } = facts.electorate ?? {};
        return { snapshot, electorate: { heads, area }, roll: undefined };
      },
    }),
    /** The clock's: it only tells people, for what has run out is closed without it. */
    close: move({
      from: ['open'],
      to: 'closed',
      by: 'system',
      input: z.object({}),
      guard: ({ closesAt }, _input, { now }) => (closesAt <= now ? undefined : notDue()),
      tell({ _id: id, community, title, about }, { facts }) {
        const { papers = 0 } = facts;
        if (papers > 0) return [toRole('secretary', community, 'ballot.papers', { id, title, papers })];
        // Nothing holds up what the clock counts together with its topic.
        return about === undefined ? [toRole('secretary', community, 'ballot.closed', { id, title })] : [];
      },
    }),
    count: move({
      from: ['open', 'closed'],
      to: 'counted',
      by: can('count'),
      input: z.object({}),
      when: (ballot, ctx) => withTopic(ballot, ctx) ?? whenOver(ballot, ctx),
      apply: (_ballot, _input, { facts }) => ({ count: facts.count }),
    }),
    void: move({
      from: ['drafted', 'open', 'closed'],
      to: 'void',
      by: can('void'),
      input: voidInput,
      when: withTopic,
    }),
  },
});

export type BallotMoveName = keyof typeof ballotLifecycle.moves;
