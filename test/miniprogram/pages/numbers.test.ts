/** Whole numbers, on every page that shows some: seen for a reason, and gone when somebody looks away. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Reply, Sent } from '../phone';
import { from, type OpenPage, type Pocket, phoneOf, settle } from '../pocket';

const AREA = '520201011001';
const ME = { id: 'g1', name: '何春梅', roles: [{ role: 'grid_worker' as const, area: AREA }], areas: ['5202', AREA] };
const WISH = {
  view: 'public',
  id: 'w1',
  number: 1,
  title: '想要一个电饭煲',
  category: 'goods',
  state: 'open',
  moves: [],
};
const PAGES = [
  ['pages/wish/wish', { requester: { name: '王秀英', phone: '13800000001' }, address: '3栋' }],
  ['work/people/people', { phone: '13800000001', address: '3栋' }],
] as const;

describe.each(PAGES)('%s', (path, numbers) => {
  let phone: Pocket;
  let page: OpenPage;
  let unmask: (reply: Reply) => void;

  beforeEach(async () => {
    phone = await phoneOf(ME);
    const answers: ((reply: Reply) => void)[] = [];
    unmask = (reply) => answers.shift()?.(reply);
    phone.answer(({ url }: Sent) => {
      if (url.endsWith('/unmask')) return new Promise<Reply>((resolve) => answers.push(resolve));
      return { statusCode: 200, data: url.includes('/wishes/') ? WISH : { items: [] } };
    });
    page = await phone.visit(path, { id: 'w1' });
    await settle();
  });

  const look = async () => {
    phone.say({ confirm: true, content: '上门走访' });
    const looking = page.unmask?.(from({ id: 'p1' }));
    await settle();
    return { looking };
  };

  it('are put away by a button, when another page covers them, and when the phone is put away', async () => {
    for (const away of [() => page.close?.(), () => page.onHide?.(), () => phone.visit('pages/me/me')]) {
      const { looking } = await look();
      unmask({ statusCode: 200, data: numbers });
      await looking;
      expect(JSON.stringify(page.data)).toContain('13800000001');
      await away();
      expect(JSON.stringify(page.data)).not.toMatch(/13800000001|3栋/u);
    }
  });

  it('stay unseen when the answer comes after somebody looked away', async () => {
    const { looking } = await look();
    page.onHide?.();
    unmask({ statusCode: 200, data: numbers });
    await looking;
    expect(JSON.stringify(page.data)).not.toMatch(/13800000001|3栋/u);
  });

  it('need a reason, and are not asked for when somebody would rather not', async () => {
    const asked = phone.sent.length;
    phone.say({ confirm: false }, { confirm: true, content: ' 看 ' });
    await page.unmask?.(from({ id: 'p1' }));
    expect(page.data.trouble).toBe('');
    await page.unmask?.(from({ id: 'p1' }));
    expect(phone.sent).toHaveLength(asked);
    phone.say({ confirm: true, content: '' }, { confirm: true, content: '上门走访' });
    void page.unmask?.(from({ id: 'p1' }));
    await settle();
    expect(phone.sent).toHaveLength(asked + 1);
  });
});
