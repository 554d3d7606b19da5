import { z } from 'zod';
import type { Actor } from '../core/ability.ts';
import { ROLES } from '../core/ability.ts';
import { HaolinError, notFound } from '../core/errors.ts';
import { type Route, route } from '../core/feature.ts';
import { called } from '../core/input.ts';
import { DAY, HOUR, MINUTE } from '../core/time.ts';
import { notRegistered } from './errors.ts';
import { reference, sentences } from './messages.ts';
import type { Sessions } from './sessions.ts';
import type { CodeToOpenid } from './wechat.ts';

const me = z
  .object({
    id: z.string().meta({ example: '65f0c0ffee65f0c0ffee65f0' }),
    name: z.string(),
    roles: z.array(z.object({ role: z.enum(ROLES), area: z.string() })),
    areas: z.array(z.string()).meta({ example: ['5202', '520201', '520201011', '520201011001'] }),
  })
  .meta({ id: 'Me' });

const session = z
  .object({ token: z.string(), expiresAt: z.iso.datetime(), person: me })
  .meta({ id: 'Session', description: reference.bearer });

const meOf = ({ id, name, roles, areas }: Actor) => ({ id, name, roles, areas });

/** Sign-in tries an address may make; a whole office may be behind one. */
const SIGN_IN_LIMIT = { points: 60, seconds: 60 };

/**
 * The routes that are the house's own and no feature's: signing in, and who one is.
 * @param openidOf asks WeChat; absent where no account is set up
 */
export function sessionRoutes(sessions: Sessions, openidOf: CodeToOpenid | undefined): Route[] {
  const signedIn = async (actor: Actor) => {
    const { token, expiresAt } = await sessions.issue(actor.id);
    return { token, expiresAt, person: meOf(actor) };
  };
  return [
    route({
      method: 'post',
      path: '/session/wechat',
      summary: reference.signInWechat,
      tag: reference.sessionTag,
      auth: 'public',
      limit: SIGN_IN_LIMIT,
      body: z.object({
        code: called('微信登录凭证', z.string().min(1).max(200)).meta({ example: '0716AVll20uHk94SLDml27etM946AVlq' }),
        bindingCode: called('绑定码', z.string().min(1).max(20)).optional().describe(reference.bindingCode),
      }),
      response: session,
      async handle({ body }, { directory }) {
        if (!openidOf) throw new HaolinError('wechat_not_set_up', 404, sentences.wechatNotSet);
        const openid = await openidOf(body.code);
        const known = await directory.byOpenid(openid);
        if (known) return signedIn(known);
        if (body.bindingCode === undefined || !directory.bindOpenid) throw notRegistered();
        return signedIn(await directory.bindOpenid(openid, body.bindingCode));
      },
    }),
    route({
      method: 'post',
      path: '/session/demo',
      summary: reference.signInDemo,
      tag: reference.demoTag,
      auth: 'demo',
      body: z.object({ person: called('以谁的身份登录', z.string().min(1).max(100)) }),
      response: session,
      async handle({ body }, { directory }) {
        const actor = await directory.actor(body.person, 'api');
        if (!actor) throw notFound(sentences.noSuchPerson);
        return signedIn(actor);
      },
    }),
    route({
      method: 'delete',
      path: '/session',
      summary: reference.signOut,
      tag: reference.sessionTag,
      async handle({ actor }, { directory }) {
        await directory.endSignIns?.(actor.id);
      },
    }),
    route({
      method: 'get',
      path: '/me',
      summary: reference.me,
      tag: reference.sessionTag,
      response: me,
      handle: async ({ actor }) => meOf(actor),
    }),
  ];
}

/** Moves the demo's clock on by so many milliseconds and does what falls due meanwhile. */
export type MoveClock = (ms: number) => Promise<void> | void;

/** The demo's clock, where it can be moved. */
export function clockRoute(move: MoveClock): Route {
  const span = (name: string, max: number) => called(name, z.number().int().min(0).max(max)).default(0);
  return route({
    method: 'post',
    path: '/demo/clock',
    summary: reference.moveClock,
    tag: reference.demoTag,
    auth: 'demo',
    body: z.object({ days: span('天数', 366), hours: span('小时数', 10_000), minutes: span('分钟数', 600_000) }),
    response: z.object({ now: z.iso.datetime() }),
    async handle({ body: { days, hours, minutes } }, { clock }) {
      await move(days * DAY + hours * HOUR + minutes * MINUTE);
      return { now: clock.now() };
    },
  });
}
