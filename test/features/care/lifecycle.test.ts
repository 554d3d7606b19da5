import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { abilityFor, may, ROLES, type Role } from '../../../src/core/ability.ts';
import { HaolinError } from '../../../src/core/errors.ts';
import { begin, decide } from '../../../src/core/lifecycle.ts';
import { addDays } from '../../../src/core/time.ts';
import { lineage } from '../../../src/features/areas/index.ts';
import { objectionToConsent, objectionToReview } from '../../../src/features/care/consent.ts';
import {
  type CareDoc,
  type CareMoveName,
  COLOURS,
  careLifecycle,
  FLAG_KINDS,
  listing,
} from '../../../src/features/care/index.ts';
import { careRules } from '../../../src/features/care/rules.ts';
import { isServedBy, isStillSentinel, serverOf } from '../../../src/features/care/serving.ts';
import { CARE_INPUTS, careContext, careIn, careMatrix, LEAD, OPENING, sentinel } from '../../support/care-matrix.ts';
import {
  COMMUNITY,
  GRID,
  granny,
  idOf,
  li,
  OTHER_COMMUNITY,
  OTHER_GRID,
  person,
  STREET,
} from '../../support/wishes.ts';

const keeper = person('关爱专员', ['care_keeper']);
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'ok';
  } catch (error) {
    if (error instanceof HaolinError) return error.code;
    throw error;
  }
};
const made = (doc: CareDoc, move: CareMoveName, input: unknown, actor = keeper): CareDoc => {
  const decision = decide(careLifecycle, doc, move, input, careContext(actor));
  return decision.kind === 'repeat' ? decision.document : decision.after;
};

describe('who may do what with people in care', () => {
  it('follows the policy in every state, for every role here and elsewhere', () => {
    const docs = { kept: careIn('kept'), ended: careIn('ended') };
    const wrong = careMatrix().flatMap(({ title, state, move, input, actor, allowed }) => {
      const code = codeOf(() => decide(careLifecycle, docs[state], move, input, careContext(actor)));
      return (code === 'forbidden') === allowed ? [`${title}: ${code}`] : [];
    });
    expect(wrong).toEqual([]);
  });

  it('opening, reading, counting and weighing are for whom the design names, and for nobody else', () => {
    const care = careIn('kept');
    const table: Record<string, readonly Role[]> = {
      open: ['care_keeper', 'secretary'],
      read: ['care_keeper', 'secretary'],
      load: ['care_keeper', 'secretary'],
      import: ['care_keeper', 'secretary'],
      count: ['care_keeper', 'secretary', 'supervisor'],
      glimpse: [],
    };
    for (const [action, roles] of Object.entries(table)) {
      for (const role of ROLES) {
        for (const area of [COMMUNITY, STREET, OTHER_COMMUNITY]) {
          const ability = abilityFor(person('某人', [role], area), careRules);
          const wanted = roles.includes(role) && area !== OTHER_COMMUNITY;
          expect([action, role, area, may(ability, action, 'care', care)]).toEqual([action, role, area, wanted]);
        }
      }
    }
    const actionsOf = (actor: typeof sentinel, doc: CareDoc) =>
      ['read', 'glimpse', 'count', 'load'].filter((action) => may(abilityFor(actor, careRules), action, 'care', doc));
    expect(actionsOf(sentinel, care)).toEqual(['read']);
    expect(actionsOf(LEAD, care)).toEqual(['glimpse']);
    // What is over is no longer theirs to look at.
    expect([...actionsOf(sentinel, careIn('ended')), ...actionsOf(LEAD, careIn('ended'))]).toEqual([]);
  });
});

it('who is to see somebody may read and note, and nobody else of those who serve there may', () => {
  const roles = fc.array(
    fc.record({
      role: fc.constantFrom<Role>('worker', 'grid_worker', 'household_lead', 'social_worker', 'volunteer'),
      area: fc.constantFrom(GRID, OTHER_GRID, COMMUNITY, OTHER_COMMUNITY),
    }),
    { maxLength: 3 },
  );
  fc.assert(
    fc.property(fc.array(roles, { minLength: 2, maxLength: 4 }), fc.nat(5), (cast, nth) => {
      const actors = cast.map((own, one) => ({ ...person(`人${one}`), roles: own }));
      const doc = { ...careIn('kept'), lead: undefined, sentinel: actors[nth]?.id } as unknown as CareDoc;
      if (doc.sentinel === undefined) delete (doc as Partial<CareDoc>).sentinel;
      const keeps = (grid: string) =>
        actors.filter((one) => one.roles.some(({ role, area }) => role === 'grid_worker' && area === grid));
      const server = serverOf(doc, {
        isSentinel: (id) => isStillSentinel(actors.find((one) => one.id === id)?.roles ?? []),
        keeperOf: (grid) => keeps(grid)[0]?.id,
      });
      const able = actors.filter((one) => may(abilityFor(one, careRules), 'read', 'care', doc));
      expect(able.filter((one) => may(abilityFor(one, careRules), 'note', 'care', doc))).toEqual(able);
      expect(able).toEqual(actors.filter((one) => one.id === server || (!doc.sentinel && keeps(GRID).includes(one))));
      expect(able.some(({ id }) => id === server)).toBe(server !== undefined);
      expect(able).toEqual(actors.filter((one) => isStillSentinel(one.roles) && isServedBy(one, doc)));
    }),
  );
});

describe('consent and review', () => {
  it.each([
    ['self', 'living_alone', 1945, 'ok'],
    ['statutory', 'hardship', 1945, 'ok'],
    ['guardian', 'living_alone', 1945, 'consent_of_self'],
    ['guardian', 'disabled', 1980, 'ok'],
    ['guardian', 'left_behind', 2017, 'ok'],
    ['guardian', 'hardship', 2009, 'ok'],
    ['self', 'left_behind', 2017, 'consent_of_guardian'],
    // Who turns fourteen this year may still be thirteen.
    ['self', 'left_behind', 2012, 'consent_of_guardian'],
    ['self', 'left_behind', 2011, 'ok'],
    ['self', 'other', undefined, 'ok'],
    ['guardian', 'other', undefined, 'consent_of_self'],
  ] as const)('%s for %s, born %s: %s', (by, kind, birthYear, code) => {
    expect(objectionToConsent({ by, at: '2026-03-09' }, kind, birthYear, '2026-03-09')?.code ?? 'ok').toBe(code);
  });

  it('is given by today, and reviewed within a year and a day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -800, max: 800 }), (days) => {
        const day = addDays('2026-03-09', days);
        const review = objectionToReview(day, '2026-03-09')?.code;
        expect(review).toBe(days <= 0 ? 'review_past' : days > 366 ? 'review_too_late' : undefined);
        const consent = objectionToConsent({ by: 'statutory', at: day }, 'other', undefined, '2026-03-09')?.code;
        expect(consent).toBe(days > 0 ? 'consent_later' : undefined);
      }),
    );
  });

  it('is asked of every flag, the first and the later ones', () => {
    const later = { reviewBy: '2027-03-11' };
    const open = (given: object) =>
      codeOf(() => begin(careLifecycle, 'open', { ...OPENING, ...given }, careContext(keeper), idOf('c')));
    expect([open({}), open(later)]).toEqual(['ok', 'review_too_late']);
    const flag = (given: object) =>
      codeOf(() => made(careIn('kept'), 'flag', { ...(CARE_INPUTS.flag as object), ...given }));
    expect([flag({}), flag(later)]).toEqual(['ok', 'review_too_late']);
    expect(codeOf(() => made(careIn('kept'), 'review', { kind: 'living_alone', ...later }))).toBe('review_too_late');
  });
});

describe('a person in care', () => {
  it.each([
    ['flag', { ...(CARE_INPUTS.flag as object), kind: 'veteran' }, 'already_flagged'],
    ['unflag', { kind: 'other', reason: '错了' }, 'not_flagged'],
    ['review', { kind: 'other', reviewBy: '2026-09-01' }, 'not_flagged'],
    ['recolour', { colour: 'red', reason: '一样' }, 'same_colour'],
    ['assign', { sentinel: li.id }, 'already_assigned'],
    ['assignLead', { lead: LEAD.id }, 'same_servant'],
    ['assignLead', { lead: li.id }, 'not_a_lead_here'],
    ['assignLead', { lead: granny.id }, 'oneself'],
    ['handOver', { to: sentinel.id, words: '给本人' }, 'same_servant'],
    ['handOver', { to: idOf('别处的人'), words: '给别人' }, 'not_a_worker_here'],
    ['handOver', { to: granny.id, words: '给老人' }, 'oneself'],
  ] as const)('%s %j is refused: %s', (move, input, code) => {
    expect(codeOf(() => made(careIn('kept'), move, input))).toBe(code);
  });

  it('every move that tells somebody is made so often a day by one keeper, and by another still', () => {
    const other = person('另一位专员', ['care_keeper']);
    const back: Partial<Record<CareMoveName, unknown>> = {
      recolour: { colour: 'red', reason: '又不好了' },
      assignLead: { lead: LEAD.id },
      handOver: { to: sentinel.id, words: '又还回来' },
    };
    const told = (Object.entries(careLifecycle.moves) as [CareMoveName, { by: unknown; tell?: unknown }][])
      .filter(([, { by, tell }]) => tell !== undefined && by !== 'system')
      .map(([name]) => name);
    // One is assigned to nobody else's, and ends once.
    expect(told.toSorted()).toEqual([...Object.keys(back), 'assign', 'end'].toSorted());
    for (const [move, input] of Object.entries(back) as [CareMoveName, unknown][]) {
      let doc = careIn('kept');
      const code = (n: number, actor: typeof keeper) =>
        codeOf(() => {
          doc = made(doc, move, n % 2 === 0 ? CARE_INPUTS[move] : input, actor);
        });
      const codes = Array.from({ length: 6 }, (_, n) => code(n, keeper));
      expect([move, ...codes, code(5, other)]).toEqual([move, ...Array(5).fill('ok'), 'often_today', 'ok']);
    }
  });

  it('keeps a last reason, and is handed over only from somebody', () => {
    const one = made(careIn('kept'), 'unflag', { kind: 'veteran', reason: '错了' });
    expect(codeOf(() => made(one, 'unflag', { kind: 'living_alone', reason: '错了' }))).toBe('last_flag');
    const { sentinel: _none, ...alone } = careIn('kept');
    expect(codeOf(() => made(alone as CareDoc, 'handOver', CARE_INPUTS.handOver))).toBe('no_sentinel');
    expect(made(alone as CareDoc, 'assign', { sentinel: li.id })).toMatchObject({ sentinel: li.id, served: [] });
  });

  it('is handed over with history told to both, by a masked name and without what was said of it', () => {
    const before = made(careIn('kept'), 'visited', { visit: 'v', day: '2026-03-06' }, { ...keeper, kind: 'system' });
    const decision = decide(careLifecycle, before, 'handOver', CARE_INPUTS.handOver, careContext(keeper));
    if (decision.kind === 'repeat') throw new Error('not a repeat');
    expect(decision.after).toMatchObject({
      sentinel: li.id,
      visits: ['2026-03-06'],
      served: [{ sentinel: sentinel.id, from: '2026-03-09', to: '2026-03-09' }],
    });
    expect(decision.outbox.map(({ to, message, data }) => [to, message, data.who, data.last])).toEqual([
      [{ person: li.id }, 'care.taken_over', '王*', '2026-03-06'],
      [{ person: sentinel.id }, 'care.handed_over', '王*', undefined],
    ]);
    expect(JSON.stringify(decision.outbox)).not.toContain('血压药');
  });

  it('takes over the sentinel the register names, and tells everybody but whoever did it', () => {
    const facts = { ...careContext(keeper).facts, registered: sentinel.id };
    const opened = begin(careLifecycle, 'open', OPENING, { ...careContext(keeper), facts }, idOf('c'));
    expect(opened).toMatchObject({ sentinel: sentinel.id, sentinelSince: '2026-03-09' });
    expect(opened.outbox.map(({ message, to }) => [message, to])).toEqual([['care.assigned', { person: sentinel.id }]]);
    const own = begin(
      careLifecycle,
      'open',
      { ...OPENING, sentinel: keeper.id },
      {
        ...careContext(keeper),
        facts: { ...facts, workers: new Set([keeper.id]) },
      },
      idOf('c'),
    );
    expect(own.outbox).toEqual([]);
  });
});

/** What people write about somebody in care. */
const secret = fc.stringMatching(/^[一-龥]{12,20}$/u);
const day = fc.integer({ min: 0, max: 40 }).map((days) => addDays('2026-01-20', days));
const step: fc.Arbitrary<[CareMoveName, object]> = fc.oneof(
  fc
    .record({ kind: fc.constantFrom(...FLAG_KINDS), reason: secret })
    .map((given): [CareMoveName, object] => [
      'flag',
      { ...given, consent: { by: 'statutory', at: '2026-03-01' }, reviewBy: '2026-09-01' },
    ]),
  fc
    .record({ kind: fc.constantFrom(...FLAG_KINDS), reason: secret })
    .map((it): [CareMoveName, object] => ['unflag', it]),
  fc
    .record({ colour: fc.constantFrom(...COLOURS), reason: secret })
    .map((it): [CareMoveName, object] => ['recolour', it]),
  fc
    .record({ kind: fc.constantFrom(...FLAG_KINDS), reviewBy: fc.constant('2026-12-01'), note: secret })
    .map((it): [CareMoveName, object] => ['review', it]),
  fc
    .record({ to: fc.constantFrom(li.id, sentinel.id), words: secret })
    .map((it): [CareMoveName, object] => ['handOver', it]),
  secret.map((text): [CareMoveName, object] => ['note', { text }]),
  fc.record({ visit: fc.string({ minLength: 1 }), day }).map((it): [CareMoveName, object] => ['visited', it]),
  fc.record({ visit: fc.string({ minLength: 1 }), day }).map((it): [CareMoveName, object] => ['unvisited', it]),
  fc
    .record({
      areas: fc.constantFrom(lineage(GRID), lineage(OTHER_GRID)),
      community: fc.constant(COMMUNITY),
      keeper: fc.constant('secretary'),
      leadStays: fc.boolean(),
    })
    .map((it): [CareMoveName, object] => ['relocated', it]),
  secret.map((reason): [CareMoveName, object] => ['end', { reason }]),
);

it('whatever happens: one reason at least and none twice, the latest days in order, as plans know it, not a word in clear', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), secret, (steps, reason) => {
      const said = [reason];
      let care = begin(
        careLifecycle,
        'open',
        { ...OPENING, reason, sentinel: sentinel.id },
        careContext(keeper),
        idOf('c'),
      );
      let days = new Set<string>();
      for (const [move, input] of steps) {
        const isHouse = careLifecycle.moves[move].by === 'system';
        const ctx = careContext(isHouse ? { ...keeper, kind: 'system' } : keeper);
        try {
          const decision = decide(careLifecycle, care, move, input, ctx);
          if (decision.kind === 'change') care = decision.after;
        } catch (error) {
          if (!(error instanceof HaolinError)) throw error;
          continue;
        }
        said.push(...Object.values(input).filter((one) => typeof one === 'string' && /^[一-龥]{12,}$/u.test(one)));
        const { day: on = '' } = input as { day?: string };
        if (move === 'visited') days.add(on);
        if (move === 'unvisited') days = new Set([...days].filter((one) => one !== on));
        if (days.size > 12) days = new Set([...days].sort().slice(-12));
      }
      const kinds = care.flags.map(({ kind }) => kind);
      expect(kinds.length).toBeGreaterThan(0);
      expect(new Set(kinds).size).toBe(kinds.length);
      expect(care.visits).toEqual([...days].sort().reverse());
      // Plans of the whole city go by what was worked out with each change.
      expect(care).toMatchObject(listing(care));
      const stored = JSON.stringify(care);
      for (const words of said) expect(stored).not.toContain(words);
    }),
    { numRuns: 60 },
  );
});
