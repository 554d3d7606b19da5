import type { IncidentDoc } from './model.ts';

const DESPAIR = /不想活|活够|活不下去|活着没|想死|去死|自杀|轻生|短见|想不开|跳(?:楼|河|桥)|遗书|割腕|了结/u;

/** Whether of a danger whoever reported it spoke of somebody ending their life: they are looked after, whatever is said next. Pure. */
export const isDespair = ({ urgency, reporters }: Pick<IncidentDoc, 'urgency' | 'reporters'>): boolean =>
  urgency === 'danger' && reporters.some(({ text }) => DESPAIR.test(text));
