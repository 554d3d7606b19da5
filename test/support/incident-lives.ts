import fc from 'fast-check';
import type { Actor } from '../../src/core/ability.ts';
import { HaolinError } from '../../src/core/errors.ts';
import { HOUR } from '../../src/core/time.ts';
import { dueMoves } from '../../src/features/incidents/due.ts';
import type { IncidentDoc, IncidentMoveName } from '../../src/features/incidents/index.ts';
import type { IncidentContext } from '../../src/features/incidents/table.ts';
import { movesOf } from '../../src/features/incidents/views.ts';
import { contextOf, INCIDENT_INPUTS, lead, moved, reported } from './incidents.ts';
import {
  COMMUNITY,
  calendar,
  clockwork,
  granny,
  gridWorker,
  idOf,
  li,
  NOW,
  secretary,
  sentinel,
  sun,
  supervisor,
} from './wishes.ts';

const SAID = '王桂芳说她电话是13812345678';
export const INTO = (INCIDENT_INPUTS.merge as { into: string }).into;
/** Of a duplicate that was merged into it. */
export const FOLLOWER = { id: idOf('dup'), number: 3, authors: [idOf('张')] };
const house = { calendar };

/** A random life of an incident: whoever may, does whatever they may, hours pass, and the clock does what is due. */
export const incidentLives = fc
  .tuple(fc.boolean(), fc.boolean(), fc.array(fc.tuple(fc.nat(5), fc.nat(100), fc.nat(60)), { maxLength: 12 }))
  .map(([danger, followed, steps]) => {
    const cast = [granny, gridWorker, secretary, li, lead, supervisor];
    let now = NOW;
    let incident = reported(
      {
        text: '我是王桂芳，电话13812345678，楼下的灯坏了',
        for: { name: '刘小燕', relation: '女儿' },
        ...(danger && { danger }),
      },
      granny,
      { facts: { sentinel: sentinel.id } },
    );
    if (followed) incident = moved(incident, clockwork, 'absorb', { followers: [FOLLOWER] });
    for (const [who, which, hours] of steps) {
      now = new Date(now.getTime() + hours * HOUR);
      for (const due of dueMoves(incident, now, calendar)) {
        incident = tried(incident, clockwork, due.move, due.input, { now }) ?? incident;
      }
      const actor = cast[who] ?? granny;
      const moves = movesOf(house, contextOf(actor, { now }), incident) as IncidentMoveName[];
      const move = moves[which % Math.max(1, moves.length)];
      if (!move) continue;
      const { id, name } = move === 'assist' ? sun : li;
      const facts = {
        photos: [],
        assignee: { id, name, serves: true },
        into: { _id: INTO, number: 7, community: COMMUNITY, state: 'triaged', urgency: incident.urgency } as const,
      };
      incident = tried(incident, actor, move, inputOf(move), { facts, now }) ?? incident;
    }
    return incident;
  });

function inputOf(move: IncidentMoveName): unknown {
  if (move === 'confirm') return { satisfied: false, words: SAID };
  return ['note', 'look', 'raise', 'withdraw'].includes(move)
    ? { text: SAID, words: SAID, reason: SAID }
    : INCIDENT_INPUTS[move];
}

function tried(
  incident: IncidentDoc,
  actor: Actor,
  move: IncidentMoveName,
  input: unknown,
  extra: Partial<IncidentContext>,
): IncidentDoc | undefined {
  try {
    return moved(incident, actor, move, input, extra);
  } catch (error) {
    if (error instanceof HaolinError) return undefined;
    throw error;
  }
}
