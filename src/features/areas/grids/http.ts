import { z } from 'zod';
import { notFound } from '../../../core/errors.ts';
import { type Route, route } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import { called } from '../../../core/input.ts';
import { dayOf } from '../../../core/time.ts';
import { onOneLine } from '../../../core/written.ts';
import { importRoute } from '../import/http.ts';
import { gridWords } from '../messages.ts';
import { numbersIn } from './gazetteer.ts';
import { importPlaces } from './import.ts';
import type { GridVersion } from './model.ts';
import { addVersion, historyOf, untilOf } from './service.ts';

const code = called('区域编码', z.string().regex(/^\d{4,12}(?:G\d{2,3})?$/u));
const day = called('日期', z.iso.date());
const line = (most: number) => z.string().overwrite(onOneLine).min(2).max(most);
const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
type Position = z.output<typeof position>;
const isClosed = (ring: readonly Position[]) => String(ring[0]) === String(ring.at(-1));
const hasInside = (ring: readonly Position[]) => new Set(ring.map(String)).size >= 3;
const ring = z
  .array(position)
  .max(5_000)
  .refine((one) => one.length >= 4 && isClosed(one) && hasInside(one), gridWords.openRing);

const boundary = called(
  '网格边界',
  z.strictObject({ type: called('边界的种类', z.literal('Polygon')), coordinates: z.array(ring).min(1).max(20) }),
).describe('GeoJSON 多边形，经度在前，WGS 84');
const place = z.strictObject({
  estate: called('小区或街路', line(40)),
  buildings: called(
    '楼栋',
    z
      .array(
        z
          .string()
          .max(20)
          .refine((one) => numbersIn(one).length > 0, gridWords.wrongBuilding),
      )
      .max(500),
  )
    .optional()
    .describe('楼栋号或门牌号：1、3-6、A；不写就是整个小区'),
});
const newVersion = z.strictObject({
  from: called('生效日期', z.iso.date()).describe('从这一天起算；同一天只能有一版'),
  name: called('网格名称', line(40)).optional(),
  boundary: boundary.optional(),
  places: called('小区和街路', z.array(place).max(300)).optional(),
  source: called('来源', line(200)),
});
const versionView = z
  .object({
    grid: code,
    version: z.number().int(),
    name: z.string(),
    from: day,
    until: day.optional().describe('到这一天为止，当天还算；没有就是一直算'),
    boundary: z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(z.array(z.number()))) }).optional(),
    places: z.array(z.object({ estate: z.string(), buildings: z.array(z.string()).optional() })),
    source: z.string(),
    at: z.iso.datetime(),
  })
  .meta({ id: 'GridVersion' });

/** Each version with the day it holds until. */
async function viewsOf(house: House, grid: string): Promise<z.output<typeof versionView>[]> {
  const history = await historyOf(house, grid);
  return history.map((one, nth) => viewOf(one, untilOf(history, nth)));
}

function viewOf({ grid, version, name, from, boundary: outline, places, source, at }: GridVersion, until?: string) {
  return {
    grid,
    version,
    name,
    from,
    ...(until !== undefined && { until }),
    ...(outline && { boundary: outline }),
    places: places.map(({ estate, buildings }) => ({ estate, ...(buildings && { buildings }) })),
    source,
    at: at.toISOString(),
  };
}

/** What grids are and were: boundary and places, from day to day. */
export const gridRoutes: Route[] = [
  route({
    method: 'put',
    path: '/areas/{code}/boundary',
    summary: '网格从某天起的边界和小区；以前的版本都留着',
    tag: '区域',
    params: z.object({ code }),
    body: newVersion,
    response: versionView,
    async handle({ params, body, actor }, house) {
      const places = body.places?.map(({ estate, buildings }) => ({
        estate,
        ...(buildings && buildings.length > 0 && { buildings }),
      }));
      const { from } = await addVersion(house, params.code, { ...body, places }, actor);
      const view = (await viewsOf(house, params.code)).find((one) => one.from === from);
      if (!view) throw notFound('网格边界');
      return view;
    },
  }),
  route({
    method: 'get',
    path: '/areas/{code}/boundary',
    summary: '网格在某天的边界和小区，默认今天',
    tag: '区域',
    auth: 'public',
    params: z.object({ code }),
    query: z.object({ on: day.optional() }),
    response: versionView,
    async handle({ params, query }, house) {
      const on = query.on ?? dayOf(house.clock.now());
      const view = (await viewsOf(house, params.code)).findLast(({ from }) => from <= on);
      if (!view) throw notFound('网格边界');
      return view;
    },
  }),
  route({
    method: 'get',
    path: '/areas/{code}/boundaries',
    summary: '网格的各个版本，先生效的在前',
    tag: '区域',
    auth: 'public',
    params: z.object({ code }),
    response: z.object({ items: z.array(versionView) }),
    handle: async ({ params }, house) => ({ items: await viewsOf(house, params.code) }),
  }),
  importRoute({ name: 'places', summary: gridWords.importSummary, subject: 'area', run: importPlaces }),
];
