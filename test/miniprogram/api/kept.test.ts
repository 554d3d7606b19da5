import { beforeEach, describe, expect, it } from 'vitest';
import { keep, kept, recall, remember } from '../../../miniprogram/api/kept';
import { freshPhone, type Phone } from '../phone';

let phone: Phone;
beforeEach(() => {
  phone = freshPhone();
});

describe('what a phone keeps', () => {
  it('forgets what was seen longest ago', () => {
    for (let n = 0; n < 40; n++) remember(`list ${n}`, [n]);
    remember('list 20', ['again']);
    remember('new', [1]);
    expect([recall('list 0'), recall('list 16'), recall('list 17'), recall('list 20')]).toEqual([
      undefined,
      undefined,
      [17],
      ['again'],
    ]);
    expect(phone.storage.size).toBe(25);
  });

  it('gives what was seen up for what is being written, and never fails when it is full', () => {
    for (let n = 0; n < 5; n++) remember(`list ${n}`, [n]);
    phone.room = phone.storage.size;
    keep('draft', { text: '想要' });
    expect(kept('draft')).toEqual({ text: '想要' });
    expect(recall('list 4')).toBeUndefined();
    phone.room = 0;
    remember('list', [1]);
    keep('another', 1);
    expect([recall('list'), kept('another')]).toEqual([undefined, undefined]);
  });
});
