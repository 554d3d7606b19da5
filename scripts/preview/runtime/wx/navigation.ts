import { phone } from '../phone.ts';
import { call } from './call.ts';
import { EventChannel } from './event-channel.ts';

interface To {
  url: string;
}

const step = (name: string, go: (url: string) => void) =>
  call(name, ({ url }: To) => {
    go(url);
    return {};
  });

export const navigation = {
  navigateTo: call(
    'navigateTo',
    ({ url, events = {} }: To & { events?: Record<string, (...args: unknown[]) => void> }) => {
      const channel = new EventChannel();
      for (const [name, listener] of Object.entries(events)) channel.on(name, listener);
      phone.stack.navigateTo(url, channel);
      return { eventChannel: channel };
    },
  ),
  redirectTo: step('redirectTo', (url) => phone.stack.redirectTo(url)),
  switchTab: step('switchTab', (url) => phone.stack.switchTab(url)),
  reLaunch: step('reLaunch', (url) => phone.stack.reLaunch(url)),
  navigateBack: call('navigateBack', ({ delta = 1 }: { delta?: number }) => {
    phone.stack.navigateBack(delta);
    return {};
  }),
};
