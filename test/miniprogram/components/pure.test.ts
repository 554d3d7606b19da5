import { describe, expect, it } from 'vitest';
import {
  added,
  chooseTrouble,
  NO_PHOTOS,
  photosTrouble,
  restored,
  roomFor,
  sentIds,
  settled,
  stateOf,
  without,
} from '../../../miniprogram/components/photo-picker/picked';
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
    expect(added(failed, 'a')).toEqual([{ path: 'a', src: 'a', percent: 0 }]);
  });

  it('come back with their form, with a picture where the phone has one', () => {
    const photos = restored(['1', '2'], (id) => (id === '1' ? 'a.jpg' : undefined));
    expect(photos.map(({ src }) => src)).toEqual(['a.jpg', '']);
    expect(stateOf(photos)).toEqual({ ...NO_PHOTOS, ids: ['1', '2'] });
  });

  it('keep a form from being sent while one is on its way or failed', () => {
    const under = added([], 'a');
    expect(photosTrouble(stateOf(under))).toContain('还在传');
    expect(photosTrouble(stateOf(settled(under, 'a', { failed: true })))).toContain('有1张照片没传上');
    expect(photosTrouble(stateOf(settled(under, 'a', { id: '1' })))).toBeUndefined();
  });

  it.each([
    ['chooseMedia:fail cancel', false],
    ['chooseMedia:fail auth deny', true],
    ['chooseMedia:fail:privacy permission is not authorized', true],
    ['', true],
  ])('that could not be chosen (%s): said %s', (errMsg, said) => {
    expect(chooseTrouble(errMsg) !== undefined).toBe(said);
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
