import { copyFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { notFound } from '../../src/core/errors.ts';
import { Raw, type Route, route } from '../../src/core/feature.ts';
import type { House } from '../../src/core/house.ts';
import { findPerson } from '../../src/features/people/index.ts';
import type { Line, Talk } from './talk.ts';

const tag = '演示';
const person = z.string().min(1).max(40);
const PUSHES = 60;
const PHOTO_BYTES = 10 * 1_024 * 1_024;

interface Delivery {
  _id: string;
  to: string;
  title: string;
  text: string;
  link?: string;
  state: string;
  channel?: string;
  createdAt: Date;
}

/** What the neighbourhood page lives on beside the API itself: the chats, what was pushed to whom, what time it is. */
export function demoRoutes(talk: Talk): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/demo/chat',
      summary: '演示：以某人的身份跟好邻说一句话',
      tag,
      auth: 'demo',
      body: z.object({
        person,
        text: z.string().min(1).max(20_000),
        group: z.boolean().default(false),
        mention: z.boolean().default(true),
      }),
      status: 202,
      response: z.object({ said: z.literal(true) }),
      async handle({ body: { person: who, text, group, mention } }, house) {
        await known(house, who);
        await talk.say(who, text, { group, mention });
        return { said: true };
      },
    }),
    route({
      method: 'post',
      path: '/demo/chat/{person}/picture',
      summary: '演示：以某人的身份发一张图片',
      tag,
      auth: 'demo',
      params: z.object({ person }),
      upload: { maxBytes: PHOTO_BYTES },
      status: 202,
      response: z.object({ said: z.literal(true) }),
      async handle({ params, upload }, house) {
        await known(house, params.person);
        if (upload) {
          // The bot looks at it after this request is over.
          const kept = join(await mkdtemp(join(tmpdir(), 'haolin-picture-')), 'picture.jpg');
          await copyFile(upload.path, kept);
          await talk.show(params.person, kept);
        }
        return { said: true };
      },
    }),
    route({
      method: 'get',
      path: '/demo/chat/live',
      summary: '演示：所有聊天，先是说过的，然后随说随到（SSE）',
      tag,
      auth: 'demo',
      handle: async ({ signal }) => new Raw({ kind: 'events', events: linesOf(talk, signal) }),
    }),
    route({
      method: 'get',
      path: '/demo/pushes',
      summary: '演示：最近推送给了谁什么，新的在前',
      tag,
      auth: 'demo',
      response: z.object({
        now: z.iso.datetime(),
        items: z.array(
          z.object({
            key: z.string(),
            to: z.string(),
            title: z.string(),
            text: z.string(),
            link: z.string().optional(),
            state: z.string(),
            channel: z.string().optional(),
            at: z.iso.datetime(),
          }),
        ),
      }),
      async handle(_request, house) {
        const found = await house.db
          .collection<Delivery>('deliveries')
          .find({})
          .sort({ createdAt: -1, _id: -1 })
          .limit(PUSHES)
          .toArray();
        const items = found.map(({ _id, to, title, text, link, state, channel, createdAt }) => ({
          key: _id,
          to,
          title,
          text,
          ...(link === undefined ? {} : { link }),
          state,
          ...(channel === undefined ? {} : { channel }),
          at: createdAt.toISOString(),
        }));
        return { now: house.clock.now().toISOString(), items };
      },
    }),
  ];
}

/** Only somebody of the register can be spoken as: a slip in the id would be a stranger to the bot. @throws HaolinError not_found */
async function known(house: House, id: string): Promise<void> {
  if (!(await findPerson(house, id))) throw notFound('人');
}

async function* linesOf(talk: Talk, signal: AbortSignal): AsyncGenerator<{ event: string; data: Line }> {
  const waiting: Line[] = [...talk.lines()];
  let wake = () => {};
  const off = talk.on((line) => {
    waiting.push(line);
    wake();
  });
  signal.addEventListener('abort', () => wake());
  try {
    while (!signal.aborted) {
      const line = waiting.shift();
      if (line) yield { event: 'line', data: line };
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    off();
  }
}
