import { type Person, signInAs } from './house.ts';

/** The preview keeps what a phone stores under this name; see `scripts/preview/runtime/wx/storage.ts`. */
const stored = (phone: string, key: string) => `haolin-phone:${phone}:${key}`;

/** Where the preview keeps that its person agreed to the privacy guide; see `scripts/preview/runtime/wx/privacy.ts`. */
const agreed = (phone: string) => `haolin-privacy:${phone}`;

/** A phone on the page: a frame with the mini-program and the choice of who holds it. */
export interface Phone {
  /** Puts it into somebody's hands. */
  hold(person: string): Promise<void>;
  holder(): string;
  /** Opens a page of the mini-program, as after a press on a push. */
  open(url: string): void;
}

/** Adds a phone to the page. */
export function addPhone(place: HTMLElement, people: readonly Person[], label: string): Phone {
  const frame = document.createElement('iframe');
  frame.title = label;
  const choice = document.createElement('select');
  choice.setAttribute('aria-label', `${label}在谁手里`);
  for (const { id, name, area } of people) choice.add(new Option(`${name} · ${area.name}`, id));
  const bar = document.createElement('div');
  bar.className = 'bar';
  bar.append(choice);
  const box = document.createElement('div');
  box.className = 'phone';
  box.append(bar, frame);
  place.append(box);

  async function hold(person: string): Promise<void> {
    choice.value = person;
    // Signed in and agreed before it opens; who wants to see signing in presses 退出登录.
    localStorage.setItem(agreed(person), 'agreed');
    const session = stored(person, 'session');
    if (localStorage.getItem(session) === null) {
      localStorage.setItem(session, JSON.stringify({ type: 'object', data: await signInAs(person) }));
    }
    frame.src = `/phone/?phone=${encodeURIComponent(person)}`;
  }

  choice.addEventListener('change', () => void hold(choice.value));
  return {
    hold,
    holder: () => choice.value,
    open: (url) => frame.contentWindow?.postMessage({ haolin: 'open', url }, location.origin),
  };
}
