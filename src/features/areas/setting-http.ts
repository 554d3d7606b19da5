import { z } from 'zod';
import { notFound } from '../../core/errors.ts';
import { type Route, route } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { called } from '../../core/input.ts';
import type { Reads } from '../../core/reads.ts';
import type { Area, AreaSettings } from './model.ts';
import { findArea } from './service.ts';
import { setOwn } from './settings.ts';

export const areaCode = called('区域编码', z.string().regex(/^\d{4,12}(?:G\d{2,3})?$/u)).meta({
  description: '区域编码',
  example: '990001001001',
});

/** @throws HaolinError not_found */
export async function knownArea(house: House, wanted: string): Promise<Area> {
  const area = await findArea(house, wanted);
  if (!area) throw notFound('区域');
  return area;
}

/** Something areas have for themselves or else from the area above, over HTTP. */
export interface SettingRoutes<K extends keyof AreaSettings, B, V> {
  name: K;
  /** `/areas/{code}/…` */
  path: string;
  read: string;
  set: string;
  body: Reads<B>;
  /** What a body sets; nothing, where what the area above has is to hold again. */
  given(body: B): AreaSettings[K] | undefined;
  view: Reads<V>;
  viewOf(house: House, area: Area): Promise<V>;
}

/** Anyone may read what holds in an area; who may sets what it has for itself. */
export function settingRoutes<K extends keyof AreaSettings, B, V>(setting: SettingRoutes<K, B, V>): Route[] {
  const { name, path, read, set, body, given, view, viewOf } = setting;
  const common = { path: `/areas/{code}/${path}`, tag: '区域', params: z.object({ code: areaCode }), response: view };
  const shown = async (house: House, code: string) => viewOf(house, await knownArea(house, code));
  return [
    route({
      ...common,
      method: 'get',
      summary: read,
      auth: 'public',
      handle: ({ params }, house) => shown(house, params.code),
    }),
    route({
      ...common,
      method: 'put',
      summary: set,
      body,
      async handle({ params, body: asked, actor }, house) {
        await setOwn(house, params.code, name, given(asked), actor);
        return shown(house, params.code);
      },
    }),
  ];
}
