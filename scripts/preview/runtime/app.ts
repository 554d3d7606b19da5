import { phone } from './phone.ts';
import { theme } from './settings.ts';

export interface LaunchOptions {
  path: string;
  query: Record<string, string>;
  scene: number;
  referrerInfo: Record<string, never>;
}

interface AppHooks {
  onLaunch?(options: LaunchOptions): void;
  onShow?(options: LaunchOptions): void;
  onHide?(): void;
  onPageNotFound?(page: { path: string; query: Record<string, string>; isEntryPage: boolean }): void;
  onThemeChange?(change: { theme: string }): void;
  onError?(message: string): void;
  onUnhandledRejection?(rejection: { reason: unknown; promise: Promise<unknown> }): void;
}

/** Opened from the list of mini-programs; WeChat's number for it. */
const SCENE = 1001;

let entered: LaunchOptions | undefined;

/** WeChat's `App()`: what it is given becomes what `getApp()` returns. */
export function App(definition: AppHooks & Record<string, unknown>): void {
  phone.app = definition;
}

const hooks = (): AppHooks => (phone.app ?? {}) as AppHooks;

/** Runs what the app does at the start, then shows the first page. */
export function launch({ path, query }: { path: string; query: Record<string, string> }): void {
  entered = { path, query, scene: SCENE, referrerInfo: {} };
  hooks().onLaunch?.(entered);
  hooks().onShow?.(entered);
  addEventListener('error', ({ message }) => hooks().onError?.(message));
  addEventListener('unhandledrejection', ({ reason, promise }) => hooks().onUnhandledRejection?.({ reason, promise }));
  theme.onChange((value) => hooks().onThemeChange?.({ theme: value }));
  phone.stack.first(path, query);
}

/** The phone was locked or the window left, and the other way round. */
export function shown(visible: boolean): void {
  if (visible && entered) hooks().onShow?.(entered);
  else hooks().onHide?.();
  phone.stack.top?.[visible ? 'show' : 'hide']();
}

/** How the mini-program was opened: `wx.getLaunchOptionsSync()`. */
export const launchOptions = (): LaunchOptions | undefined => entered;

/** A page nobody knows was asked for. @returns whether the app looks after it */
export function pageNotFound(path: string, query: Record<string, string>, isEntryPage: boolean): boolean {
  const hook = hooks().onPageNotFound;
  hook?.call(phone.app as AppHooks, { path, query, isEntryPage });
  return hook !== undefined;
}
