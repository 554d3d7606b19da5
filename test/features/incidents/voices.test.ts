/** Of several who reported the same, each says once whether it is solved. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Actor, abilityFor, allow, own } from '../../../src/core/ability.ts';
import { HaolinError } from '../../../src/core/errors.ts';
import type { IncidentDoc } from '../../../src/features/incidents/index.ts';
import { incidentRules } from '../../../src/features/incidents/rules.ts';
import { incidentIn, moved, reported } from '../../support/incidents.ts';
import { clockwork, daughter, granny, li, person } from '../../support/wishes.ts';

const followers = ['张', '王', '刘'].map((name) => person(name));
const RULES = [...incidentRules, allow('anyone', ['confirm'], 'incident', own('mergedFrom.authors'))];

const solved = (count: number): IncidentDoc => {
  const mergedFrom = followers
    .slice(0, count)
    .map(({ id, name }, n) => ({ id: `dup${n}`, number: n + 1, authors: [id, `${name}的女儿`] }));
  return { ...incidentIn('resolved'), mergedFrom };
};

const says = (incident: IncidentDoc, actor: Actor, satisfied: boolean): IncidentDoc | string => {
  try {
    return moved(incident, actor, 'confirm', { satisfied }, { ability: abilityFor(actor, RULES) });
  } catch (error) {
    if (error instanceof HaolinError) return error.code;
    throw error;
  }
};

describe('whether it is solved', () => {
  it('is what the first unhappy one says, else what all say, each once', () => {
    const cast = [granny, daughter, ...followers];
    const answers = fc.array(fc.tuple(fc.nat(cast.length - 1), fc.boolean()), { maxLength: 8 });
    fc.assert(
      fc.property(fc.nat(3), answers, (count, said) => {
        let incident = solved(count);
        // By report: the grandmother and her daughter speak of the same one.
        const content = new Set<number>();
        for (const [who, satisfied] of said) {
          const actor = cast[who] ?? granny;
          const voice = Math.max(0, who - 1);
          const after = says(incident, actor, satisfied);
          if (voice > count) {
            expect(after).toBe('forbidden');
            continue;
          }
          if (content.has(voice)) {
            expect(after).toBe('already_answered');
            continue;
          }
          if (typeof after === 'string') throw new Error(after);
          incident = after;
          if (!satisfied) {
            expect(incident).toMatchObject({ state: 'reopened', handler: { id: li.id }, reopenings: 1 });
            expect(incident.content).toBeUndefined();
            return;
          }
          content.add(voice);
          expect(incident.state).toBe(content.size === count + 1 ? 'confirmed' : 'resolved');
          if (incident.state === 'confirmed') return;
        }
      }),
      { numRuns: 200 },
    );
  });

  it('is asked anew when it is solved anew', () => {
    const [follower] = followers;
    if (!follower) throw new Error('nobody follows');
    const once = says(solved(1), granny, true);
    if (typeof once === 'string') throw new Error(once);
    const again = moved(moved({ ...once, state: 'dispatched' }, { ...li, roles: [] }, 'resolve'), li, 'resolve');
    expect(again.content).toBeUndefined();
    expect(says(again, granny, true)).toMatchObject({ state: 'resolved' });
    expect(says(again, follower, true)).toMatchObject({ state: 'resolved' });
  });

  it('closes in silence, whoever has said nothing', () => {
    const once = says(solved(2), granny, true);
    if (typeof once === 'string') throw new Error(once);
    const now = new Date((once.due.answer?.getTime() ?? 0) + 1);
    expect(moved(once, clockwork, 'autoConfirm', {}, { now })).toMatchObject({ state: 'confirmed' });
  });

  it('is asked once more of those alone who have not said', () => {
    const once = says(solved(2), granny, true);
    if (typeof once === 'string') throw new Error(once);
    const now = once.warnAt.answer ?? new Date();
    const warned = moved(once, clockwork, 'warn', { stage: 'answer' }, { now });
    const told = warned.outbox
      .slice(once.outbox.length)
      .map(({ message, to }) => [message, 'person' in to && to.person]);
    const [first, second] = followers;
    expect(told.map(([, whom]) => whom)).toEqual([first?.id, '张的女儿', second?.id, '王的女儿']);
    expect(new Set(told.map(([message]) => message))).toEqual(new Set(['incident.followAsk']));
  });

  it.each([
    ['resolve', 0],
    ['resolve', 1],
    ['partial', 0],
    ['partial', 1],
  ] as const)('closes without whoever did the work themselves: %s, and theirs is report %i', (move, nth) => {
    const [neighbour] = followers;
    if (!neighbour) throw new Error('nobody follows');
    const [first, second] = nth === 0 ? [li, neighbour] : [neighbour, li];
    const begun = { ...moved(reported({}, first), li, 'take'), mergedFrom: [voice(second)] };
    const done = moved(begun, li, move);
    const asked = done.outbox.slice(begun.outbox.length).flatMap(({ to }) => ('person' in to ? [to.person] : []));
    expect(asked).not.toContain(li.id);
    expect(says(done, li, true)).toBe('own_work');
    expect(says(done, neighbour, true)).toMatchObject({ state: 'confirmed' });
  });
});

const voice = ({ id }: Actor) => ({ id: `dup${id}`, number: 13, authors: [id] });
