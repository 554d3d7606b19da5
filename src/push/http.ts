import { z } from 'zod';
import { type Route, route } from '../core/feature.ts';
import { called } from '../core/input.ts';
import { pageQuery } from '../core/page.ts';
import { countUnread, listInbox, MOST_UNREAD, markRead } from './inbox.ts';
import { inboxWords } from './messages.ts';

const key = called('消息编号', z.string().min(1).max(300));
const time = z.iso.datetime();

const item = z.object({
  key,
  message: z.string().meta({ description: '消息的种类', example: 'wish.claimed' }),
  title: z.string(),
  text: z.string(),
  link: z.string().optional().meta({ description: '小程序里的页面' }),
  urgent: z.boolean(),
  createdAt: time,
  readAt: time.optional(),
});

const read = z.union(
  [
    z.strictObject({ keys: called('要标为已读的消息', z.array(key)).min(1).max(100) }),
    z.strictObject({ until: called('到什么时候为止', time).meta({ description: '这一刻（含）以前的全部标为已读' }) }),
  ],
  inboxWords.whichRead,
);

/** The inbox over HTTP: everybody their own, nobody another's. */
export const pushRoutes: Route[] = [
  route({
    method: 'get',
    path: '/inbox',
    summary: '我的消息，新的在前',
    tag: '消息',
    query: pageQuery.extend({
      unread: called('只看未读', z.stringbool()).optional().meta({ description: '只看未读' }),
    }),
    response: z.object({ items: z.array(item), next: z.string().optional() }),
    async handle({ actor, query }, house) {
      const { items, next } = await listInbox(house, actor.id, query);
      return { items: items.map(shown), ...(next === undefined ? {} : { next }) };
    },
  }),
  route({
    method: 'get',
    path: '/inbox/unread',
    summary: '我有多少未读消息',
    tag: '消息',
    response: z.object({
      unread: z
        .number()
        .int()
        .min(0)
        .max(MOST_UNREAD)
        .meta({ description: `最多数到 ${MOST_UNREAD}` }),
    }),
    async handle({ actor }, house) {
      return { unread: await countUnread(house, actor.id) };
    },
  }),
  route({
    method: 'post',
    path: '/inbox/read',
    summary: '标为已读',
    tag: '消息',
    body: read,
    response: z.object({ read: z.number().int().min(0).meta({ description: '这次标记的条数' }) }),
    async handle({ actor, body }, house) {
      const which = 'keys' in body ? body : { until: new Date(body.until) };
      return { read: await markRead(house, actor.id, which) };
    },
  }),
];

function shown({ createdAt, readAt, ...rest }: Awaited<ReturnType<typeof listInbox>>['items'][number]) {
  return { ...rest, createdAt: createdAt.toISOString(), ...(readAt ? { readAt: readAt.toISOString() } : {}) };
}
