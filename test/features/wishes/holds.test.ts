import { describe, expect, it } from 'vitest';
import { nameOf, type Recipient } from '../../../src/core/outbox.ts';
import { HOUR } from '../../../src/core/time.ts';
import { type WishDoc, type WishMoveName, wishes } from '../../../src/features/wishes/index.ts';
import {
  clockwork,
  FACTS,
  granny,
  gridWorker,
  idOf,
  later,
  li,
  moved,
  NOW,
  secretary,
  sentinel,
  submitted,
} from '../../support/wishes.ts';

/** What a story tells at night, and what of it is still said in the morning, by the wish as it is then. */

interface Step {
  by: Parameters<typeof moved>[1];
  move: WishMoveName;
  input?: unknown;
  extra?: Parameters<typeof moved>[4];
}

function lived(wish: WishDoc, ...steps: Step[]): WishDoc {
  return steps.reduce((now, { by, move, input = {}, extra }) => moved(now, by, move, input, extra), wish);
}

/** Of these messages, for these people, those that are still said. */
function said(wish: WishDoc, now = new Date(NOW.getTime() + 10 * HOUR)): string[] {
  const readers = (to: Recipient) =>
    'person' in to ? [to.person] : nameOf(to).startsWith('secretary@') ? [secretary.id] : [gridWorker.id];
  const held = wish.outbox.flatMap(({ to, message, data }) =>
    readers(to).flatMap((reader) =>
      wishes.messages[message]?.holds?.(wish, { to: reader, data, now }) ? [message] : [],
    ),
  );
  return [...new Set(held)].sort();
}

const offered = { facts: { ...FACTS, sentinel: { id: sentinel.id, name: sentinel.name } } };
const publish: Step = { by: secretary, move: 'publish' };
const claim: Step = { by: li, move: 'claim' };
const done: Step = { by: li, move: 'done', input: { note: '送到家里了' } };

describe('in the morning', () => {
  it('nobody is asked to take in what they published themselves', () => {
    expect(said(submitted())).toEqual(['wish.toPublish']);
    expect(said(lived(submitted(), { by: gridWorker, move: 'publish' }))).not.toContain('wish.toPublish');
    const urgent = submitted({ urgent: true });
    expect(said(urgent)).toEqual(['wish.toPublishUrgent']);
    expect(said(lived(urgent, publish))).not.toContain('wish.toPublishUrgent');
  });

  it('the sentinel who claimed what was offered is not offered it', () => {
    const wish = lived(submitted(), { ...publish, extra: offered });
    expect(said(wish)).toContain('wish.offered');
    expect(said(lived(wish, { by: sentinel, move: 'claim' }))).not.toContain('wish.offered');
    expect(said(lived(wish, { by: sentinel, move: 'pass' }))).not.toContain('wish.offered');
  });

  it('whoever wished hears how it stands, and not every step of the night', () => {
    const wish = lived(submitted(), publish, claim, { by: li, move: 'contact' }, done);
    expect(said(wish).filter((message) => !message.startsWith('wish.to'))).toEqual(['wish.done']);
    expect(said(lived(wish, { by: granny, move: 'rate', input: { score: 5 } }))).toEqual(['wish.rated']);
  });

  it('who lost a claim and has it again is not told to leave it', () => {
    const lapsed = lived(submitted(), publish, claim, {
      by: secretary,
      move: 'assign',
      input: { to: idOf('赵磊') },
      extra: { facts: { assignee: { id: idOf('赵磊'), name: '赵磊', serves: true } } },
    });
    expect(said(lapsed)).toEqual(expect.arrayContaining(['wish.takenOver', 'wish.handedOver']));
    const dataOf = (message: string) => lapsed.outbox.findLast((one) => one.message === message)?.data;
    expect(dataOf('wish.assigned')).toMatchObject({ from: li.name });
    for (const message of ['wish.handedOver', 'wish.takenOver']) expect(dataOf(message)).toMatchObject({ who: '赵磊' });
    const again = lived(lapsed, {
      by: secretary,
      move: 'assign',
      input: { to: li.id },
      extra: { facts: { assignee: { id: li.id, name: li.name, serves: true } } },
    });
    expect(again.outbox.filter(({ message }) => message === 'wish.takenOver')).toHaveLength(2);
    expect(said(again)).toContain('wish.assigned');
    expect(said(lived(again, { by: li, move: 'contact' }))).not.toContain('wish.assigned');
  });

  it('those who follow a merged wish hear of the state it has', () => {
    const follower = { followers: [{ id: idOf('另一条'), number: 9, authors: [idOf('孙静')] }] };
    const wish = lived(submitted(), { by: clockwork, move: 'absorb', input: follower }, publish, claim);
    const follows = wish.outbox.filter(({ message }) => message === 'wish.follow');
    expect(follows.map(({ data }) => data.now)).toEqual(['published', 'claimed']);
    const now = later(1);
    const held = follows.filter(({ data }) => wishes.messages['wish.follow']?.holds?.(wish, { to: '', data, now }));
    expect(held.map(({ data }) => data.now)).toEqual(['claimed']);
    const ended = lived(
      submitted(),
      { by: clockwork, move: 'absorb', input: follower },
      { by: granny, move: 'withdraw' },
    );
    expect(said(ended)).toContain('wish.followEnded');
  });

  it('a longer time than was told is the time that counts', () => {
    const wish = lived(submitted(), publish, claim);
    const day = (days: number) => later(days).toISOString().slice(0, 10);
    const once = lived(wish, { by: li, move: 'extend', input: { until: day(28), reason: '等货' } });
    expect(said(once)).toContain('wish.extended');
    const twice = lived(once, { by: li, move: 'extend', input: { until: day(33), reason: '还在等货' } });
    expect(said(twice)).toContain('wish.extendedTwice');
    const told = twice.outbox.filter(({ message }) => message === 'wish.extended');
    const held = told.filter(({ data }) =>
      wishes.messages['wish.extended']?.holds?.(twice, { to: granny.id, data, now: NOW }),
    );
    expect(held.map(({ data }) => data.until)).toEqual([day(33)]);
  });

  it('what is left of a wish, and people who stay unhappy, are spoken of while that is so', () => {
    const partly = lived(submitted(), publish, claim, {
      by: li,
      move: 'partial',
      input: { note: '先送了旧的', left: '新的还没到' },
    });
    const asked = moved(partly, clockwork, 'warn', { stage: 'rate' }, { now: partly.warnAt.rate ?? NOW });
    expect(said(asked)).toContain('wish.askPartial');
    expect(said(lived(asked, { ...done, input: { note: '新的也送到了' } }))).not.toContain('wish.askPartial');
    let unhappy = lived(submitted(), publish, claim, done);
    for (let times = 0; times < 3; times += 1) {
      const at = { now: new Date(unhappy.updatedAt.getTime() + 24 * HOUR) };
      unhappy = moved(unhappy, granny, 'rate', { score: 1 }, at);
      if (times < 2) unhappy = moved(unhappy, li, 'done', { note: '又去了一次' }, at);
    }
    expect(unhappy.outbox.map(({ message }) => message)).toContain('wish.unhappyAgain');
    const street = { to: '', data: {}, now: NOW };
    expect(wishes.messages['wish.unhappyAgain']?.holds?.(unhappy, street)).toBe(true);
    const content = moved(
      unhappy,
      li,
      'done',
      { note: '这次好了' },
      { now: new Date(unhappy.updatedAt.getTime() + HOUR) },
    );
    expect(wishes.messages['wish.unhappyAgain']?.holds?.(content, street)).toBe(false);
  });
});
