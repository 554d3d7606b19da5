import { z } from 'zod';
import type { Day } from '../../core/time.ts';
import courtyardPoll from './packs/courtyard-poll.json' with { type: 'json' };
import owners from './packs/owners.json' with { type: 'json' };
import residentsMeeting from './packs/residents-meeting.json' with { type: 'json' };

/** Who decides how: rule packs (表决规则) are data, versioned, with their source and whether somebody has checked them. */

const part = { n: z.int().min(1), d: z.int().min(1).max(1_000_000) };
const moreThan = z
  .strictObject(part)
  .refine(({ n, d }) => n < d, { error: '“超过”的那一份要小于全部，超过全部谁也做不到' });
const atLeast = z.strictObject(part).refine(({ n, d }) => n <= d, { error: '“至少”的那一份不能大于全部' });

const base = {
  /** Of whom: all who may take part; those who do; those of them who say yes or no. */
  of: z.enum(['electorate', 'present', 'voting']),
  /** Counted how: each elector's heads, or the area they own. */
  by: z.enum(['heads', 'area']),
};
/** A share that has to be gone beyond (`more`) or reached (`atLeast`); fractions are exact. */
export const thresholdSchema = z.union([
  z.strictObject({ ...base, more: moreThan }),
  z.strictObject({ ...base, atLeast }),
]);
export type Threshold = z.output<typeof thresholdSchema>;

const takePart = z.array(thresholdSchema).refine((all) => all.every(({ of }) => of === 'electorate'), {
  error: '参加的门槛只能按全体应参加的人来算',
});
const pass = z.array(thresholdSchema).min(1, { error: '通过的门槛至少要有一条' });
const code = z.string().regex(/^[a-z][a-z-]{1,40}$/);

/** A stricter way for some matters; what it does not say holds as in its pack. */
const variantSchema = z.strictObject({
  code,
  title: z.string().min(1),
  matters: z.array(z.string().min(1)).min(1),
  takePart: takePart.optional(),
  pass: pass.optional(),
});

export const packSchema = z
  .strictObject({
    code,
    version: z.int().min(1),
    title: z.string().min(1),
    effectiveFrom: z.iso.date(),
    source: z.strictObject({ text: z.string().min(1), url: z.url().optional() }),
    /** Whether somebody has compared it with its source as that is now. */
    verified: z.boolean(),
    note: z.string().min(1).optional(),
    /** One voice for each household, each grown-up resident, or each owner. */
    electorate: z.enum(['household', 'adult', 'owner']),
    /** Who counts as present: those at the meeting, or whoever hands in a vote. */
    present: z.enum(['attending', 'voting']),
    takePart,
    pass,
    /** For how many other voices one person at the meeting may stand; 0 where nobody may be sent. */
    proxies: z.strictObject({ most: z.int().min(0) }),
    secrecy: z.array(z.enum(['open', 'secret'])).min(1),
    hours: z.strictObject({ shortest: z.int().min(1), longest: z.int().min(1) }),
    /** What as many for as against is: not passed, or to be voted on again. */
    tie: z.enum(['fails', 'again']),
    variants: z.array(variantSchema),
  })
  .refine(({ verified, note }) => verified || note !== undefined, { error: '没有核对过的规则要写明要核对什么' })
  .refine(({ hours }) => hours.shortest <= hours.longest, { error: '最短时间不能比最长时间还长' })
  .refine(({ variants }) => new Set(variants.map((one) => one.code)).size === variants.length, {
    error: '同一份规则里有两种事项用了同一个代号',
  })
  .refine(
    (pack) =>
      pack.electorate === 'owner' ||
      [pack, ...pack.variants]
        .flatMap((one) => [...(one.takePart ?? []), ...(one.pass ?? [])])
        .every(({ by }) => by === 'heads'),
    { error: '只有业主表决才能按面积计算' },
  )
  // An area is nearly a name: a choice that is counted by it is no secret.
  .refine(({ electorate, secrecy }) => electorate !== 'owner' || !secrecy.includes('secret'), {
    error: '按面积计算的表决不能不记名，面积会说出是谁投的',
  });
export type Pack = z.output<typeof packSchema>;
export type Secrecy = Pack['secrecy'][number];

/** As much of a pack as one ballot is held by, its variant worked in. Kept with the ballot: later packs do not change it. */
export type BallotRule = Pick<Pack, 'electorate' | 'present' | 'takePart' | 'pass' | 'tie'>;

/** Every pack that is shipped, checked when the house starts. */
export const PACKS: readonly Pack[] = [residentsMeeting, owners, courtyardPoll].map((one) => packSchema.parse(one));

/**
 * The version of a pack in force on a day: of those that have begun the latest.
 * @returns undefined when there is none of that code, or none yet
 */
export function packInForce(all: readonly Pack[], packCode: string, day: Day): Pack | undefined {
  return all
    .filter((one) => one.code === packCode && one.effectiveFrom <= day)
    .sort((a, b) =>
      a.effectiveFrom === b.effectiveFrom ? b.version - a.version : a.effectiveFrom < b.effectiveFrom ? 1 : -1,
    )
    .at(0);
}

/** How a ballot under a pack is decided. @returns undefined when the pack has no variant of that code */
export function ruleOf(pack: Pack, variantCode?: string): BallotRule | undefined {
  const variant = pack.variants.find((one) => one.code === variantCode);
  if (variantCode !== undefined && !variant) return undefined;
  const { electorate, present, tie } = pack;
  return {
    electorate,
    present,
    tie,
    takePart: variant?.takePart ?? pack.takePart,
    pass: variant?.pass ?? pack.pass,
  };
}
