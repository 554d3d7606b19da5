import type { Answer } from '../../api/ask';
import { cardOf } from './card';

type Line = Answer<'getWishes'>['items'][number] | Answer<'getWishesWall'>['items'][number];

/** A wish in a list. Triggers `open` with its id. */
Component({
  properties: {
    wish: { type: Object, value: {} as Line },
  },
  data: { card: { title: '', place: '', when: '', tag: '', tone: '', urgent: false } },
  observers: {
    wish(wish: Line) {
      if (wish.id) this.setData({ card: cardOf(wish, new Date()) });
    },
  },
  methods: {
    open() {
      this.triggerEvent('open', { id: this.data.wish.id });
    },
  },
});
