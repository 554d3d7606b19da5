/** Whoever an incident tells of itself can open the page the message leads to, and sees no more than they were told. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor, Role } from '../../../src/core/ability.ts';
import { historyDigest } from '../../../src/core/digest.ts';
import type { House } from '../../../src/core/house.ts';
import type { Recipient } from '../../../src/core/outbox.ts';
import { openVault } from '../../../src/core/vault.ts';
import { glanceView, mayGlance } from '../../../src/features/incidents/glance.ts';
import type { IncidentDoc } from '../../../src/features/incidents/index.ts';
import { isVisible } from '../../../src/features/incidents/service.ts';
import { told as toldUpgrade } from '../../../src/features/incidents/upgrades.ts';
import { FOLLOWER, incidentLives } from '../../support/incident-lives.ts';
import { contextOf } from '../../support/incidents.ts';
import { calendar, OTHER_COMMUNITY, person, STREET, sentinel } from '../../support/wishes.ts';

/** A house where these roles are held by nobody but the one who is asked about. */
const houseOf = (told: Actor, unheld: readonly Role[] = []): House =>
  ({
    calendar,
    vault: openVault(Buffer.alloc(32, 7)),
    directory: {
      holders: async (role: Role) =>
        unheld.includes(role) ? [] : told.roles.some((grant) => grant.role === role) ? [told.id] : ['somebody'],
    },
  }) as unknown as House;

/** Everybody a message may reach, with the roles that are held by nobody when it does. */
function reached(to: Recipient): { who: Actor; unheld: Role[] }[] {
  if ('person' in to) return [{ who: { ...person('谁'), id: to.person, roles: [] }, unheld: [] }];
  if (!('role' in to)) throw new Error('an incident tells persons and holders of roles');
  const asked = [to.role, ...(to.orElse ?? [])];
  return asked.flatMap((role, at) => {
    // Where nobody holds it there, whoever does above.
    const areas = role === 'supervisor' ? [STREET, STREET.slice(0, 6), STREET.slice(0, 4)] : [to.area];
    return areas.map((area) => ({ who: person(`${role}${area}`, [role], area), unheld: asked.slice(0, at) }));
  });
}

/** An incident as the upgrade leaves it: the very same when there was nothing to do. */
async function upgradedTold(incident: IncidentDoc): Promise<IncidentDoc> {
  let after = incident;
  const collection = {
    updateOne: async (_which: object, { $set }: { $set: object }) => {
      after = { ...incident, ...$set };
      return { matchedCount: 1 };
    },
  };
  const changed = await toldUpgrade.one(incident, {
    ...houseOf(sentinel),
    model: () => ({ collection }),
  } as unknown as House);
  expect(changed).toBe(after !== incident);
  return after;
}

const opens = async (incident: IncidentDoc, { who, unheld }: { who: Actor; unheld: Role[] }) => {
  const house = houseOf(who, unheld);
  return isVisible(house, contextOf(who), incident) || (await mayGlance(house, contextOf(who), incident));
};

describe('whoever was told of an incident', () => {
  it('can open the page they were led to, then and later, whatever else became of it', async () => {
    await fc.assert(
      fc.asyncProperty(incidentLives, async (incident) => {
        for (const { to, message, data } of incident.outbox) {
          // Who followed it is led to what they reported themselves.
          if ('person' in to && FOLLOWER.authors.includes(to.person)) {
            expect(data).toMatchObject({ id: FOLLOWER.id, number: FOLLOWER.number });
            continue;
          }
          expect(data.id).toBe(incident._id);
          for (const one of reached(to)) {
            expect([message, one.who.name, await opens(incident, one)]).toEqual([message, one.who.name, true]);
          }
        }
      }),
      { numRuns: 80 },
    );
  });

  it('sees by a glance nothing of who reported it, and a stranger or the street of elsewhere nothing at all', async () => {
    await fc.assert(
      fc.asyncProperty(incidentLives, async (incident) => {
        const seen = JSON.stringify(glanceView(contextOf({ ...sentinel, roles: [] }), incident));
        expect(seen).not.toMatch(/13812345678|王桂芳|刘小燕/u);
        for (const who of [person('路人'), person('别处', ['supervisor'], OTHER_COMMUNITY)]) {
          expect(await opens(incident, { who, unheld: ['secretary'] })).toBe(false);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('before it was kept whom: those who did something about it, and the street, open it as before', async () => {
    await fc.assert(
      fc.asyncProperty(incidentLives, fc.boolean(), async (incident, numbersFirst) => {
        const { had, toldStreet, ...rest } = incident;
        const { fingerprint } = openVault(Buffer.alloc(32, 7));
        // As the upgrade of the numbers leaves it, where there were any.
        const history = rest.history.map((entry) => ({
          ...entry,
          ...(numbersFirst && { digest: historyDigest(fingerprint, 'incident', incident._id, entry.digest) }),
        }));
        const after = await upgradedTold({ ...rest, history });
        expect(after.toldStreet).toBe(toldStreet);
        expect(had ?? []).toEqual(expect.arrayContaining(after.had ?? []));
        const hands = ['take', 'reject', 'resolve', 'partial', 'extend', 'note'];
        const acted = incident.history.filter(({ move }) => hands.includes(move)).map(({ by }) => by.id);
        expect(after.had ?? []).toEqual(expect.arrayContaining([...acted, ...incident.handlers]));
        expect(await upgradedTold(after)).toBe(after);
      }),
      { numRuns: 150 },
    );
  });
});
