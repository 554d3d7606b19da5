import { can, lifecycleOf, toRole } from '../../core/lifecycle.ts';
import { tooOften } from '../../core/often.ts';
import { objectionToReview } from './consent.ts';
import {
  begun,
  type CareFacts,
  flagOf,
  hasRoom,
  noted,
  objectionToFlag,
  objectionToLead,
  objectionToSentinel,
  tell,
  tellOfBeginning,
  today,
} from './decisions.ts';
import {
  alreadyAssigned,
  alreadyFlagged,
  lastFlag,
  noSentinel,
  notFlagged,
  sameColour,
  samePlace,
  sameServant,
} from './errors.ts';
import {
  assignInput,
  assignLeadInput,
  endInput,
  enrolInput,
  flagInput,
  handOverInput,
  noteInput,
  openInput,
  recolourInput,
  registerInput,
  relocatedInput,
  reviewInput,
  unflagInput,
  visitedInput,
} from './inputs.ts';
import { COLOUR_WORDS, FLAGS } from './kinds.ts';
import { listing } from './listing.ts';
import { CARE_STATES, type CareDoc, type CareState, VISITS_KEPT } from './model.ts';

const { move, start, lifecycle } = lifecycleOf<CareDoc, CareState, CareFacts>();

const kept = ['kept'] as const;

const flagged = (doc: CareDoc, flags: CareDoc['flags']) => ({ flags, ...listing({ ...doc, flags }) });
const seen = (doc: CareDoc, visits: CareDoc['visits']) => ({ visits, ...listing({ ...doc, visits }) });
const servedBy = (doc: CareDoc, sentinel: string) => ({ sentinel, ...listing({ ...doc, sentinel }) });

/** Somebody is looked after (`kept`) until they no longer need or want it (`ended`); then care may begin anew. */
export const careLifecycle = lifecycle({
  name: 'care',
  states: CARE_STATES,
  start: {
    open: start({
      to: 'kept',
      by: can('open'),
      input: openInput,
      secret: true,
      guard: (input, ctx) =>
        objectionToFlag(input, ctx) ??
        objectionToSentinel(input.person, input.sentinel, ctx) ??
        objectionToLead(input.person, input.lead, ctx),
      build: (input, ctx) => begun(input, [flagOf(input, ctx)], ctx),
      tell: tellOfBeginning,
    }),
    /** A line of a register. The sentinels of thousands are not told one by one: the week's plan does that. */
    enrol: start({
      to: 'kept',
      by: 'system',
      input: enrolInput,
      secret: true,
      build: (input, ctx) =>
        begun(
          input,
          input.kinds.map((kind) => flagOf({ ...input, kind }, ctx)),
          ctx,
        ),
    }),
  },
  moves: {
    flag: move({
      from: kept,
      to: 'kept',
      by: can('flag'),
      input: flagInput,
      secret: true,
      guard: (doc, input, ctx) =>
        doc.flags.some(({ kind }) => kind === input.kind)
          ? alreadyFlagged(FLAGS[input.kind])
          : objectionToFlag(input, ctx),
      apply: (doc, input, ctx) => flagged(doc, [...doc.flags, flagOf(input, ctx)]),
    }),
    unflag: move({
      from: kept,
      to: 'kept',
      by: can('unflag'),
      input: unflagInput,
      secret: true,
      when: hasRoom,
      guard: (doc, { kind }) => {
        if (!doc.flags.some((flag) => flag.kind === kind)) return notFlagged(FLAGS[kind]);
        return doc.flags.length === 1 ? lastFlag() : undefined;
      },
      apply: (doc, { kind, reason }, ctx) => ({
        ...flagged(
          doc,
          doc.flags.filter((flag) => flag.kind !== kind),
        ),
        ...noted(doc, 'unflag', reason, ctx),
      }),
    }),
    recolour: move({
      from: kept,
      to: 'kept',
      by: can('recolour'),
      input: recolourInput,
      secret: true,
      when: hasRoom,
      guard: (doc, { colour }, ctx) => (doc.colour === colour ? sameColour() : tooOften(doc, 'recolour', ctx)),
      apply: (doc, { colour, reason }, ctx) => ({ colour, ...noted(doc, 'recolour', reason, ctx) }),
      tell: (doc, ctx) => tell(doc.sentinel, 'care.recoloured', doc, ctx),
    }),
    /** Somebody looked again, and it still holds. */
    review: move({
      from: kept,
      to: 'kept',
      by: can('review'),
      input: reviewInput,
      secret: true,
      when: hasRoom,
      guard: (doc, { kind, reviewBy }, ctx) =>
        doc.flags.some((flag) => flag.kind === kind)
          ? objectionToReview(reviewBy, today(ctx))
          : notFlagged(FLAGS[kind]),
      apply: (doc, { kind, reviewBy, note }, ctx) => ({
        flags: doc.flags.map((flag) => (flag.kind === kind ? { ...flag, reviewBy } : flag)),
        ...noted(doc, 'review', note, ctx),
      }),
    }),
    assign: move({
      from: kept,
      to: 'kept',
      by: can('assign'),
      input: assignInput,
      when: ({ sentinel }) => (sentinel === undefined ? undefined : alreadyAssigned()),
      guard: ({ person }, { sentinel }, ctx) => objectionToSentinel(person, sentinel, ctx),
      apply: (doc, { sentinel }, ctx) => ({ ...servedBy(doc, sentinel), sentinelSince: today(ctx) }),
      tell: (doc, ctx) => tell(doc.sentinel, 'care.assigned', doc, ctx),
    }),
    assignLead: move({
      from: kept,
      to: 'kept',
      by: can('assignLead'),
      input: assignLeadInput,
      guard: (doc, { lead }, ctx) =>
        doc.lead === lead
          ? sameServant()
          : (objectionToLead(doc.person, lead, ctx) ?? tooOften(doc, 'assignLead', ctx)),
      apply: (_doc, { lead }) => ({ lead }),
      tell: (doc, ctx, _input, before) => [
        ...tell(doc.lead, 'care.lead_assigned', doc, ctx),
        ...tell(before.lead, 'care.lead_relieved', doc, ctx),
      ],
    }),
    /** One sentinel to the next. What was said of it is read in the care page only: it may be anything. */
    handOver: move({
      from: kept,
      to: 'kept',
      by: can('handOver'),
      input: handOverInput,
      secret: true,
      when: (doc) => (doc.sentinel === undefined ? noSentinel() : hasRoom(doc)),
      guard: (doc, input, ctx) =>
        doc.sentinel === input.to
          ? sameServant()
          : (objectionToSentinel(doc.person, input.to, ctx) ?? tooOften(doc, 'handOver', ctx)),
      apply: (doc, { to: next, words }, ctx) => ({
        ...servedBy(doc, next),
        sentinelSince: today(ctx),
        served: [...doc.served, { sentinel: doc.sentinel ?? '', from: doc.sentinelSince ?? doc.since, to: today(ctx) }],
        ...noted(doc, 'handOver', words, ctx),
      }),
      tell: (doc, ctx, _input, before) => [
        ...tell(doc.sentinel, 'care.taken_over', doc, ctx, { last: doc.visits[0] }),
        ...tell(before.sentinel, 'care.handed_over', doc, ctx),
      ],
    }),
    note: move({
      from: kept,
      to: 'kept',
      by: can('note'),
      input: noteInput,
      secret: true,
      when: hasRoom,
      apply: (doc, { text }, ctx) => noted(doc, 'note', text, ctx),
    }),
    end: move({
      from: kept,
      to: 'ended',
      by: can('end'),
      input: endInput,
      secret: true,
      // Whatever was written before, the last word has its place.
      apply: (doc, { reason }, ctx) => noted(doc, 'end', reason, ctx),
      tell: (doc, ctx) => [...tell(doc.sentinel, 'care.ended', doc, ctx), ...tell(doc.lead, 'care.ended', doc, ctx)],
    }),
    /** Somebody saw them. A visit told late takes its place among the days. */
    visited: move({
      from: kept,
      to: 'kept',
      by: 'system',
      input: visitedInput,
      apply: (doc, { day }) => seen(doc, [...new Set([day, ...doc.visits])].sort().reverse().slice(0, VISITS_KEPT)),
    }),
    /**
     * They live elsewhere now. Flags, notes, visits and the sentinel go along: those who keep the new place hand over, and
     * until then nobody is without. Who looks in next door does so no longer.
     */
    relocated: move({
      from: kept,
      to: 'kept',
      by: 'system',
      input: relocatedInput,
      guard: (doc, { areas }) => (doc.areas.join() === areas.join() ? samePlace() : undefined),
      apply: (doc, { areas, community, leadStays }) => ({
        areas,
        community,
        ...listing({ ...doc, areas }),
        ...(!leadStays && { lead: undefined }),
      }),
      tell: (doc, ctx, { keeper }, before) => {
        if (doc.community === before.community) return [];
        const moved = { id: doc._id, who: ctx.facts.who, colour: COLOUR_WORDS[doc.colour] };
        return [
          toRole(keeper, doc.community, 'care.moved_in', moved),
          ...tell(doc.sentinel, 'care.moved_away', doc, ctx),
          ...(before.lead === doc.lead ? [] : tell(before.lead, 'care.lead_relieved', doc, ctx, { moved: true })),
        ];
      },
    }),
    /** The register has them no more: they died, or were put in twice. Nobody has to see them until somebody looked into it. */
    lost: move({
      from: kept,
      to: 'kept',
      by: 'system',
      input: registerInput,
      apply: (doc, { day }) => ({ missing: day, ...listing({ ...doc, missing: day }) }),
    }),
    /** It has them again. */
    found: move({
      from: kept,
      to: 'kept',
      by: 'system',
      input: registerInput,
      apply: ({ missing: _lost, ...doc }) => ({ missing: undefined, ...listing(doc) }),
    }),
    /** A visit was void, and nobody else saw them on that day. */
    unvisited: move({
      from: kept,
      to: 'kept',
      by: 'system',
      input: visitedInput,
      apply: (doc, { day }) =>
        seen(
          doc,
          doc.visits.filter((one) => one !== day),
        ),
    }),
  },
});

export type CareMoveName = keyof typeof careLifecycle.moves;
