import { afterEach, describe, expect, it } from 'vitest';
import type { Role } from '../../../miniprogram/logic/people';
import {
  changedOwn,
  type Targets,
  type targetParts,
  termValues,
  termWords,
} from '../../../miniprogram/work/targets/terms';
import { refusedBy } from '../house';
import type { Reply } from '../phone';
import { from, type Pocket, phoneOf, settle } from '../pocket';

const STREET = '520201001';
const solved = {
  danger: { minutes: 60, clock: 'always' },
  urgent: { minutes: 120, clock: 'awake' },
  soon: { minutes: 1_440, clock: 'awake' },
  usual: { days: 7 },
  long: { days: 15 },
} as const;
const first = {
  danger: { minutes: 15, clock: 'always' },
  urgent: { minutes: 90, clock: 'awake' },
  soon: { workdays: 1 },
  usual: { workdays: 1 },
  long: { workdays: 1 },
} as const;
const TARGETS = {
  area: STREET,
  targets: { first, grid: solved, community: solved, street: solved },
  own: { grid: { usual: { days: 7 } } },
} as unknown as Targets;

let phone: Pocket;
afterEach(() => phone?.putAway());

async function open(role: Role, area = STREET) {
  phone = await phoneOf({ id: 'p1', name: '郑督', roles: [{ role, area }], areas: [] });
  phone.answer(({ url, method, data }): Reply => {
    if (!url.includes('incident-targets')) return { statusCode: 200, data: { items: [], name: '幸福街道' } };
    return { statusCode: 200, data: method === 'GET' ? TARGETS : { ...TARGETS, own: JSON.parse(String(data)) } };
  });
  const page = await phone.visit('work/targets/targets');
  await settle();
  return page;
}
const put = () => phone.sent.filter(({ method }) => method === 'PUT').map(({ data }) => JSON.parse(String(data)));

describe('the targets of incidents', () => {
  it('are read by a supervisor, a part a level, with what the area has for itself, and changed by none', async () => {
    const page = await open('supervisor');
    expect(page.data).toMatchObject({ area: STREET, sets: false, known: true });
    const [answer, grid] = page.data.parts as ReturnType<typeof targetParts>;
    expect(answer?.lines.map(({ urgency, words }) => `${urgency} ${words}`)).toEqual([
      '危及生命 15分钟，不分昼夜',
      '紧急 90分钟，夜里不算',
      '较急 1个工作日',
      '一般 1个工作日',
      '需要时间 1个工作日',
    ]);
    expect(grid?.lines.map(({ own }) => own)).toEqual([false, false, false, true, false]);
    page.choose?.(from({ key: 'grid.usual', own: true }));
    expect(page.data.form).toBe('');
  });

  it('are changed by an admin one by one, all others staying as the area has them', async () => {
    const page = await open('admin', '5202');
    page.choose?.(from({ key: 'first.urgent', own: false }));
    expect(page.data).toMatchObject({
      formLabel: '多久要有人答复：紧急',
      values: { many: '90', unit: 'wakingMinutes' },
    });
    const fill = (name: string, value: string) => page.fill?.(from({}, { name, value }));
    fill('many', '90分');
    await page.send?.();
    expect([put(), page.data.wrong]).toEqual([[], '请写1到10080的数字。']);
    fill('many', '3');
    fill('unit', 'hours');
    await page.send?.();
    expect(put()).toEqual([{ grid: { usual: { days: 7 } }, first: { urgent: { minutes: 180, clock: 'always' } } }]);
    expect(page.data).toMatchObject({ form: '', busy: false });
    expect(refusedBy(phone.sent)).toEqual([]);
  });

  it('are the area above’s again when an admin wants that', async () => {
    const page = await open('admin', '5202');
    page.choose?.(from({ key: 'grid.usual', own: true }));
    expect(page.data.own).toBe(true);
    await page.giveUp?.();
    expect(put()).toEqual([{ grid: {} }]);
    expect(refusedBy(phone.sent)).toEqual([]);
  });

  it('are nobody else’s page', async () => {
    await open('worker');
    expect(phone.did.at(-1)).toEqual(['switchTab', { url: '/pages/home/home' }]);
  });

  it('say the same as their form, whatever they are counted in', () => {
    const terms = [
      ...[1, 60].map((workdays) => ({ workdays })),
      ...[1, 90].map((days) => ({ days })),
      ...(['always', 'awake'] as const).flatMap((clock) =>
        [1, 59, 60, 90, 10_080].map((minutes) => ({ minutes, clock })),
      ),
    ];
    for (const term of terms) {
      const given = {
        ...TARGETS,
        own: {},
        targets: { ...TARGETS.targets, street: { ...solved, usual: term } },
      } as Targets;
      expect(changedOwn(given, 'street.usual', termValues(given, 'street.usual'))).toEqual({
        own: { street: { usual: term } },
      });
      expect(termWords(term)).toMatch(/^\d+(?:个工作日|天|小时，|分钟，)/u);
    }
  });
});
