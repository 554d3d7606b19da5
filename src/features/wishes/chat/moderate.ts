import { z } from 'zod';
import type { Intent } from '../../../core/feature.ts';
import { MATTER_NUMBER } from '../../../core/numerals.ts';
import { meant } from '../../../core/said-besides.ts';
import { asSaid } from '../../../core/written.ts';
import { communitiesMeant } from '../../areas/index.ts';
import { DECLINE, HELP, LIST, PUBLISH, WHICH } from '../chat-messages.ts';
import { listWishes } from '../lists.ts';
import { moveWish } from '../service.ts';
import { rehearse, whichWish, wishFits } from './find.ts';

/** What the secretary or grid worker says of new wishes. These are commands; nobody says them by the way. */

const KEEPERS = ['secretary', 'grid_worker'] as const;
const SHOWN = 8;
const NUMBER = `(?:心愿)?\\s?${MATTER_NUMBER}(?:心愿)?`;
const planned = z.object({ id: z.string(), input: z.record(z.string(), z.unknown()) });

export const waiting: Intent = {
  name: 'wish.waiting',
  effect: 'read',
  help: { ...HELP.waiting, roles: KEEPERS },
  command: [
    /^(?:我?想?看看?|查看?)?(?:现在)?(?:还?有哪些)?(?:待受理|待发布|等受理|没受理)的?(?:微?心愿)?(?:还?有(?:哪些|几个|多少|吗|没有))?[。?？]?$/u,
  ],
  async handle(turn, house) {
    const [area] = communitiesMeant(turn);
    if (area === undefined) return { text: LIST.noPlace };
    const { items } = await listWishes(house, turn, { area, column: 'waiting', limit: SHOWN });
    const able = items.filter((wish) => wish.moves.includes('publish'));
    if (able.length === 0) return { text: WHICH.none.publish };
    const options = able.map((wish) => ({
      label: LIST.line(wish),
      intent: publish.name,
      slots: { number: wish.number },
      kept: { id: wish.id },
    }));
    return { text: LIST.waiting, options };
  },
};

export const publish: Intent = {
  name: 'wish.publish',
  about: '心愿',
  effect: 'change',
  verbs: ['公开', '发布', '受理'],
  help: { ...HELP.publish, roles: KEEPERS },
  command: [
    new RegExp(`^(?:请|麻烦)?(?:发布|公开|受理)\\s?${NUMBER}(?:吧|一下)?[。.!！]?$`, 'u'),
    new RegExp(`^(?:请|麻烦)?把?${NUMBER}[\\s，,]*(?:都|全部?)?(?:发布|公开|受理)(?:吧|一下)?[。.!！]?$`, 'u'),
  ],
  async readBack(turn, house) {
    const which = await whichWish(house, turn, publish.name, 'publish');
    if ('answer' in which) return which.answer;
    const { id, number, title, text } = which.wish;
    await rehearse(house, turn, id, 'publish', {});
    // What is confirmed is what everybody will read, and not the private words it was made of.
    const wall = which.wish.view === 'full' ? which.wish.wall : { title, text };
    return { readBack: PUBLISH.readBack(number, title, wall), kept: { id, input: {} } };
  },
  async handle(turn, house) {
    const { id } = planned.parse(turn.kept);
    const { wish } = await moveWish(house, turn, id, 'publish');
    return { text: PUBLISH.done(wish.number) };
  },
};

export const decline: Intent = {
  name: 'wish.decline',
  about: '心愿',
  fits: wishFits('decline'),
  effect: 'change',
  verbs: ['不予受理'],
  help: { ...HELP.decline, roles: KEEPERS },
  command: [new RegExp(`^(?:不予受理|不受理|婉拒)\\s?${NUMBER}[\\s，,。:：]*(?<words>.*)$`, 'u')],
  async readBack(turn, house) {
    const which = await whichWish(house, turn, decline.name, 'decline');
    if ('answer' in which) return which.answer;
    const { id, number, title } = which.wish;
    const said = meant(turn.text);
    if (said === undefined) {
      const slots = { ...turn.slots, number };
      return { text: DECLINE.askReason(number), ask: { intent: decline.name, slots, kept: { id } } };
    }
    const reason = asSaid(turn, said);
    const input = { reason };
    await rehearse(house, turn, id, 'decline', input);
    return { readBack: DECLINE.readBack(number, title, reason), kept: { id, input } };
  },
  async handle(turn, house) {
    const { id, input } = planned.parse(turn.kept);
    const { wish } = await moveWish(house, turn, id, 'decline', input);
    return { text: DECLINE.done(wish.number) };
  },
};
