import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawCollection } from '../../../../src/core/aggregate.ts';
import { addDays, atCivil } from '../../../../src/core/time.ts';
import type { WishDoc } from '../../../../src/features/wishes/index.ts';
import { type WholeApp, wholeApp } from '../../../support/app.ts';
import { submitted } from '../../../support/wishes.ts';

const COMMUNITY = '990001001001';
const LINEAGE = ['9900', '990001', '990001001', COMMUNITY];

let app: WholeApp;
beforeAll(async () => {
  app = await wholeApp();
  const now = app.app.house.clock.now();
  const day = 86_400_000;
  const made: WishDoc[] = [];
  const add = (many: number, grid: string | undefined, extra: Partial<WishDoc>) => {
    for (let at = 0; at < many; at += 1) {
      const number = made.length + 1;
      made.push({
        ...submitted({ text: `=1+${number} 想要一台收音机` }),
        _id: number.toString(16).padStart(24, '0'),
        number,
        community: COMMUNITY,
        areas: [...LINEAGE, ...(grid ? [`${COMMUNITY}${grid}`] : [])],
        outbox: [],
        postedAt: now,
        dueAt: new Date(now.getTime() + day),
        ...extra,
      });
    }
  };
  add(9, 'G01', { state: 'published', column: 'open' });
  add(2, 'G02', { state: 'published', column: 'open', dueAt: new Date(now.getTime() - day) });
  add(7, 'G03', { state: 'published', column: 'open' });
  add(1, undefined, { state: 'submitted', column: 'waiting' });
  add(8, 'G01', {
    state: 'closed',
    column: 'over',
    postedAt: new Date(now.getTime() - 10 * day),
    closedAt: new Date(now.getTime() - 3 * day),
    done: { note: '送到了', photos: [], at: new Date(now.getTime() - 4 * day) },
    due: { done: new Date(now.getTime() - 2 * day) },
    rating: { score: 5, at: now, by: 'x' },
  });
  await rawCollection(app.app.house.model<WishDoc>('wish')).insertMany(made);
});
afterAll(() => app.close());

const read = async (who: keyof WholeApp['ids'], path: string) =>
  (await app.ask(app.ids[who], 'GET', path)) as {
    status: number;
    body: {
      total: Record<string, number | null>;
      parts: ({ area: string; name: string } & Record<string, number | null | string>)[];
      weeks: { week: string; posted: number | null; closed: number | null }[];
      suppressed: boolean;
    };
  };

describe('a report', () => {
  it('counts every grid, what lies in none, and the whole, for those who may read', async () => {
    const { status, body } = await read('陈建国', `/wishes/report?area=${COMMUNITY}`);
    expect(status).toBe(200);
    expect(body.suppressed).toBe(false);
    expect(body.parts.map(({ name, open, late, waiting }) => [name, open, late, waiting])).toEqual([
      ['第一网格（1—4栋）', 9, 0, 0],
      ['第二网格（5—8栋）', 2, 2, 0],
      ['第三网格（9—12栋）', 7, 0, 0],
      ['第四网格（清溪巷）', 0, 0, 0],
      ['位置未定', 0, 0, 1],
    ]);
    expect(body.total).toMatchObject({
      open: 18,
      late: 2,
      waiting: 1,
      posted: 26,
      closed: 8,
      onTime: 8,
      onTimePercent: 100,
      averageScore: 5,
    });
  });

  it('has twelve weeks from Monday, the one under way last', async () => {
    const { body } = await read('陈建国', `/wishes/report?area=${COMMUNITY}`);
    expect(body.weeks).toHaveLength(12);
    for (const { week } of body.weeks) expect(new Date(`${week}T00:00:00Z`).getUTCDay()).toBe(1);
    expect(body.weeks.reduce((sum, { posted }) => sum + (posted ?? 0), 0)).toBe(26);
    expect(body.weeks.reduce((sum, { closed }) => sum + (closed ?? 0), 0)).toBe(8);
    expect(atCivil(body.weeks.at(-1)?.week ?? '').getTime()).toBeLessThanOrEqual(app.app.house.clock.now().getTime());
  });

  it('tells nobody else anything', async () => {
    expect((await app.ask(app.ids.王秀英, 'GET', `/wishes/report?area=${COMMUNITY}`)).status).toBe(403);
    expect((await app.ask(undefined, 'GET', `/wishes/report?area=${COMMUNITY}`)).status).toBe(401);
    expect((await app.ask(app.ids.陈建国, 'GET', '/wishes/report?area=990001001')).status).toBe(403);
  });
});

describe('who may only count', () => {
  const street = '990001001';
  type Report = Awaited<ReturnType<typeof read>>['body'];
  const told = async (area: string): Promise<Report> => {
    const { status, body } = await read('郑海燕', `/wishes/report?area=${area}`);
    expect([area, status]).toEqual([area, 200]);
    return body;
  };

  it('is told no small number, nor one that is found by subtracting what is told of a place and of those in it', async () => {
    const whole = await told(street);
    const here = whole.parts.find(({ area }) => area === COMMUNITY);
    const own = await told(COMMUNITY);
    expect([whole.suppressed, here?.open, own.total.open]).toEqual([true, own.total.open, own.total.open]);
    for (const { total, parts } of [whole, own]) {
      for (const measure of ['waiting', 'open', 'helping', 'answered', 'late', 'posted', 'closed', 'onTime']) {
        const counts = parts.map((part) => part[measure] ?? null);
        for (const one of [total[measure] ?? null, ...counts])
          expect(one === null || one === 0 || Number(one) >= 5).toBe(true);
        const hidden = counts.filter((one) => one === null).length;
        if (total[measure] !== null) expect([measure, hidden]).not.toEqual([measure, 1]);
        else expect([measure, hidden]).toEqual([measure, parts.length]);
      }
    }
    // Of two in the second grid nothing is told, and so nothing of the seven in the third.
    expect(own.parts.map(({ open }) => open)).toEqual([9, null, null, 0, 0]);
  });

  it('is told a rate only of what is told, and the weeks of a place all or none', async () => {
    const { parts, weeks, total } = await told(COMMUNITY);
    for (const { onTimePercent, closed, onTime } of [total, ...parts])
      expect(onTimePercent === null || (closed !== null && onTime !== null)).toBe(true);
    for (const kind of ['posted', 'closed'] as const) {
      const known = weeks.map((week) => week[kind]).filter((count) => count !== null);
      expect([0, weeks.length]).toContain(known.length);
    }
    expect(addDays(weeks[0]?.week ?? '', 77)).toBe(weeks.at(-1)?.week);
  });
});

describe('a sheet', () => {
  it('opens in Excel, holds the counts, the weeks and every wish, and no formula', async () => {
    const answer = await fetch(`${app.address}/api/v1/wishes/report/sheet?area=${COMMUNITY}`, {
      headers: await app.signed(app.ids.陈建国),
    });
    expect(answer.status).toBe(200);
    expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toContain('心愿统计-幸福里社区');
    const path = join(tmpdir(), `haolin-sheet-${process.pid}.xlsx`);
    await writeFile(path, Buffer.from(await answer.arrayBuffer()));
    const book = new exceljs.Workbook();
    await book.xlsx.load((await readFile(path)).buffer as ArrayBuffer);
    expect(book.worksheets.map(({ name }) => name)).toEqual(['汇总', '每周', '心愿明细']);
    const [counts, weeks, wishes] = book.worksheets;
    expect(counts?.rowCount).toBe(1 + 5 + 1);
    expect(weeks?.rowCount).toBe(13);
    expect(wishes?.rowCount).toBe(1 + 27);
    wishes?.eachRow((row) =>
      row.eachCell((cell) => {
        expect(cell.formula).toBeUndefined();
        expect(String(cell.value)).not.toMatch(/^[=+@-]/u);
      }),
    );
  });
});
