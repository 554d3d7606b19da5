import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { from, type OpenPage, type Pocket, phoneOf, settle } from '../pocket';

const AREA = '520201011001';
const ME = { id: 'r1', name: '王秀英', roles: [{ role: 'resident' as const, area: AREA }], areas: ['5202', AREA] };

let phone: Pocket;
let page: OpenPage;
beforeEach(async () => {
  phone = await phoneOf(ME);
  phone.answer(({ url }) => ({
    statusCode: 201,
    data: url.endsWith('/wishes') ? { id: 'w1', number: 1 } : { items: [] },
  }));
  page = await phone.visit('pages/make/make');
});
afterEach(() => phone.putAway());
const write = (on: OpenPage, value: string) => on.write?.(from({}, { value }));
const photos = (on: OpenPage, change: object) => on.photos?.(from({}, { ids: [], busy: false, failed: 0, ...change }));
const posted = () =>
  phone.sent.filter(({ url }) => url.endsWith('/wishes')).map(({ data }) => JSON.parse(String(data)));

it('sends exactly what it read back, also when it was begun on another day', async () => {
  write(page, '想要一个电饭煲');
  photos(page, { ids: ['p1'] });
  phone.back();
  const again = await phone.visit('pages/make/make');
  expect(again.data.form).toMatchObject({ text: '想要一个电饭煲', photos: ['p1'] });
  again.read?.();
  expect(again.data.sentence).toContain('附了1张照片');
  await again.send?.();
  expect(posted()).toEqual([expect.objectContaining({ text: '想要一个电饭煲', photos: ['p1'] })]);
  await again.send?.();
  expect(posted()).toHaveLength(1);
});

it('has its photos and its words still when somebody goes back to change it', () => {
  write(page, '想要一个电饭煲');
  photos(page, { ids: ['p1', 'p2'] });
  page.read?.();
  page.back?.();
  expect(page.data).toMatchObject({ step: 'write', form: { text: '想要一个电饭煲', photos: ['p1', 'p2'] } });
});

it('does not go without a photo that failed or is on its way, and says so', () => {
  write(page, '想要一个电饭煲');
  for (const change of [{ busy: true }, { failed: 2 }]) {
    photos(page, change);
    page.read?.();
    expect(page.data).toMatchObject({ step: 'write', state: { trouble: expect.stringContaining('照片') } });
  }
  photos(page, { ids: ['p1'] });
  page.read?.();
  expect(page.data.step).toBe('read');
});

it('leaves a field alone while somebody types into it', async () => {
  const set = vi.spyOn(page, 'setData' as never);
  write(page, '想要一台收音机');
  page.field?.(from({ field: 'address' }, { value: '3栋2单元' }));
  expect(JSON.stringify(set.mock.calls)).not.toMatch(/收音机|3栋/u);
  page.flip?.(from({ field: 'urgent' }, { value: true }));
  expect(page.data.form).toMatchObject({ urgent: true });
  await settle();
});
