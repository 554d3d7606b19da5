/** What is read of an incident, whatever became of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/core/ability.ts';
import type { House } from '../../../src/core/house.ts';
import { openVault } from '../../../src/core/vault.ts';
import { INCIDENT_STATES, type IncidentState } from '../../../src/features/incidents/index.ts';
import { incidentMessages } from '../../../src/features/incidents/messages.ts';
import { fullView, listedView, mayRead } from '../../../src/features/incidents/views.ts';
import { incidentLives } from '../../support/incident-lives.ts';
import { contextOf, incidentIn, lead } from '../../support/incidents.ts';
import { calendar, granny, gridWorker, li, person, secretary, sun, supervisor } from '../../support/wishes.ts';

/** Only what a view asks of a house. */
const house = { calendar, vault: openVault(Buffer.alloc(32, 7)) } as unknown as House;
const PRIVATE = /13812345678|王桂芳|刘小燕/u;
const stranger = person('赵邻居');
const READERS: [string, Actor, boolean][] = [
  ['a household lead', lead, false],
  ['who helps', { ...sun, roles: [] }, false],
  ['the street', supervisor, false],
  ['the secretary', secretary, true],
  ['a grid worker', gridWorker, true],
  ['the handler', { ...li, roles: [] }, true],
];

describe('whatever became of it', () => {
  it('nobody who need not know reads who reported it, nor a number, in a view, a line or a message', () => {
    fc.assert(
      fc.property(incidentLives, (incident) => {
        for (const [who, actor, knows] of READERS) {
          const ctx = contextOf(actor);
          if (!mayRead(ctx.ability, incident) || knows) continue;
          const seen = JSON.stringify([fullView(house, ctx, incident, []), listedView(ctx, incident, [])]);
          expect([who, PRIVATE.test(seen)]).toEqual([who, false]);
        }
        const reporters = new Set(incident.authors);
        for (const { to, message, data } of incident.outbox) {
          if ('person' in to && reporters.has(to.person)) continue;
          const { body } = incidentMessages[message as keyof typeof incidentMessages];
          expect([message, PRIVATE.test(body(data))]).toEqual([message, false]);
        }
        expect(mayRead(contextOf(stranger).ability, incident)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('a reporter sees their own report and how many others there are, never another’s', () => {
    fc.assert(
      fc.property(incidentLives, fc.array(fc.constantFrom('张三丰', '李四光'), { maxLength: 3 }), (incident, names) => {
        const others = names.map((name, n) => ({ id: `${n}`, number: n + 1, authors: [`${name}-id`] }));
        const both = { ...incident, mergedFrom: others };
        const view = fullView(house, contextOf(granny), both, []);
        expect(view.others).toBe(others.length);
        expect(view.reports.every(({ own }) => own)).toBe(true);
        expect(JSON.stringify(view)).not.toMatch(/张三丰|李四光/u);
      }),
      { numRuns: 40 },
    );
  });

  it('the five steps only ever name the city’s words, in every state', () => {
    for (const state of Object.keys(INCIDENT_STATES) as IncidentState[]) {
      const { step, stepWord } = listedView(contextOf(secretary), incidentIn(state), []);
      expect(['信息收集', '问题发现', '任务分办', '协同处置', '结果反馈'][step - 1]).toBe(stepWord);
    }
  });
});
