import { afterEach, expect, it } from 'vitest';
import type { Pack } from '../../../miniprogram/logic/ballot';
import { refusedBy } from '../house';
import type { Reply } from '../phone';
import { from, type Pocket, phoneOf, settle } from '../pocket';

const PACK = {
  code: 'residents-meeting',
  version: 1,
  title: '居民会议表决',
  effectiveFrom: '1990-01-01',
  source: { text: '组织法' },
  verified: false,
  note: '请对照新法',
  sentences: ['一户一票。', '通过要超过一半。'],
  variants: [{ code: 'v', title: '大事', matters: ['卖地', '借钱'], sentences: ['一户一票。', '通过要四分之三。'] }],
} as unknown as Pack;
const confirmed = { by: '方毅', at: '2026-03-01T00:00:00.000Z', note: '对照过第四章' };

let phone: Pocket;
afterEach(() => phone.putAway());

async function open(role: 'admin' | 'secretary') {
  phone = await phoneOf({ id: 'p1', name: '方毅', roles: [{ role, area: '9900' }], areas: [] });
  phone.answer(({ method }): Reply => {
    const { note: _whatToCheck, ...rest } = PACK;
    return { statusCode: 200, data: method === 'GET' ? { items: [PACK] } : { ...rest, verified: true, confirmed } };
  });
  const page = await phone.visit('work/packs/packs');
  await settle();
  return page;
}

it('an admin reads what a rule says and confirms its version once, with a note', async () => {
  const page = await open('admin');
  expect(page.data).toMatchObject({
    confirms: true,
    cards: [
      {
        tag: '没核对过',
        note: '请对照新法',
        sentences: PACK.sentences,
        variants: [{ matters: '卖地；借钱', sentences: ['通过要四分之三。'] }],
      },
    ],
  });
  page.begin?.(from({ id: 'residents-meeting:1' }));
  await page.confirm?.();
  expect(page.data.wrong).toContain('写一句');
  page.write?.(from({}, { value: ' 对照过第四章 ' }));
  const posted = () => phone.sent.filter(({ method }) => method === 'POST').map(({ data }) => JSON.parse(String(data)));
  await page.confirm?.();
  expect(posted()).toEqual([]);
  phone.say({ confirm: true });
  await page.confirm?.();
  expect(posted()).toEqual([{ version: 1, note: '对照过第四章' }]);
  expect(page.data).toMatchObject({
    confirming: '',
    cards: [{ tag: '核对过', note: expect.stringMatching(/^方毅.*核对过：对照过第四章$/u) }],
  });
  expect(refusedBy(phone.sent)).toEqual([]);
});

it('whoever is no admin only reads', async () => {
  expect((await open('secretary')).data).toMatchObject({ confirms: false, cards: [{ title: '居民会议表决' }] });
});
