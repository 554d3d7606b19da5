import { can, NOT_DRAWN } from '../../../core/lifecycle.ts';
import { areaMissing, personMissing } from '../../../core/matter-errors.ts';
import { maskPersonal } from '../../../core/personal.ts';
import { photoMissing } from '../../../core/photos.ts';
import { titleFrom } from '../../../core/title.ts';
import { waitForDispatch, waitForTriage } from '../due.ts';
import { noPlace } from '../errors.ts';
import { type ReportInput, reportInput } from '../inputs.ts';
import type { IncidentDoc, Report } from '../model.ts';
import { type IncidentContext, start } from '../table.ts';
import { toAll, toGrid, toLeads, toPerson, toReporters } from '../tellings.ts';
import { unnamed } from '../unnamed.ts';

/** What says that something is wrong. */
const TELLS =
  /坏|破|漏|堵|断|掉|塌|裂|倒|脏|臭|吵|闹|乱|占|停|偷|丢|着火|起火|冒烟|煤气|燃气|触电|积水|垃圾|噪音|路灯|电梯|井盖|没[有水电气]|不[亮通走]/u;

/** A problem is reported; where life is in danger nobody has to look first whether it is one. */
const definition = (danger: boolean) => ({
  by: can('report'),
  input: reportInput,
  build: (input: ReportInput, ctx: IncidentContext) => built(input, ctx, danger),
  guard(input: ReportInput, { facts }: IncidentContext) {
    if (input.for?.person !== undefined && !facts.subject) return personMissing();
    return input.photos.length === (facts.photos ?? []).length ? undefined : photoMissing();
  },
});

export const report = start({
  ...definition(false),
  to: 'reported',
  tell: (incident, { actor, facts }) => [
    ...toReporters(incident, 'incident.reportedFor', { who: actor.name }),
    ...toPerson(incident, facts.sentinel, 'incident.lookFirst'),
    ...toLeads(incident, 'incident.lookFirst'),
    ...toGrid(incident, 'incident.toTriage'),
  ],
});

/** Told at once, at whatever hour. */
export const alarm = start({
  ...definition(true),
  to: 'triaged',
  tell: (incident, { actor, facts }) => [
    ...toAll(incident, 'incident.danger', { text: incident.text }),
    ...toPerson(incident, facts.sentinel, 'incident.danger', { text: incident.text }),
    ...toReporters(incident, 'incident.reportedFor', { who: actor.name }),
  ],
});

function built(input: ReportInput, ctx: IncidentContext, danger: boolean) {
  const { actor, facts, now, calendar } = ctx;
  const { place } = facts;
  if (!place) throw input.place.area === undefined ? noPlace() : areaMissing();
  const urgency = danger ? 'danger' : 'usual';
  const photos = facts.photos ?? [];
  const said = reportOf(input, ctx);
  const incident = {
    areas: place.areas,
    community: place.community,
    ...(place.grid && { grid: place.grid }),
    number: NOT_DRAWN,
    // It travels in messages: neither a number stands in it nor who reported it.
    title: unnamed({ reporters: [said] }, titleFrom(maskPersonal(input.text), TELLS)),
    text: input.text,
    category: input.category === 'other' && danger ? ('safety' as const) : input.category,
    urgency,
    level: 'grid',
    reporters: [said],
    ...facts.origin,
    authors: [...new Set([actor.id, ...(said.proxyFor?.id === undefined ? [] : [said.proxyFor.id])])],
    place: { label: place.label, ...(facts.sealedAddress && { sealed: facts.sealedAddress }) },
    before: photos,
    ...(photos.length > 0 && { photoIds: photos.map((photo) => photo.id) }),
    ...(facts.sentinel !== undefined && { sentinel: facts.sentinel }),
    helpers: [],
    handlers: [],
    notes: [],
    rejections: [],
    raised: [],
    extensions: [],
    reopenings: 0,
    targets: place.targets,
    postedAt: now,
    column: 'waiting',
    state: 'reported',
  } satisfies Omit<
    IncidentDoc,
    'history' | 'outbox' | '_id' | 'version' | 'createdAt' | 'updatedAt' | 'due' | 'warnAt' | 'warned'
  >;
  const clocks = danger
    ? waitForDispatch(incident, now, calendar)
    : waitForTriage(place.targets, urgency, now, calendar);
  return { ...incident, ...clocks };
}

/** Who says it, and for whom. Whoever names themselves speaks for nobody. */
function reportOf(input: ReportInput, { actor, facts, now }: IncidentContext): Report {
  const said: Report = { id: actor.id, name: actor.name, at: now, text: input.text, photos: facts.photos ?? [] };
  const { subject } = facts;
  if (!input.for || subject?.id === actor.id) return said;
  return {
    ...said,
    proxyFor: {
      ...(subject && { id: subject.id }),
      name: subject?.name ?? input.for.name ?? '',
      relation: input.for.relation,
      cared: subject?.cared ?? false,
    },
  };
}
