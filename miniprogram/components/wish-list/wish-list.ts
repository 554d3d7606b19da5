import type { Answer, Query } from '../../api/ask';
import { ask, me } from '../../api/session';
import { lineList } from '../../logic/line-list';
import { nothingYet } from '../../logic/paged-list';

type Line = Answer<'getWishes'>['items'][number] | Answer<'getWishesWall'>['items'][number];

/** Wishes by a query; see `lineList`. */
Component({
  properties: {
    /** Of `getWishes`; with an area alone and `wall`, of `getWishesWall`. */
    query: { type: Object, value: {} as Query<'getWishes'> },
    wall: { type: Boolean, value: false },
    empty: { type: String, value: '' },
    action: { type: String, value: '' },
  },
  data: { list: nothingYet<Line>() },
  ...lineList<Line, Query<'getWishes'>, { wall: boolean }>({
    // What somebody searched for is theirs, and every search would be another list to keep.
    name: (query, { wall }) =>
      query.q === undefined ? `wishes:${me()?.id}:${wall}:${JSON.stringify(query)}` : undefined,
    read: (query, { wall }) =>
      wall ? ask('getWishesWall', { query: query as Query<'getWishesWall'> }) : ask('getWishes', { query }),
    page: '/pages/wish/wish',
  }),
});
