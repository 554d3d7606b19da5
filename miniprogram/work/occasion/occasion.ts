import type { Body } from '../../api/ask';
import { ask } from '../../api/session';
import { occasionFields } from '../../logic/occasion';
import { workerForm } from '../worker-form';

/** Something happened to a worker that calls for a talk: the secretary writes down to whom and what, and talks soon. */
Page(
  workerForm({
    day: 'at',
    fields: occasionFields,
    send: (body: Body<'postTalks'>, key) => ask('postTalks', { body, key }),
    after: ({ id }) => void wx.redirectTo({ url: `/work/talk/talk?id=${id}` }),
  }),
);
