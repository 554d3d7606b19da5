import { addGlobalErrorListener } from 'glass-easel';
import { App, launch, shown } from './app.ts';
import { setClock } from './clock.ts';
import './components/index.ts';
import type { Facts } from './facts.ts';
import { Stack } from './pages/stack.ts';
import { listenToParent } from './parent.ts';
import { phone } from './phone.ts';
import { allowDark, startsAt } from './settings.ts';
import { Space } from './space.ts';

/** Brings the mini-program up; called once by the compiled script. */
export function start(facts: Facts): void {
  Object.assign(globalThis, { App, getApp: () => phone.app, getCurrentPages: () => phone.stack.instances() });
  addGlobalErrorListener((error) => {
    console.error(error);
    return false;
  });
  if (startsAt !== null) setClock(startsAt);
  allowDark(facts.app.darkmode === true);
  const space = new Space(facts);
  phone.facts = facts;
  phone.stack = new Stack(space, facts);
  space.runApp();
  launch(phone.stack.begin());
  document.addEventListener('visibilitychange', () => shown(document.visibilityState === 'visible'));
  listenToParent();
}
