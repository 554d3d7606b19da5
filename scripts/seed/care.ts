/** The demo's people in care: what each of them is in care for, who looks after them and when they were last seen. */
import { createHash } from 'node:crypto';
import { system } from '../../src/core/ability.ts';
import type { House } from '../../src/core/house.ts';
import { begin } from '../../src/core/lifecycle.ts';
import { addDays, atCivil, dayOf } from '../../src/core/time.ts';
import { communityOf } from '../../src/features/areas/index.ts';
import {
  type CareDoc,
  type Colour,
  type ConsentBy,
  careLifecycle,
  type FlagKind,
  listing,
  sealerOf,
} from '../../src/features/care/index.ts';
import { findPeople } from '../../src/features/people/index.ts';
import type { Demo, DemoName } from './demo.ts';

interface Invented {
  kinds: readonly FlagKind[];
  colour: Colour;
  reason: string;
  by?: ConsentBy;
  lead?: DemoName;
  /** How many days ago they were seen. */
  seen?: readonly number[];
  /** In how many days somebody looks again. */
  review?: number;
}

const IN_CARE: Partial<Record<DemoName, Invented>> = {
  王秀英: { kinds: ['living_alone'], colour: 'red', reason: '81岁独居，腿脚不便', lead: '孙桂芳', seen: [5, 12] },
  韦素芳: { kinds: ['living_alone'], colour: 'yellow', reason: '独居，女儿在外省', lead: '孙桂芳', seen: [9, 24] },
  石有才: { kinds: ['veteran', 'empty_nest'], colour: 'green', reason: '退役老兵，老两口在家', seen: [20] },
  张福生: { kinds: ['empty_nest'], colour: 'yellow', reason: '子女不在身边', lead: '马德福', seen: [13, 28] },
  杨玉珍: { kinds: ['living_alone', 'seriously_ill'], colour: 'red', reason: '独居，心脏做过手术', seen: [6, 13, 20] },
  陆开明: { kinds: ['disabled'], colour: 'yellow', reason: '下肢残疾，坐轮椅', seen: [16], review: 0 },
  罗文贵: { kinds: ['empty_nest'], colour: 'green', reason: '老两口，身体还好', lead: '安国华', seen: [29] },
  岑小雨: { kinds: ['left_behind'], colour: 'yellow', reason: '父母在外打工，跟奶奶住', by: 'guardian', seen: [10] },
  蒙桂英: { kinds: ['hardship'], colour: 'green', reason: '低保家庭' },
  吴小宇: { kinds: ['left_behind'], colour: 'red', reason: '父母在外打工，跟爷爷住', by: 'guardian', seen: [8] },
  覃大山: { kinds: ['seriously_ill'], colour: 'red', reason: '每周透析三次', lead: '吴永贵', seen: [3, 10] },
  莫兰香: { kinds: ['living_alone'], colour: 'green', reason: '独居，生活能自理', seen: [25], review: 7 },
};

const idOf = (name: string): string =>
  createHash('sha256').update(`haolin demo care ${name}`).digest('hex').slice(0, 24);

/** Those of them who were never in care yet, in care for two months already. */
export async function careAt(house: House, { ids }: Demo): Promise<CareDoc[]> {
  const names = Object.keys(IN_CARE) as DemoName[];
  const known = await house
    .model<CareDoc>('care')
    .find({ person: { $in: names.map((name) => ids[name]) } })
    .select({ person: 1 })
    .lean<Pick<CareDoc, 'person'>[]>();
  const people = new Map(
    (
      await findPeople(
        house,
        names.map((name) => ids[name]),
      )
    ).map((person) => [person._id, person]),
  );
  const today = dayOf(house.clock.now());
  const since = addDays(today, -60);
  return names.flatMap((name) => {
    const given = IN_CARE[name];
    const person = people.get(ids[name]);
    if (!given || !person || known.some((one) => one.person === ids[name])) return [];
    const id = idOf(name);
    const { kinds, colour, reason, by = 'self', lead, seen = [], review = 120 } = given;
    const actor = system('command');
    const care = begin(
      careLifecycle,
      'enrol',
      {
        person: person._id,
        kinds: [...kinds],
        reason,
        colour,
        consent: { by, at: since },
        reviewBy: addDays(today, review),
        ...(person.sentinel === undefined ? {} : { sentinel: person.sentinel }),
        ...(lead === undefined ? {} : { lead: ids[lead] }),
      },
      {
        actor,
        ability: house.abilityOf(actor),
        now: atCivil(since, 9),
        calendar: house.calendar,
        keyed: (text) => house.vault.fingerprint(text),
        facts: {
          seal: sealerOf(house, id),
          who: '',
          place: { areas: person.areas, community: communityOf(person.areas) },
        },
      },
      id,
    );
    const visits = seen.map((days) => addDays(today, -days));
    return [{ ...care, visits, ...listing({ ...care, visits }) }];
  });
}
