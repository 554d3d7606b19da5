/** Pages of the mini-program without their screens: their scripts, as the phone runs them. */
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import type { Answer } from '../../miniprogram/api/ask';
import { freshPhone, type Phone } from './phone';

export type Me = Answer<'getMe'>;

/** A page that was opened: whatever its script defines, and what it has set. */
export type OpenPage = Record<string, (...given: unknown[]) => unknown> & { data: Record<string, unknown> };

export interface Pocket extends Phone {
  /** Every call of `wx` that does something to the phone, with its options. */
  did: [name: string, options: Record<string, unknown>][];
  /** What people answer to the next dialogs. */
  say(...answers: { confirm: boolean; content?: string }[]): void;
  /** Opens a page of `miniprogram/`: `pages/wish/wish`. It lies on top of those opened before. */
  visit(path: string, query?: Record<string, string>): Promise<OpenPage>;
  /** Takes the top page away, as the phone's own way back does. */
  back(): void;
  /** Closes all pages; what they meant to do a moment later is not done to the next phone. */
  putAway(): void;
}

const SOURCE = fileURLToPath(new URL('../../miniprogram', import.meta.url));

const CALLS = [
  'navigateTo',
  'navigateBack',
  'redirectTo',
  'switchTab',
  'setNavigationBarTitle',
  'showToast',
  'makePhoneCall',
  'setTabBarBadge',
  'removeTabBarBadge',
  'pageScrollTo',
  'stopPullDownRefresh',
] as const;

/** A phone in somebody's hands, whose house is asked by `house`. */
export async function phoneOf(person: Me): Promise<Pocket> {
  vi.resetModules();
  scripts = new Map();
  const phone = freshPhone();
  const did: Pocket['did'] = [];
  const answers: { confirm: boolean; content?: string }[] = [];
  const stack: { route: string; page: OpenPage }[] = [];
  const calls = CALLS.map((name) => [name, async (options: Record<string, unknown>) => void did.push([name, options])]);
  Object.assign(wx, Object.fromEntries(calls), { showModal: async () => answers.shift() ?? { confirm: false } });
  Object.assign(globalThis, { getCurrentPages: () => stack.map(({ route, page }) => Object.assign(page, { route })) });
  phone.answer(() => ({ statusCode: 200, data: { token: 't', person } }));
  const { signInAs } = await import('../../miniprogram/api/session');
  await signInAs(person.id);
  phone.sent.length = 0;
  return {
    ...phone,
    did,
    say: (...next) => void answers.push(...next),
    async visit(path, query = {}) {
      const page = living(await scriptOf(path));
      stack.at(-1)?.page.onHide?.();
      stack.push({ route: path, page });
      page.onLoad?.(query);
      page.onShow?.();
      return page;
    },
    back() {
      stack.pop()?.page.onUnload?.();
      stack.at(-1)?.page.onShow?.();
    },
    putAway() {
      for (const { page } of stack.splice(0)) page.onUnload?.();
    },
  };
}

/** The scripts that ran already on this phone: opening a page again runs none anew. */
let scripts = new Map<string, Record<string, unknown>>();

async function scriptOf(path: string): Promise<Record<string, unknown>> {
  Object.assign(globalThis, { Page: (given: Record<string, unknown>) => void scripts.set(path, given) });
  await import(/* @vite-ignore */ `${SOURCE}/${path}.ts`);
  return scripts.get(path) ?? {};
}

const copy = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

function living(script: Record<string, unknown>): OpenPage {
  const page = {
    ...script,
    data: copy(script.data ?? {}) as Record<string, unknown>,
    selectComponent: () => null,
    setData(change: Record<string, unknown>) {
      for (const [path, value] of Object.entries(change)) {
        if (value === undefined) throw new TypeError(`${path} is set to undefined`);
        set(page.data, path.split(/[.[\]]+/u).filter(Boolean), copy(value));
      }
    },
  };
  return page as unknown as OpenPage;
}

function set(into: Record<string, unknown>, [name = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    into[name] = value;
    return;
  }
  into[name] ??= {};
  set(into[name] as Record<string, unknown>, rest, value);
}

/** An event of an element with these `data-*`. */
export const from = (dataset: Record<string, unknown>, detail: unknown = {}) => ({
  currentTarget: { dataset },
  detail,
});

/** Lets what was asked be answered. */
export const settle = () => new Promise((done) => setTimeout(done, 5));
