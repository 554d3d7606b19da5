import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../../../src/core/feature.ts';
import type { House } from '../../../src/core/house.ts';
import { addDays, atCivil, uncoveredYears, workdayAfter, workdayBefore } from '../../../src/core/time.ts';
import { areas } from '../../../src/features/areas/index.ts';
import { calendars, loadYear, readYear, textOfYear, yearOf } from '../../../src/features/calendars/index.ts';
import { watch } from '../../../src/features/calendars/jobs.ts';
import { keeperOf } from '../../../src/features/calendars/keeper.ts';
import { makeCommunity, type TestCommunity, type TestHouse, testHouse } from '../../support/house.ts';
import { until } from '../../support/until.ts';

/** So many days off from the first of October on. */
const golden = (days: number, year = 2027) =>
  Object.fromEntries(Array.from({ length: days }, (_, n) => [addDays(`${year}-10-01`, n), '国庆节']));
const YEAR = { source: '国办发明电〔2026〕0号', holidays: golden(11), workdays: { '2027-09-26': '国庆节' } };
const ADMIN = { id: 'a1', name: '赵管' };

let opened: TestHouse;
let house: House;
let community: TestCommunity;
beforeAll(async () => {
  opened = await testHouse([areas, calendars], { now: '2026-11-01T09:20' });
  house = opened.house;
  community = await makeCommunity(house);
});
afterAll(() => opened.close());

describe('a year in a file', () => {
  const csv = (...rows: string[]) => ['日期,种类,名称', ...rows].join('\n');

  it('is read from JSON and from CSV alike', () => {
    const rows = Object.entries(YEAR.holidays).map(([day, name]) => `${day},放假,${name}`);
    const read = readYear(`\uFEFF${csv(...rows, '2027-09-26,上班,国庆节')}`, YEAR.source);
    expect(read).toEqual({ year: 2027, input: YEAR });
    expect(readYear(JSON.stringify({ year: 2027, ...YEAR }))).toEqual(read);
  });

  it('is read as it was saved: UTF-8 or, by Excel, GBK', () => {
    // 放假, 元旦 and the headings in GBK.
    const gbk = Buffer.from('c8d5c6da2cd6d6c0e02cc3fbb3c60a323032372d30312d30312cb7c5bcd92cd4aab5a9', 'hex');
    const plain = csv('2027-01-01,放假,元旦');
    expect(textOfYear(gbk)).toBe(plain);
    expect(textOfYear(Buffer.from(plain))).toBe(plain);
    expect(() => textOfYear(Buffer.from([0xff, 0xff, 0xff]))).toThrow('CSV');
    expect(() => textOfYear(Buffer.alloc(300_000, ' '))).toThrow('太大');
  });

  it('says in Chinese what is wrong with it', async () => {
    const files: [string, string | undefined, string][] = [
      ['{', undefined, 'JSON'],
      ['hello', undefined, 'CSV'],
      ['a,b\n1,2', '某文', '三列'],
      [csv('2027-10-01,放假,国庆节'), undefined, '出处'],
      [csv('2027-10-01,休,国庆节'), '某文', '第2行的种类写的是“休”'],
      [csv('2027-10-01,放假,国庆节', '2027-10-01,放假,国庆节'), '某文', '第3行的2027-10-01和前面重复了'],
      [csv('2027-10-01,放假,国庆节', '2028-10-01,放假,国庆节'), '某文', '一年'],
      [csv(), '某文', '没有一个日子'],
      [csv('2027-02-30,放假,国庆节'), '某文', '第2行的“2027-02-30”不是一个日期，要写真有的日子，写成2027-01-01这样'],
      [csv('2027-10-01,放假,国庆节', '', '2027/1/1,放假,元旦'), '某文', '第4行的“2027/1/1”不是一个日期'],
      [JSON.stringify({ year: 2027, ...YEAR, holidays: { '2027-02-30': '国庆节' } }), undefined, '“2027-02-30”不是'],
      [JSON.stringify({ year: 2027, ...YEAR, workdays: { '2027/1/1': '元旦' } }), undefined, '“2027/1/1”不是'],
      [JSON.stringify({ year: 2027, ...YEAR, extra: 1 }), undefined, '认不出'],
      [JSON.stringify({ ...YEAR }), undefined, '年份'],
      [JSON.stringify({ year: 2027, ...YEAR, source: '' }), undefined, '出处'],
      [' '.repeat(300_000), undefined, '太大'],
    ];
    for (const [text, source, said] of files) {
      expect(() => readYear(text, source), text.slice(0, 60)).toThrow(said);
    }
    const years: [Partial<typeof YEAR>, string][] = [
      [{ holidays: golden(3) }, '太少'],
      [{ holidays: golden(11, 2028) }, '2028-10-01不在2027年里'],
      [{ workdays: { '2027-09-26': '国庆节', '2027-09-27': '国庆节' } as never }, '2027-09-27是星期一，本来就上班'],
      [{ workdays: { '2027-10-02': '国庆节' } as never }, '2027-10-02既写了放假又写了上班'],
    ];
    for (const [part, said] of years) {
      await expect(loadYear(house, ADMIN, 2027, { ...YEAR, ...part })).rejects.toThrow(said);
    }
  });
});

describe('a year that nobody knows yet', () => {
  const planned = async (time: string) => {
    const slot = new Date(`${time}+08:00`);
    const run: Run = { slot, now: slot, late: false, dryRun: true };
    const found: string[] = [];
    for await (const { key } of watch.preview?.(run, house) ?? []) found.push(key);
    return found;
  };

  it('is said sixty days before it begins, to each city, once a month', async () => {
    expect(await planned('2026-11-01T09:20')).toEqual([]);
    expect(await planned('2026-11-02T09:20')).toEqual([`calendars.missing:2027:2026-11:${community.city}`]);
    expect(await planned('2026-11-30T09:20')).toEqual([`calendars.missing:2027:2026-11:${community.city}`]);
    expect(await planned('2026-12-01T09:20')).toEqual([`calendars.missing:2027:2026-12:${community.city}`]);
    expect(await planned('2027-05-01T09:20')).toEqual([`calendars.missing:2027:2027-05:${community.city}`]);
    expect(uncoveredYears(house.calendar, atCivil('2026-11-26'), 500)).toEqual([2027, 2028]);
  });

  it('goes by weekdays until it is loaded, and then, in every process and without a new start, by what was loaded', async () => {
    const other: House = { ...house, calendar: house.calendar };
    const keeper = keeperOf(other);
    keeper.start();
    const before = house.calendar;
    expect(workdayAfter(house.calendar, atCivil('2027-09-30'), 1)).toBe('2027-10-01');
    expect(workdayBefore(other.calendar, '2027-09-27', 1)).toBe('2027-09-24');
    expect(await yearOf(house, 2027)).toMatchObject({ covered: false, holidays: {} });

    const seen = await loadYear(house, ADMIN, 2027, YEAR, { dryRun: true });
    // Seven of the eleven would have been worked, and one Sunday would not.
    expect(seen).toHaveLength(8);
    expect(seen[0]).toEqual({ day: '2027-09-26', works: true, name: '国庆节' });
    expect(house.calendar.covers(2027)).toBe(false);

    expect(await loadYear(house, ADMIN, 2027, YEAR)).toEqual(seen);
    expect(house.calendar).not.toBe(before);
    // What was reckoned before is forgotten with the calendar it was reckoned by.
    expect(workdayAfter(house.calendar, atCivil('2027-09-30'), 1)).toBe('2027-10-12');
    await until(() => other.calendar.covers(2027));
    expect(workdayBefore(other.calendar, '2027-09-27', 1)).toBe('2027-09-26');
    await keeper.stop();
    expect(await planned('2026-11-02T09:20')).toEqual([]);
    expect(await yearOf(house, 2027)).toMatchObject({ covered: true, source: YEAR.source });
    expect(house.calendar.isWorkday('2026-10-01')).toBe(false);

    const kept = house.calendar;
    await keeperOf(house).reload();
    expect(house.calendar).toBe(kept);
    expect(await loadYear(house, ADMIN, 2027, { ...YEAR, workdays: {} })).toEqual([
      { day: '2027-09-26', works: false },
    ]);
    expect(house.calendar.isWorkday('2027-09-26')).toBe(false);
  });
});
