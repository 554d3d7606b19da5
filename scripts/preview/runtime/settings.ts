const query = new URLSearchParams(location.search);

/** Who holds this phone, as the address says (`?phone=lin`): storage and sign-in are the phone's own. */
export const phoneName = query.get('phone') ?? 'phone';

/** What the phone's clock shows at first (`?clock=2026-03-09T01:00:00Z`); the browser's time without it. */
export const startsAt = query.get('clock');

export type Theme = 'light' | 'dark';

type Listener<T> = (value: T) => void;

/** One setting of the phone that can change while the mini-program runs. */
class Setting<T> {
  #value: T;
  readonly #listeners = new Set<Listener<T>>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set value(value: T) {
    if (value === this.#value) return;
    this.#value = value;
    for (const listener of this.#listeners) listener(value);
  }

  onChange(listener: Listener<T>): void {
    this.#listeners.add(listener);
  }

  /** Without a listener, forgets all of them, as WeChat's `off…` calls do. */
  offChange(listener?: Listener<T>): void {
    if (listener) this.#listeners.delete(listener);
    else this.#listeners.clear();
  }
}

const dark = matchMedia('(prefers-color-scheme: dark)');

/** `?theme=dark` holds it; otherwise it follows the browser's. Light until the mini-program says it can do dark. */
export const theme = new Setting<Theme>('light');

let canBeDark = false;

/** @param darkmode what `app.json` says: without it WeChat shows everything light */
export function allowDark(darkmode: boolean): void {
  canBeDark = darkmode;
  theme.value = themeNow();
}

/** A page around the phone may switch it, as the phone's own settings would. */
export function setTheme(value: Theme): void {
  theme.value = canBeDark ? value : 'light';
}

function themeNow(): Theme {
  if (!canBeDark) return 'light';
  const asked = query.get('theme');
  if (asked === 'dark' || asked === 'light') return asked;
  return dark.matches ? 'dark' : 'light';
}

dark.addEventListener('change', () => {
  theme.value = themeNow();
});

/** WeChat's text size setting (`?fontScale=1.4`), 1 being the usual size. */
export const fontScale = new Setting(Number(query.get('fontScale') ?? 1) || 1);
