type Listener = (state: { isConnected: boolean; networkType: string }) => void;

const listeners = new Set<Listener>();
let plugged = true;

/** Whether the phone has a network: the browser's own, unless the page around the phone pulled the plug. */
export const network = {
  get online(): boolean {
    return plugged && navigator.onLine;
  },
  set online(on: boolean) {
    plugged = on;
    tell();
  },
  get type(): 'wifi' | 'none' {
    return network.online ? 'wifi' : 'none';
  },
  onChange: (listener: Listener): void => {
    listeners.add(listener);
  },
  offChange: (listener?: Listener): void => {
    if (listener) listeners.delete(listener);
    else listeners.clear();
  },
};

function tell(): void {
  for (const listener of listeners) listener({ isConnected: network.online, networkType: network.type });
}

addEventListener('online', tell);
addEventListener('offline', tell);
