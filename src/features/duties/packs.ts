import { type Pack, packSchema } from './pack.ts';
import baBiBao from './packs/ba-bibao.json' with { type: 'json' };
import inCare from './packs/in-care.json' with { type: 'json' };
import twiceAWeek from './packs/liang-zoufang.json' with { type: 'json' };
import liuBiDao from './packs/liu-bidao.json' with { type: 'json' };
import qiBiFang from './packs/qi-bifang.json' with { type: 'json' };

/** The packs the house comes with; an admin's own of the same code hold instead of them. */
export const SHIPPED: readonly Pack[] = [twiceAWeek, inCare, liuBiDao, qiBiFang, baBiBao].map((pack) =>
  packSchema.parse(pack),
);
