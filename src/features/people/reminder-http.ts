import { z } from 'zod';
import { type Route, route } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { called } from '../../core/input.ts';
import { notMutable } from './errors.ts';
import { INBOX_ONLY, isReminder, muteMessage, preferChannel } from './reminders.ts';
import { findPerson } from './service.ts';

const time = z.iso.datetime();
const messageNames = z.array(called('提醒名称', z.string().min(1).max(60))).max(50);
const pushView = z.object({
  channel: z
    .string()
    .meta({ description: 'auto 由系统选；wechaty 微信；inbox 只进小程序（紧急的和工作上等着办的除外）' }),
  mutedUntil: time.optional(),
  reminders: z.array(z.object({ name: z.string(), title: z.string(), muted: z.boolean() })),
});

async function pushViewOf(house: House, id: string): Promise<z.input<typeof pushView>> {
  const { channel = 'auto', mutedUntil, mutedMessages = [] } = (await findPerson(house, id)) ?? {};
  return {
    channel,
    ...(mutedUntil && mutedUntil > house.clock.now() ? { mutedUntil: mutedUntil.toISOString() } : {}),
    reminders: (house.reminders ?? []).map(({ name, title }) => ({ name, title, muted: mutedMessages.includes(name) })),
  };
}

/** How somebody wants to be reached: their own, and nobody else's. */
export const reminderRoutes: Route[] = [
  route({
    method: 'get',
    path: '/me/push',
    summary: '我的提醒设置：喜欢的渠道、暂停到什么时候、单独关掉了哪些提醒',
    tag: '我的',
    response: pushView,
    async handle({ actor }, house) {
      return pushViewOf(house, actor.id);
    },
  }),
  route({
    method: 'put',
    path: '/me/push',
    summary: '改提醒设置；紧急的消息不受影响，自己的事最多暂停7天',
    tag: '我的',
    body: z.strictObject({
      channel: called('渠道', z.enum(['auto', 'wechaty', INBOX_ONLY])).optional(),
      mute: called('要关掉的提醒', messageNames).optional(),
      unmute: called('要恢复的提醒', messageNames).optional(),
    }),
    response: pushView,
    async handle({ body: { channel, mute = [], unmute = [] }, actor }, house) {
      if (!mute.every((name) => isReminder(house, name))) throw notMutable();
      if (channel) await preferChannel(house, actor.id, channel === 'auto' ? undefined : channel);
      for (const name of mute) await muteMessage(house, actor.id, name, true);
      for (const name of unmute) await muteMessage(house, actor.id, name, false);
      return pushViewOf(house, actor.id);
    },
  }),
];
