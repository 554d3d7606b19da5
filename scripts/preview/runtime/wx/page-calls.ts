import { pixelsOf } from '../dom/units.ts';
import type { Page } from '../pages/page.ts';
import { phone } from '../phone.ts';
import { call, WxFailure } from './call.ts';

function top(): Page {
  const page = phone.stack.top;
  if (!page) throw new WxFailure('no page');
  return page;
}

/** A call that does something to the page on top, or to the tab bar, and answers nothing. */
const simple = <O extends object>(name: string, act: (options: O) => void) =>
  call(name, (options: O) => {
    act(options);
    return {};
  });

interface ScrollOptions {
  scrollTop?: number;
  selector?: string;
  duration?: number;
  offsetTop?: number;
}

function pageScrollTo({ scrollTop, selector, duration = 300, offsetTop = 0 }: ScrollOptions): void {
  const { frame } = top();
  if (scrollTop !== undefined) {
    frame.scrollTo(scrollTop, duration);
    return;
  }
  const found = top().find(selector ?? '');
  if (!found) throw new WxFailure(`selector "${selector}" is not found`);
  const distance = found.getBoundingClientRect().top - frame.scroller.getBoundingClientRect().top;
  frame.scrollTo(frame.scroller.scrollTop + distance + pixelsOf(offsetTop), duration);
}

/** The bar can be written on only while a page that has it is on top. */
const tabBar = () => {
  const bar = phone.stack.screen.tabBar;
  if (!bar || bar.element.hidden) throw new WxFailure('not TabBar page');
  return bar;
};

export const pageCalls = {
  setNavigationBarTitle: simple<{ title: string }>('setNavigationBarTitle', ({ title }) => {
    const { nav } = top().frame;
    if (nav) nav.title = title;
    document.title = title;
  }),
  setNavigationBarColor: simple<{ frontColor: string; backgroundColor: string }>(
    'setNavigationBarColor',
    ({ frontColor, backgroundColor }) => top().frame.nav?.setColors(frontColor, backgroundColor),
  ),
  showNavigationBarLoading: simple('showNavigationBarLoading', () => busy(true)),
  hideNavigationBarLoading: simple('hideNavigationBarLoading', () => busy(false)),
  pageScrollTo: simple<ScrollOptions>('pageScrollTo', pageScrollTo),
  startPullDownRefresh: simple('startPullDownRefresh', () => top().frame.pull?.start()),
  stopPullDownRefresh: simple('stopPullDownRefresh', () => top().frame.pull?.stop()),
  setTabBarBadge: simple<{ index: number; text: string }>('setTabBarBadge', ({ index, text }) =>
    tabBar().badge(index, text),
  ),
  removeTabBarBadge: simple<{ index: number }>('removeTabBarBadge', ({ index }) => tabBar().badge(index, undefined)),
  showTabBarRedDot: simple<{ index: number }>('showTabBarRedDot', ({ index }) => tabBar().badge(index, '')),
  hideTabBarRedDot: simple<{ index: number }>('hideTabBarRedDot', ({ index }) => tabBar().badge(index, undefined)),
  showShareMenu: simple('showShareMenu', () => undefined),
  hideShareMenu: simple('hideShareMenu', () => undefined),
  hideHomeButton: simple('hideHomeButton', () => top().frame.nav?.ways(false, false)),
};

function busy(on: boolean): void {
  const { nav } = top().frame;
  if (nav) nav.busy = on;
}
