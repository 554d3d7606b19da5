import { z } from 'zod';
import { notFound } from '../../core/errors.ts';
import { type Route, route } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { called } from '../../core/input.ts';
import { incidentTargetsFor, setIncidentTargets } from './incident-targets.ts';
import {
  type IncidentTargetChanges,
  TARGET_LEVELS,
  type TargetLevel,
  URGENCIES,
  type Urgency,
} from './incident-terms.ts';
import { incidentTargetWords } from './messages.ts';
import { findArea } from './service.ts';

const tag = '区域';
const code = called('区域编码', z.string().regex(/^\d{4,12}(?:G\d{2,3})?$/u));
const term = (name: string) =>
  z.union(
    [
      z.strictObject({ workdays: z.number().int().min(1).max(60) }),
      z.strictObject({ days: z.number().int().min(1).max(90) }),
      z.strictObject({ minutes: z.number().int().min(1).max(10_080), clock: z.enum(['always', 'awake']) }),
    ],
    incidentTargetWords.wrong(name),
  );
const urgencies = Object.keys(URGENCIES) as Urgency[];
const termsOf = (name: string) => Object.fromEntries(urgencies.map((urgency) => [urgency, term(name)]));
const whole = z.object(
  Object.fromEntries(TARGET_LEVELS.map((level) => [level, z.object(termsOf(incidentTargetWords[level]))])) as Record<
    TargetLevel,
    z.ZodObject
  >,
);
const changes = z.strictObject(
  Object.fromEntries(
    TARGET_LEVELS.map((level) => [level, z.strictObject(termsOf(incidentTargetWords[level])).partial().optional()]),
  ),
);

async function targetsIn(house: House, wanted: string) {
  const area = await findArea(house, wanted);
  if (!area) throw notFound('区域');
  return { area: area._id, targets: await incidentTargetsFor(house, area.areas) };
}

/** The targets of incidents over HTTP: anyone may read them, an admin sets an area's own. */
export const incidentTargetRoutes: Route[] = [
  route({
    method: 'get',
    path: '/areas/{code}/incident-targets',
    summary: '网格事件的时限：首次响应和网格、社区、街道三级，按紧急程度',
    tag,
    auth: 'public',
    params: z.object({ code }),
    response: z.object({ area: z.string(), targets: whole }),
    handle: ({ params }, house) => targetsIn(house, params.code),
  }),
  route({
    method: 'put',
    path: '/areas/{code}/incident-targets',
    summary: '设置网格事件的时限；没有列出的沿用上级',
    tag,
    params: z.object({ code }),
    body: changes,
    response: z.object({ area: z.string(), targets: whole }),
    async handle({ params, body, actor }, house) {
      await setIncidentTargets(house, params.code, body as IncidentTargetChanges, actor);
      return targetsIn(house, params.code);
    },
  }),
];
