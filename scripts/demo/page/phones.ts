import { offer } from './cast.ts';
import { type Person, signInAs } from './house.ts';

/** The preview keeps what a phone stores under this name; see `scripts/preview/runtime/wx/storage.ts`. */
const stored = (phone: string, key: string) => `haolin-phone:${phone}:${key}`;

/** Where the preview keeps that its person agreed to the privacy guide; see `scripts/preview/runtime/wx/privacy.ts`. */
const agreed = (phone: string) => `haolin-privacy:${phone}`;

/** A phone's clock goes on by itself: only when the demo's was moved are they so far apart. */
const APART_MS = 10_000;

/** A phone on the page: a frame with the mini-program and the choice of who holds it. */
export interface Phone {
  /** Puts it into somebody's hands. */
  hold(person: string): Promise<void>;
  holder(): string;
  /** Opens a page of the mini-program, as after a press on a push; waits until the phone is there to be told. */
  open(url: string): Promise<void>;
  /** Tells it that something arrived for whoever holds it. */
  arrived(): void;
  /** Tells it what time it is in the demo. */
  setClock(now: Date): void;
}

/** Adds a phone to the page. @param now the demo's time */
export function addPhone(place: HTMLElement, people: readonly Person[], label: string, now: Date): Phone {
  const frame = document.createElement('iframe');
  frame.title = label;
  const choice = document.createElement('select');
  choice.setAttribute('aria-label', `${label}在谁手里`);
  offer(choice, people);
  const bar = document.createElement('div');
  bar.className = 'bar';
  bar.append(choice);
  const box = document.createElement('div');
  box.className = 'phone';
  box.append(bar, frame);
  place.append(box);

  /** How far the demo is ahead of this browser. */
  let ahead = now.getTime() - Date.now();
  let hears = Promise.resolve();
  const demoTime = () => new Date(Date.now() + ahead).toISOString();
  const tell = (message: object) => frame.contentWindow?.postMessage(message, location.origin);

  /** Resolves once the phone of this person stands in the frame and hears what it is told. */
  function heardBy(person: string): Promise<void> {
    return new Promise((resolve) => {
      addEventListener('message', function listen({ data, source, origin }: MessageEvent) {
        if (origin !== location.origin || source !== frame.contentWindow) return;
        if (data?.haolin !== 'ready' || data.phone !== person) return;
        removeEventListener('message', listen);
        resolve();
      });
    });
  }

  async function hold(person: string): Promise<void> {
    choice.value = person;
    hears = heardBy(person);
    // Signed in and agreed before it opens; who wants to see signing in presses 退出登录.
    localStorage.setItem(agreed(person), 'agreed');
    const session = stored(person, 'session');
    if (localStorage.getItem(session) === null) {
      localStorage.setItem(session, JSON.stringify({ type: 'object', data: await signInAs(person) }));
    }
    const query = new URLSearchParams({ phone: person, clock: demoTime() });
    frame.src = `/phone/?${query}`;
  }

  choice.addEventListener('change', () => void hold(choice.value));
  return {
    hold,
    holder: () => choice.value,
    async open(url) {
      await hears;
      tell({ haolin: 'open', url });
    },
    arrived() {
      void hears.then(() => tell({ haolin: 'arrived' }));
    },
    setClock(time) {
      const next = time.getTime() - Date.now();
      if (Math.abs(next - ahead) < APART_MS) return;
      ahead = next;
      void hears.then(() => tell({ haolin: 'clock', now: demoTime() }));
    },
  };
}
