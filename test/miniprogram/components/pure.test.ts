import { describe, expect, it } from 'vitest';
import { added, roomFor, sentIds, settled, without } from '../../../miniprogram/components/photo-picker/picked';
import { cardOf } from '../../../miniprogram/components/wish-card/card';

describe('photos of a form', () => {
  it('count as sent once the house has them, and can be taken out on the way', () => {
    let photos = added(added([], 'a'), 'b');
    photos = settled(photos, 'a', { id: '1', percent: 100 });
    expect([sentIds(photos), roomFor(photos, 9)]).toEqual([['1'], 7]);
    photos = without(photos, 'b');
    // Its answer comes after it was taken out.
    expect(settled(photos, 'b', { id: '2' })).toEqual(photos);
  });

  it('begin again when they failed, without standing there twice', () => {
    const failed = settled(added([], 'a'), 'a', { failed: true });
    expect(added(failed, 'a')).toEqual([{ path: 'a', percent: 0 }]);
  });
});

describe('a wish’s card', () => {
  const wish = {
    number: 12,
    title: '想要一个电饭煲',
    state: 'claimed',
    stateWord: '办理中',
    urgent: true,
    place: '幸福里社区',
    postedAt: '2026-11-24T02:00:00.000Z',
  };
  const now = new Date('2026-11-25T10:00:00+08:00');

  it('says by word what it says by colour', () => {
    expect(cardOf(wish, now)).toMatchObject({
      title: '12号 想要一个电饭煲',
      when: '昨天发布',
      tag: '办理中',
      tone: '',
    });
    expect(cardOf({ ...wish, dueAt: '2026-11-24T02:00:00.000Z' }, now)).toMatchObject({
      tag: '办理中 · 超期',
      tone: 'tag-late',
      when: '昨天发布 · 已超期1天',
    });
    expect(cardOf({ ...wish, state: 'closed', stateWord: '已办结' }, now).tone).toBe('tag-good');
  });
});
