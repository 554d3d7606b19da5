import { z } from 'zod';
import { incidentTargetsFor } from './incident-targets.ts';
import {
  type IncidentTargetChanges,
  TARGET_LEVELS,
  type TargetLevel,
  URGENCIES,
  type Urgency,
} from './incident-terms.ts';
import { incidentTargetWords } from './messages.ts';
import { settingRoutes } from './setting-http.ts';

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

/** The targets of incidents over HTTP: anyone may read them, an admin sets an area's own. */
export const incidentTargetRoutes = settingRoutes({
  name: 'incidentTargets',
  path: 'incident-targets',
  read: '网格事件的时限：首次响应和网格、社区、街道三级，按紧急程度',
  set: '设置网格事件的时限；没有列出的沿用上级',
  body: changes,
  given: (body) => body as IncidentTargetChanges,
  view: z.object({ area: z.string(), targets: whole, own: changes.describe('这个区域自己设的，其他的沿用上级') }),
  async viewOf(house, { _id: area, areas, settings }) {
    return { area, targets: await incidentTargetsFor(house, areas), own: settings?.incidentTargets ?? {} };
  },
});
