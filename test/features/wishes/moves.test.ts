import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/core/ability.ts';
import { HaolinError } from '../../../src/core/errors.ts';
import { type OutboxEntry, nameOf as recipientName } from '../../../src/core/outbox.ts';
import { HOUR } from '../../../src/core/time.ts';
import type { WishDoc, WishMoveName } from '../../../src/features/wishes/index.ts';
import { wishMessages } from '../../../src/features/wishes/messages.ts';
import {
  COMMUNITY,
  clockwork,
  FACTS,
  GRID,
  granny,
  INPUTS,
  idOf,
  later,
  li,
  moved,
  NOW,
  PLACE,
  STREET,
  secretary,
  submitted,
  sun,
  wishIn,
  zhao,
} from '../../support/wishes.ts';

/** What moves do, by example: who is told what, what is kept, what is counted. */

const at = (now: Date) => ({ now, facts: FACTS });
const hours = (count: number): Date => new Date(NOW.getTime() + count * HOUR);
/** Messages of the last move, as name and to whom. */
const told = (before: WishDoc, after: WishDoc) =>
  after.outbox.slice(before.outbox.length).map(({ message, to }) => [message, nameOf(to)]);
const nameOf = (to: OutboxEntry['to']) =>
  'person' in to ? [granny, li, zhao, sun].find(({ id }) => id === to.person)?.name : recipientName(to);
const refusal = (wish: WishDoc, actor: Actor, move: WishMoveName, input: unknown, now: Date): string => {
  try {
    moved(wish, actor, move, input, at(now));
    return 'done';
  } catch (error) {
    if (error instanceof HaolinError) return error.code;
    throw error;
  }
};

describe('contact', () => {
  it('is the first one, whatever follows; a later note is kept and no note loses none', () => {
    const first = moved(wishIn('claimed'), li, 'contact', { note: '电话里说好了' }, at(hours(3)));
    const second = moved(first, li, 'contact', {}, at(later(2)));
    const third = moved(second, li, 'contact', { note: '又去看了一次' }, at(later(5)));
    for (const wish of [first, second, third]) expect(wish.contactedAt).toEqual(hours(3));
    expect([first, second, third].map((wish) => wish.contactNote)).toEqual([
      '电话里说好了',
      '电话里说好了',
      '又去看了一次',
    ]);
    expect(third.dueAt).toEqual(third.due.done);
  });

  it('is told once a day, and no more than five times a day at all', () => {
    let wish = wishIn('claimed');
    const messages: number[] = [];
    for (let count = 0; count < 5; count += 1) {
      const next = moved(wish, li, 'contact', { note: `第${count}次` }, at(hours(count)));
      messages.push(told(wish, next).length);
      wish = next;
    }
    // The requester and whoever spoke for her.
    expect(messages).toEqual([2, 0, 0, 0, 0]);
    expect(refusal(wish, li, 'contact', {}, hours(6))).toBe('enough_today');
    const tomorrow = moved(wish, li, 'contact', {}, at(later(1)));
    expect(told(wish, tomorrow)).toHaveLength(2);
  });
});

describe('a group', () => {
  it('tells its lead of who comes and goes once a day, and bears no endless coming and going', () => {
    let wish = moved(wishIn('published'), li, 'claim', { group: '好邻小队' }, at(NOW));
    const messages: string[][] = [];
    for (let count = 0; count < 5; count += 1) {
      for (const move of ['join', 'leave'] as const) {
        const next = moved(wish, sun, move, {}, at(hours(count)));
        messages.push(...told(wish, next).map((one) => one.map(String)));
        wish = next;
      }
    }
    expect(messages).toEqual([
      ['wish.joined', '李强'],
      ['wish.left', '李强'],
    ]);
    expect(refusal(wish, sun, 'join', {}, hours(8))).toBe('enough_today');
    expect(refusal(wish, zhao, 'join', {}, hours(8))).toBe('done');
    expect(refusal(wish, sun, 'join', {}, later(1))).toBe('done');
  });
});

describe('giving back and claiming again', () => {
  const claimed = wishIn('published');
  const first = moved(claimed, zhao, 'claim', {}, at(NOW));
  const extended = moved(first, zhao, 'extend', { until: '2026-04-10', reason: '等货到' }, at(later(1)));
  const back = moved(extended, zhao, 'release', { reason: '临时出差' }, at(later(2)));

  it('is no fresh start: the day it was to be done by and what was asked for beyond it still count', () => {
    const again = moved(back, zhao, 'claim', {}, at(later(9)));
    expect(again.due.done).toEqual(extended.due.done);
    expect(again.extensions).toEqual(extended.extensions);
    const twice = moved(again, zhao, 'extend', { until: '2026-04-20', reason: '还没到' }, at(later(10)));
    const once = moved(
      moved(twice, zhao, 'release', { reason: '出差' }, at(later(11))),
      zhao,
      'claim',
      {},
      at(later(12)),
    );
    expect(refusal(once, zhao, 'extend', { until: '2026-04-30', reason: '再等等' }, later(13))).toBe(
      'no_more_extensions',
    );
    // However often, the day does not move.
    expect(once.due.done).toEqual(new Date('2026-04-20T23:59:59.999+08:00'));
  });

  it('is one for somebody else, and for whoever the secretary gives it to', () => {
    const other = moved(back, li, 'claim', {}, at(later(9)));
    expect(other.extensions).toEqual([]);
    expect(other.due.done?.getTime()).toBeGreaterThan(later(25).getTime());
    const facts = { ...FACTS, assignee: { id: zhao.id, name: zhao.name, serves: true } };
    const assigned = moved(back, secretary, 'assign', { to: zhao.id }, { now: later(9), facts });
    expect(assigned.extensions).toEqual([]);
  });

  it('after a lapse keeps the day too', () => {
    const warned = moved(first, clockwork, 'warn', { stage: 'contact' }, at(later(6)));
    const lapsed = moved(warned, clockwork, 'autoRelease', {}, at(later(8)));
    const again = moved(lapsed, zhao, 'claim', {}, at(later(9)));
    expect(again.due.done).toEqual(first.due.done);
    expect(again.due.contact?.getTime()).toBeGreaterThan(later(15).getTime());
  });

  it('cannot be done over and over on one day', () => {
    let wish = claimed;
    for (let count = 0; count < 5; count += 1) {
      wish = moved(
        moved(wish, zhao, 'claim', {}, at(hours(count))),
        zhao,
        'release',
        { reason: '点错了' },
        at(hours(count)),
      );
    }
    expect(refusal(wish, zhao, 'claim', {}, hours(7))).toBe('enough_today');
    expect(refusal(wish, li, 'claim', {}, hours(7))).toBe('done');
  });
});

describe('what is only done in part', () => {
  const partial = wishIn('partial');

  it('is asked about, and without an answer is the secretary’s and then the street’s, never closed by itself', () => {
    const asked = moved(partial, clockwork, 'warn', { stage: 'rate' }, at(later(6)));
    expect(told(partial, asked)).toEqual([
      ['wish.askPartial', '王桂芳'],
      ['wish.askPartial', undefined],
    ]);
    expect(refusal(asked, clockwork, 'autoClose', {}, later(30))).toBe('wrong_state');
    const up = moved(asked, clockwork, 'escalate', { stage: 'rate', to: 'secretary' }, at(later(8)));
    expect(told(asked, up)).toEqual([['wish.partialUnanswered', `secretary@${COMMUNITY}`]]);
    expect(up.outbox.at(-1)?.data).toMatchObject({ left: '新的还没到' });
    expect([up.state, up.dueAt]).toEqual(['partial', up.due.rate]);
    const street = moved(up, clockwork, 'escalate', { stage: 'rate', to: 'street' }, at(later(12)));
    expect(told(up, street)).toEqual([['wish.lateStreet', `supervisor@${STREET}`]]);
    expect(street.nextAt).toBeUndefined();
  });

  it('can be concluded by the secretary, which asks once more and keeps what was left undone', () => {
    const concluded = moved(partial, secretary, 'conclude', { note: '和本人说好，剩下的不用了' }, at(later(8)));
    expect(concluded).toMatchObject({ state: 'done', left: '新的还没到', claimant: { id: li.id } });
    expect(told(partial, concluded).map(([message]) => message)).toEqual([
      'wish.done',
      'wish.done',
      'wish.concluded',
      'wish.concluded',
    ]);
    expect(moved(concluded, clockwork, 'autoClose', {}, at(later(17)))).toMatchObject({
      state: 'closed',
      left: '新的还没到',
    });
    expect(moved(partial, li, 'done', INPUTS.done, at(later(8)))).not.toHaveProperty('left');
  });
});

describe('who is told', () => {
  it('of an unhappy answer in the quiet hours waits till morning', () => {
    expect(wishMessages['wish.reopened']).not.toHaveProperty('urgent');
  });

  it('of a wish in a grid is its grid worker, and of one without a grid whoever works in the community', () => {
    const { grid: _none, ...noGrid } = PLACE;
    const post = (place: typeof PLACE) => {
      const made = submitted({}, granny, { place });
      const published = moved(made, secretary, 'publish', {}, at(NOW));
      return [
        ...told(made, published),
        ...told(published, moved(published, clockwork, 'warn', { stage: 'claim' }, at(later(5)))),
      ];
    };
    expect(post(PLACE)).toEqual([
      ['wish.published', '王桂芳'],
      ['wish.open', `grid_worker@${GRID}`],
      ['wish.claimSoon', `grid_worker@${GRID}`],
      ['wish.claimSoon', `worker@${COMMUNITY}`],
    ]);
    expect(post({ ...noGrid, areas: PLACE.areas.slice(0, -1) })).toEqual([
      ['wish.published', '王桂芳'],
      ['wish.open', `worker@${COMMUNITY}`],
      ['wish.claimSoon', `worker@${COMMUNITY}`],
    ]);
  });

  it('every message a wish can send has words that say what it is given', () => {
    const data = {
      id: idOf('wish'),
      number: 12,
      title: '标题',
      who: '李强',
      reason: '理由',
      note: '说明',
      left: '还差的',
      until: '2026-03-09',
      words: '话',
      score: 2,
      times: 3,
      stage: 'claim',
      to: '12345',
      referral: 'GZ-1',
      into: 7,
      now: 'claimed',
      promise: '诺言',
    };
    for (const [name, { title, body, link }] of Object.entries(wishMessages)) {
      const text = `${title}${body(data)}`;
      expect(text, name).not.toMatch(/undefined|null|\[object|NaN|2026-03/u);
      expect(text, name).toContain('12');
      expect(link?.(data), name).toBe(`/pages/wish/wish?id=${data.id}`);
    }
  });
});
