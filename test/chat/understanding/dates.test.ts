import { expect, test } from 'vitest';
import { hear } from '../../../src/chat/dialogue/hear.ts';
import { findDates } from '../../../src/chat/understanding/dates.ts';
import { understand } from '../../../src/chat/understanding/index.ts';
import { addDays, atCivil, calendarOf, officialYears } from '../../../src/core/time.ts';

/** National Day 2030 as no library knows it yet: off from the 1st to the 8th, worked on Saturday the 12th. */
const off = Object.fromEntries(Array.from({ length: 8 }, (_, n) => [addDays('2030-10-01', n), '国庆节']));
const loaded = calendarOf(
  new Map([...officialYears(), [2030, { holidays: off, workdays: { '2030-10-12': '国庆节' } }]]),
);
const now = atCivil('2030-09-20', 9);
const daysIn = (text: string, calendar?: typeof loaded) => findDates(text, now, calendar).map(({ day }) => day);

test.each([
  ['国庆节后上班第一天', '2030-10-02', '2030-10-09'],
  ['国庆节过后第二天', '2030-10-03', '2030-10-10'],
  ['过完国庆节', '2030-10-02', '2030-10-09'],
  ['国庆节前', '2030-09-30', '2030-09-30'],
])('%s ends with the holiday of a year that was loaded', (text, guessed, known) => {
  expect([daysIn(text), daysIn(text, loaded)]).toEqual([[guessed], [known]]);
});

test('what is heard in a chat goes by the house’s calendar, with what it means and as a bare answer', () => {
  const heard = hear('3号延到国庆节后上班第一天', {
    understand: (message) => understand({ calendar: loaded, ...message }),
    role: 'worker',
    place: 'private',
    now,
    calendar: loaded,
    photos: [],
    verbsOf: () => undefined,
  });
  expect([heard.bare.until, heard.understanding.slots.until]).toEqual(['2030-10-09', '2030-10-09']);
});
