import { shown } from './app.ts';
import { passTo } from './clock.ts';
import { phone } from './phone.ts';
import { fontScale, phoneName, setTheme } from './settings.ts';
import { network } from './wx/network-state.ts';

/** What the page around the phone may send by `postMessage`. */
type Message =
  | { haolin: 'open'; url: string }
  | { haolin: 'theme'; theme: 'light' | 'dark' }
  | { haolin: 'fontScale'; scale: number }
  | { haolin: 'clock'; now: string }
  | { haolin: 'arrived' }
  | { haolin: 'network'; online: boolean };

/** Obeys the page that frames the phone: open what a push links to, change the looks, move the clock, pull the plug. */
export function listenToParent(): void {
  addEventListener('message', ({ data, origin }: MessageEvent<Message | undefined>) => {
    if (origin !== location.origin || !data) return;
    switch (data.haolin) {
      case 'open':
        phone.stack.reLaunch(data.url);
        break;
      case 'theme':
        setTheme(data.theme);
        break;
      case 'fontScale':
        fontScale.value = data.scale;
        break;
      case 'clock':
        passTo(data.now);
        break;
      case 'arrived':
        lookAtNotice();
        break;
      case 'network':
        network.online = data.online;
        break;
      default:
    }
  });
  // Whoever frames several phones, one after the other in one frame, is told which of them hears now.
  if (parent !== window) parent.postMessage({ haolin: 'ready', phone: phoneName }, location.origin);
}

/** A notice came and its person looked at it: a tab is left and shown again. Whatever covers the tabs is left in peace. */
function lookAtNotice(): void {
  if (!phone.stack.isTabOnTop) return;
  shown(false);
  shown(true);
}
