import { beforeEach, describe, expect, it } from 'vitest';
import { askToSignIn, follow, goOn } from '../../../miniprogram/logic/entry';
import { freshPhone, type Phone } from '../phone';

let phone: Phone;
beforeEach(() => {
  phone = freshPhone();
});

/** What WeChat hands to a page's onLoad: the query as it stands in the link. */
const toOf = (way = '') => /\?to=(.*)$/.exec(way)?.[1] ?? '';

describe('the way through sign-in', () => {
  it('leads back to the page that was wanted, with home below it', () => {
    phone.open.push({ route: 'pages/wish/wish', options: { id: 'a&b' } });
    askToSignIn();
    goOn(toOf(phone.ways[0]));
    expect(phone.ways.slice(1)).toEqual(['reLaunch /pages/home/home', 'navigateTo /pages/wish/wish?id=a%26b']);
  });

  it('closes every page of whoever was here before, tabs too', () => {
    phone.open.push({ route: 'pages/inbox/inbox', options: {} });
    askToSignIn();
    goOn(toOf(phone.ways[0]));
    expect(phone.ways.slice(1)).toEqual(['reLaunch /pages/inbox/inbox']);
  });

  it.each(['', 'https%3A%2F%2Felsewhere', '%2Fpages%2Fsign-in%2Fsign-in'])('leads home from %j', (to) => {
    goOn(to);
    expect(phone.ways).toEqual(['reLaunch /pages/home/home']);
  });

  it('is not begun again on the sign-in page itself', () => {
    phone.open.push({ route: 'pages/sign-in/sign-in', options: {} });
    askToSignIn();
    expect(phone.ways).toEqual([]);
  });
});

describe('a link of a message', () => {
  it('opens a tab as a tab, anything else on top', () => {
    follow('/pages/mine/mine');
    follow('/work/today/today');
    expect(phone.ways).toEqual(['switchTab /pages/mine/mine', 'navigateTo /work/today/today']);
  });
});
