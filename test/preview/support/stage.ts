import { type Browser, type BrowserContextOptions, chromium, type Page, type Route } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { compilePreview, type Preview } from '../../../scripts/preview/index.ts';
import { CHROMIUM } from '../../../scripts/screens/browser.ts';
import { until } from '../../support/until.ts';
import { type Files, withMiniProgram } from './mini-program.ts';

export const ORIGIN = 'http://phone.test';

/** What `README.md` of the preview asks of a server: the tests hold the preview to it. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self' blob:";

export interface ShowOptions extends BrowserContextOptions {
  /** What stands behind the origin in the address: `?theme=dark#/pages/b/b`. */
  at?: string;
  /** Answers requests that are not for the preview itself. */
  api?: (route: Route) => Promise<void>;
}

/** A mini-program in a phone of 390×844, and what went wrong in it. */
export interface Phone {
  page: Page;
  /** Errors of the console and uncaught ones. */
  errors: string[];
}

/** One for all test files of a process; it goes with the process. */
let browser: Promise<Browser> | undefined;

/** What was compiled last, and of which files: tests beside one another often show the same. */
let compiled: { files: string; preview: Preview } | undefined;

/** Compiles a mini-program and opens it. */
export async function show(files: Files, options: ShowOptions = {}): Promise<Phone> {
  const written = JSON.stringify(files);
  if (compiled?.files !== written) {
    compiled = { files: written, preview: await withMiniProgram(files, (source) => compilePreview({ source })) };
  }
  return open(compiled.preview, options);
}

export async function open(preview: Preview, { at = '', api, ...options }: ShowOptions = {}): Promise<Phone> {
  browser ??= chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  const context = await (await browser).newContext({
    viewport: { width: 390, height: 844 },
    reducedMotion: 'reduce',
    ...options,
  });
  // A page that stays open goes on drawing and takes its share of the machine.
  onTestFinished(() => context.close());
  const page = await context.newPage();
  // Long enough for a machine that does other things too, short enough to say which step it was.
  page.setDefaultTimeout(15_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const headers = { 'content-security-policy': POLICY };
    if (pathname === '/') await route.fulfill({ body: preview.html, contentType: 'text/html', headers });
    else if (pathname === '/preview.js') await route.fulfill({ body: preview.js, contentType: 'text/javascript' });
    else if (pathname === '/preview.css') await route.fulfill({ body: preview.css, contentType: 'text/css' });
    else if (api) await api(route);
    else await route.fulfill({ status: 404, body: 'not found' });
  });
  await page.goto(`${ORIGIN}/${at}`);
  return { page, errors };
}

/**
 * A page that keeps what it is told: every method named is a handler that pushes its `e.detail` on `globalThis.told`.
 * @param body more of the page's definition, such as `data: { a: 1 },`
 */
export const tellingPage = (body: string, ...handlers: string[]): string => `
const told = ((globalThis as { told?: unknown[] }).told ??= []);
Page({
  ${body}
  ${handlers.map((name) => `${name}(e: { type: string; detail: unknown }) { told.push([e.type, e.detail]); },`).join('\n')}
});`;

/** Waits until an expression is true on a page; asked from here, since a page forbids itself to evaluate text again and again. */
export const holdsOn = (page: Page, expression: string): Promise<unknown> => until(() => page.evaluate(expression));

/**
 * What a `tellingPage` was told so far, as `[type, detail]`; it is forgotten then.
 * @param count waits until at least so many have come
 */
export async function told(page: Page, count = 0): Promise<unknown[]> {
  await page.waitForFunction((wanted) => ((globalThis as { told?: unknown[] }).told ?? []).length >= wanted, count);
  return page.evaluate(() => {
    const kept = (globalThis as { told?: unknown[] }).told ?? [];
    return JSON.parse(JSON.stringify(kept.splice(0))) as unknown[];
  });
}
