import { describe, expect, it } from 'vitest';
import { type Me, phoneOf, settle } from '../pocket';

const AREA = '520201011001';
const person = (id: string, role: 'resident' | 'worker'): Me => ({
  id,
  name: '李敏',
  roles: [{ role, area: AREA }],
  areas: ['5202', AREA],
});
const handoff = (urgent: boolean) => ({
  id: 'h1',
  number: 2,
  state: 'opened',
  stateWord: '待回复',
  requester: { id: 'g', name: '王秀英' },
  said: [
    { by: { id: 'g', name: '王秀英' }, answer: false, text: '我家燃气漏了', at: '2026-11-25T02:00:00.000Z', urgent },
  ],
  urgent,
  gist: '我家燃气漏了',
  late: false,
  updatedAt: '2026-11-25T02:00:00.000Z',
  moves: [],
});

async function openAs(me: Me, urgent: boolean) {
  const phone = await phoneOf(me);
  phone.answer(({ url }) => ({
    statusCode: 200,
    data: url.endsWith('/unmask') ? { name: '王秀英', phone: '15400000001' } : handoff(urgent),
  }));
  const page = await phone.visit('pages/handoff/handoff', { id: 'h1' });
  await settle();
  return { phone, page, asked: () => phone.sent.filter(({ url }) => url.endsWith('/people/g/unmask')) };
}

describe('whoever called', () => {
  it.each([
    ['in danger without being asked why', true, '紧急求助2号'],
    ['else for a reason', false, '求助2号：回电话'],
  ])('is reached %s, written down, and put away when the page is left', async (_how, urgent, why) => {
    const { phone, page, asked } = await openAs(person('w', 'worker'), urgent);
    expect(page.data).toMatchObject({ reaches: true, opened: null });
    phone.say({ confirm: true, content: '回电话' });
    await page.reach?.();
    expect(JSON.parse(String(asked()[0]?.data))).toMatchObject({ why, fields: ['name', 'phone', 'address'] });
    expect(page.data.opened).toMatchObject({ phone: '15400000001', address: '' });
    page.call?.();
    expect(phone.did).toContainEqual(['makePhoneCall', { phoneNumber: '15400000001' }]);
    page.onHide?.();
    expect(page.data.opened).toBeNull();
  });

  it('does not look up themselves', async () => {
    expect((await openAs(person('g', 'resident'), true)).page.data.reaches).toBe(false);
  });
});
