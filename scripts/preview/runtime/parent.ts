import { phone } from './phone.ts';
import { fontScale, setTheme } from './settings.ts';
import { network } from './wx/network-state.ts';

/** What the page around the phone may send by `postMessage`. */
type Message =
  | { haolin: 'open'; url: string }
  | { haolin: 'theme'; theme: 'light' | 'dark' }
  | { haolin: 'fontScale'; scale: number }
  | { haolin: 'network'; online: boolean };

/** Obeys the page that frames the phone: open what a push links to, change the looks, pull the plug. */
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
      case 'network':
        network.online = data.online;
        break;
      default:
    }
  });
}
