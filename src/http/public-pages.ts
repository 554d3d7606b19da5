import { createHash } from 'node:crypto';
import type { HaolinError } from '../core/errors.ts';
import type { PublicPage } from '../core/feature.ts';
import type { House } from '../core/house.ts';
import { html } from '../core/html.ts';
import { nowhere } from './errors.ts';
import { framed, PAGE_POLICY } from './frame.ts';
import { refuseHazards } from './hazards.ts';
import { otherTitle, titles } from './messages.ts';
import { pack } from './pack.ts';
import type { Context, Endpoint } from './state.ts';

/** Pages of the features that anybody reads in a browser: the same for everybody, so they may be kept for a moment. */

/** What people decide may wait so long to be seen by strangers; a page asked for again and again is not made each time. */
const CACHE = 'public, max-age=60';

export function pageEndpoint(page: PublicPage, house: House): Endpoint {
  return async (ctx, rawParams) => {
    for (const value of Object.values(rawParams)) refuseHazards(value);
    const params = page.params.safeParse(rawParams);
    // An address that cannot be one leads nowhere: nobody filled in a form.
    if (!params.success) throw nowhere();
    const shown = await page.show(params.data as never, house);
    const { publicUrl } = house.settings;
    const text = framed({ ...shown, url: publicUrl === undefined ? undefined : publicUrl + ctx.path });
    ctx.status = 200;
    ctx.set({ 'Content-Security-Policy': PAGE_POLICY, 'Cache-Control': CACHE });
    ctx.etag = createHash('sha256').update(text).digest('base64url').slice(0, 22);
    ctx.type = 'text/html; charset=utf-8';
    if (ctx.fresh) {
      ctx.status = 304;
      return;
    }
    ctx.body = text;
    await pack(ctx);
  };
}

/** Whether a path is one of people's: whatever goes wrong there is told them on a page. */
export function forPeople(pages: readonly PublicPage[]): (path: string) => boolean {
  const roots = new Set(pages.map(({ path }) => path.split('/')[1]));
  return (path) => roots.has(path.split('/')[1]);
}

/** Says on a page what went wrong. */
export function answerPage(ctx: Context, { status, detail }: Pick<HaolinError, 'status' | 'detail'>): void {
  const title = titles[status] ?? otherTitle;
  ctx.set({ 'Content-Security-Policy': PAGE_POLICY, 'Content-Type': 'text/html; charset=utf-8' });
  ctx.body = framed({
    title,
    description: detail,
    body: html`<header><h1>${title}</h1><p>${detail}</p></header>`,
  });
}
