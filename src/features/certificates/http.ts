import { z } from 'zod';
import { callerOf } from '../../core/caller.ts';
import { type Route, route } from '../../core/feature.ts';
import { called } from '../../core/input.ts';
import { lineage } from '../areas/index.ts';
import { searched } from './find.ts';
import { certificateSchema, listCode, listFields } from './list.ts';
import { certificatesOf, listsOf, putList } from './registry.ts';

const tag = '证明';
const certificateView = z
  .object({
    ...certificateSchema.shape,
    byCommunity: z.boolean().describe('社区自己开'),
    province: z.string().describe('适用省份'),
    source: z.string().describe('清单的出处'),
    title: z.string().describe('清单的名称'),
  })
  .meta({ id: 'Certificate' });
const listView = z.object({ code: z.string(), ...listFields.shape }).meta({ id: 'CertificateList' });

export const certificateRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/certificates',
    summary: '证明找谁开：名称、别的叫法、由谁开、带什么、依据、是否核实',
    tag,
    auth: 'public',
    query: z.object({
      q: called('要找的证明', z.string().trim().max(40)).default(''),
      area: called('区域编码', z.string().regex(/^[\dG]{2,15}$/u)).optional(),
    }),
    response: z.object({ items: z.array(certificateView) }),
    async handle({ query: { q, area } }, house) {
      const areas = area === undefined ? [] : lineage(area);
      const known = await certificatesOf(house, areas, house.clock.now());
      return { items: searched(q, known).map((one) => ({ ...one, byCommunity: one.byCommunity ?? false })) };
    },
  }),
  route({
    method: 'get',
    path: '/certificate-lists',
    summary: '证明清单的所有版本',
    tag,
    response: z.object({ items: z.array(listView) }),
    handle: async (_request, house) => ({ items: await listsOf(house) }),
  }),
  route({
    method: 'put',
    path: '/certificate-lists/{code}',
    summary: '管理员：放进一份清单的新版本，或一个省自己的清单',
    tag,
    params: z.object({ code: listCode }),
    body: listFields,
    response: listView,
    handle: (request, house) =>
      putList(house, callerOf(request, house), { ...request.body, code: request.params.code }),
  }),
];
