import { shown } from './app.ts';

const BrowserDate = Date;
let ahead = 0;

const now = (): number => BrowserDate.now() + ahead;

/** What the mini-program finds under `Date`: the browser's own, with the time of the page around the phone. */
const PhoneDate = new Proxy(BrowserDate, {
  construct: (target, values: unknown[], made) =>
    Reflect.construct(target, values.length === 0 ? [now()] : values, made),
  apply: () => new BrowserDate(now()).toString(),
  get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
});

/** Sets the phone's clock, which then goes on by itself. Before the mini-program starts. @param at as `Date` takes it */
export function setClock(at: string | number): void {
  const time = new BrowserDate(at).getTime();
  if (Number.isNaN(time)) return;
  ahead = time - BrowserDate.now();
  globalThis.Date = PhoneDate;
}

/** Lets the phone lie until it is that late: it is put away, and taken up again. */
export function passTo(at: string | number): void {
  shown(false);
  setClock(at);
  shown(true);
}
