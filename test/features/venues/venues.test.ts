import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../src/core/caller.ts';
import { MINUTE } from '../../../src/core/time.ts';
import { clockOf } from '../../../src/features/venues/hours.ts';
import {
  bookVenue,
  cancelBooking,
  createVenue,
  editVenue,
  freeHours,
  getBooking,
  getVenue,
  listBookings,
  listVenues,
  moveBooking,
  setActive,
} from '../../../src/features/venues/index.ts';
import { venuesOf } from '../../../src/features/venues/model.ts';
import { makeCommunity, makePerson } from '../../support/house.ts';
import { bookingOf, everyDay, form, openTown, outcome, THURSDAY, TODAY, type Town, TUESDAY } from './town.ts';

let town: Town;
let test: Town['test'];
let here: Town['here'];
let elsewhere: Town['elsewhere'];
let secretary: Caller;
let facilitator: Caller;
let as: Town['as'];
let hall: Town['hall'];

beforeAll(async () => {
  town = await openTown();
  ({ test, here, elsewhere, secretary, facilitator, as, hall } = town);
});
afterAll(() => test.close());

const later = (caller: Caller): Caller => ({ ...caller, now: test.clock.now() });

describe('the register', () => {
  it('is kept by the secretary of the place and by an admin, and by nobody else', async () => {
    const admin = as([{ role: 'admin', area: here.city }]);
    const stranger = as(['secretary'], { area: elsewhere.community });
    const others = [facilitator, as(['worker']), as(['resident']), as(['supervisor']), stranger];
    const id = await hall();
    for (const caller of [secretary, admin]) {
      const { version } = await getVenue(test.house, caller, id);
      const edited = await editVenue(test.house, caller, id, { ...form(), capacity: 60, version });
      expect(edited).toMatchObject({ capacity: 60, version: version + 1 });
      expect(edited.moves).toEqual(expect.arrayContaining(['edit', 'close']));
    }
    for (const caller of others) {
      const area = here.community;
      expect(await outcome(createVenue(test.house, caller, { area, ...form() }))).toBe('forbidden');
      expect(await outcome(editVenue(test.house, caller, id, { ...form(), version: 3 }))).toBe('forbidden');
      expect(await outcome(setActive(test.house, caller, id, false))).toBe('forbidden');
      expect((await getVenue(test.house, caller, id)).moves).toEqual(
        caller === facilitator || caller === others[1] ? ['book'] : [],
      );
    }
    expect(await outcome(getVenue(test.house, secretary, 'f'.repeat(24)))).toBe('not_found');
    expect(await outcome(createVenue(test.house, admin, { area: here.street, ...form() }))).toBe('invalid_input');
    expect(await outcome(createVenue(test.house, admin, { area: '1101', ...form() }))).toBe('not_found');
  });

  it('takes the same request once, and one name once in a community', async () => {
    const keyed = { ...secretary, key: 'hall' };
    const given = { area: here.community, ...form({ name: '老槐树小院', kind: 'courtyard' }) };
    const first = await createVenue(test.house, keyed, given);
    expect(await createVenue(test.house, keyed, given)).toEqual(first);
    expect(first).toMatchObject({ kindWord: '说事小院', community: here.community, active: true, version: 1 });
    expect(await outcome(createVenue(test.house, keyed, { ...given, capacity: 9 }))).toBe('idempotency_key_reused');
    expect(await outcome(createVenue(test.house, secretary, given))).toBe('venue_name_taken');
    const other = await hall();
    const renamed = { ...form({ name: '老槐树小院' }), version: 1 };
    expect(await outcome(editVenue(test.house, secretary, other, renamed))).toBe('venue_name_taken');
    const there = as(['secretary'], { area: elsewhere.community });
    expect(await outcome(createVenue(test.house, there, { ...given, area: elsewhere.community }))).toBe('ok');
  });

  it('lets nobody overwrite what they have not read, and the same edit be sent again', async () => {
    const id = await hall();
    const edits = Array.from({ length: 8 }, (_, n) => ({ ...form(), capacity: 10 + n, version: 1 }));
    const outcomes = await Promise.all(edits.map((edit) => outcome(editVenue(test.house, secretary, id, edit))));
    expect(outcomes.filter((one) => one === 'ok')).toHaveLength(1);
    expect(outcomes.filter((one) => one === 'venue_changed')).toHaveLength(7);
    const again = edits[outcomes.indexOf('ok')];
    expect(await editVenue(test.house, secretary, id, again)).toMatchObject({ version: 2 });
    const stored = await venuesOf(test.house).findOne({ _id: id });
    expect(stored?.history.map(({ change, version }) => [change, version])).toEqual([
      ['create', 1],
      ['edit', 2],
    ]);
  });

  it.each([
    ['backwards', { opening: [{ weekday: 1, from: '12:00', to: '09:00' }] }, '结束时间要晚于开始时间'],
    [
      'twice at once',
      { opening: [...everyDay(), { weekday: 3, from: '20:00', to: '22:00' }] },
      '同一天的开放时间不能重叠',
    ],
    ['no clock', { opening: [{ weekday: 1, from: '9点', to: '12:00' }] }, '时间要写成几点几分，例如09:30'],
    ['past midnight', { opening: [{ weekday: 1, from: '09:00', to: '24:30' }] }, '时间要写成几点几分，例如09:30'],
    ['no day', { closedDays: ['2026-02-30'] }, '不开放的日子要写成年月日'],
    ['nobody', { capacity: 0 }, '容纳人数不能小于1'],
  ])('refuses a form that is %s', async (_what, more, said) => {
    await expect(hall(more)).rejects.toMatchObject({ code: 'invalid_input', detail: expect.stringContaining(said) });
  });

  it('is listed by community and name, page by page, without those that are closed unless asked', async () => {
    const place = await makeCommunity(test.house);
    const keeper = as(['secretary'], { area: place.community });
    const names = ['丙', '甲', '丁', '乙', '戊'];
    const ids: string[] = [];
    for (const name of names)
      ids.push((await createVenue(test.house, keeper, { area: place.community, ...form({ name }) })).id);
    const grid = { area: place.grids[1], ...form({ name: '网格小院', kind: 'courtyard' }) };
    expect(await createVenue(test.house, keeper, grid)).toMatchObject({
      area: place.grids[1],
      community: place.community,
    });
    await setActive(test.house, keeper, ids[0] ?? '', false, { reason: '装修' });

    const resident = as(['resident'], { area: place.community });
    const whole = (await listVenues(test.house, resident, { limit: 100 })).items.map(({ name }) => name);
    expect(whole).toEqual(['甲', '丁', '乙', '戊', '网格小院'].sort());
    const paged: string[] = [];
    for (let cursor: string | undefined, first = true; first || cursor; first = false) {
      const page = await listVenues(test.house, resident, { limit: 2, cursor });
      paged.push(...page.items.map(({ name }) => name));
      cursor = page.next;
    }
    expect(paged).toEqual(whole);
    const all = (await listVenues(test.house, resident, { area: place.community, closed: true })).items;
    expect(all.find(({ name }) => name === '丙')).toMatchObject({ active: false, closedBecause: '装修', moves: [] });
    expect(
      (await listVenues(test.house, resident, { area: elsewhere.county, limit: 100 })).items.length,
    ).toBeGreaterThan(5);
  });
});

describe('booking', () => {
  it('is for those who serve the community, be it a grid of it, and not for residents or people of elsewhere', async () => {
    const venue = await hall();
    const gridWorker = as([{ role: 'grid_worker', area: here.grids[1] ?? '' }]);
    for (const [n, caller] of [facilitator, secretary, as(['worker']), gridWorker].entries()) {
      const wanted = bookingOf(TUESDAY, clockOf(600 + 60 * n), clockOf(660 + 60 * n));
      expect(await outcome(bookVenue(test.house, caller, venue, wanted))).toBe('ok');
    }
    const free = bookingOf(TUESDAY, '18:00', '19:00');
    for (const caller of [as(['resident']), as(['volunteer']), as(['facilitator'], { area: elsewhere.community })]) {
      expect(await outcome(bookVenue(test.house, caller, venue, free))).toBe('forbidden');
    }
  });

  it('is refused with what to do instead', async () => {
    const opening = everyDay('09:00', '12:00').flatMap((one) => [one, { ...one, from: '14:00', to: '18:00' }]);
    const venue = await hall({ opening, closedDays: [THURSDAY] });
    await bookVenue(test.house, facilitator, venue, bookingOf(TUESDAY, '10:00', '11:00'));
    const refusals: [object, string, string][] = [
      [bookingOf(TUESDAY, '10:30', '11:30'), 'venue_taken', '09:00—10:00、11:00—12:00、14:00—18:00'],
      [bookingOf(TUESDAY, '11:30', '14:30'), 'venue_not_open', '这一天的开放时间是09:00—12:00、14:00—18:00'],
      [bookingOf(THURSDAY, '10:00', '11:00'), 'venue_not_open', '这一天不开放'],
      [bookingOf(TODAY, '09:00', '10:00'), 'booking_past', '已经过了'],
      [bookingOf('2026-03-08', '09:00', '10:00'), 'booking_past', '已经过了'],
      [bookingOf('2026-06-08', '09:00', '10:00'), 'booking_too_far', '最多提前90天'],
      [bookingOf(TUESDAY, '23:00', '01:00'), 'invalid_input', '结束时间要晚于开始时间'],
      [bookingOf(TUESDAY, '09:00', '09:10'), 'invalid_input', '预约至少要15分钟'],
      [bookingOf(TUESDAY, '09:00', '10:00', { purpose: ' ' }), 'invalid_input', '请填写用途'],
    ];
    for (const [wanted, code, said] of refusals) {
      await expect(bookVenue(test.house, facilitator, venue, wanted)).rejects.toMatchObject({
        code,
        detail: expect.stringContaining(said),
      });
    }
    expect(await outcome(bookVenue(test.house, facilitator, venue, bookingOf('2026-06-07', '09:00', '10:00')))).toBe(
      'ok',
    );
    for (const [from, to] of [
      ['09:00', '10:00'],
      ['11:00', '12:00'],
      ['14:00', '18:00'],
    ] as const) {
      expect(await outcome(bookVenue(test.house, facilitator, venue, bookingOf(TUESDAY, from, to)))).toBe('ok');
    }
    await expect(bookVenue(test.house, facilitator, venue, bookingOf(TUESDAY, '14:00', '15:00'))).rejects.toMatchObject(
      {
        detail: '这段时间已经有人约了。这一天已经约满了，请换一天。',
      },
    );
  });

  it('books once for one key, warns of too many people, and shows what for only to whom it concerns', async () => {
    const venue = await hall({ capacity: 20 });
    const wanted = bookingOf(TUESDAY, '10:00', '11:00', { people: 35 });
    const keyed = { ...facilitator, key: 'b1' };
    const first = await bookVenue(test.house, keyed, venue, wanted);
    expect(await bookVenue(test.house, keyed, venue, wanted)).toEqual({ booking: first.booking, repeated: true });
    expect(await outcome(bookVenue(test.house, keyed, venue, { ...wanted, to: '12:00' }))).toBe(
      'idempotency_key_reused',
    );
    expect(first.booking).toMatchObject({
      state: 'held',
      startsAt: '2026-03-10T02:00:00.000Z',
      endsAt: '2026-03-10T03:00:00.000Z',
      by: { id: facilitator.actor.id },
      warnings: [expect.stringContaining('只坐得下20人')],
      moves: ['move', 'cancel'],
    });
    const seen = await getBooking(test.house, as(['worker']), first.booking.id);
    expect(seen).toMatchObject({ purpose: '商量加装电梯', moves: [] });
    const [shown] = (await listBookings(test.house, as(['resident']), venue)).items;
    expect(shown).toMatchObject({ day: TUESDAY, from: '10:00', to: '11:00', warnings: [], moves: [] });
    for (const field of ['purpose', 'by', 'people']) expect(shown).not.toHaveProperty(field);
    expect(await outcome(getBooking(test.house, as(['resident']), first.booking.id))).toBe('not_found');
  });

  it('is moved and cancelled by whoever booked, or the secretary, until it is over', async () => {
    const venue = await hall();
    const { booking } = await bookVenue(test.house, facilitator, venue, bookingOf(TUESDAY, '10:00', '11:00'));
    await bookVenue(test.house, secretary, venue, bookingOf(THURSDAY, '10:00', '11:00'));
    const moved = (day: string, from: string, to: string, caller = facilitator) =>
      moveBooking(test.house, caller, booking.id, { day, from, to });
    for (const caller of [as(['worker']), as(['facilitator']), as(['secretary'], { area: elsewhere.community })]) {
      expect(await outcome(moved(TUESDAY, '12:00', '13:00', caller))).toBe('forbidden');
      expect(await outcome(cancelBooking(test.house, caller, booking.id))).toBe('forbidden');
    }
    // It may overlap where it was.
    expect((await moved(TUESDAY, '10:30', '11:30')).booking).toMatchObject({ id: booking.id, from: '10:30' });
    expect((await moved(TUESDAY, '10:30', '11:30')).repeated).toBe(true);
    expect(await outcome(moved(THURSDAY, '10:30', '11:30'))).toBe('venue_taken');
    expect((await moved(THURSDAY, '11:00', '12:00', secretary)).booking).toMatchObject({ day: THURSDAY });
    expect((await freeHours(test.house, facilitator, venue, TUESDAY)).free).toEqual([{ from: '09:00', to: '21:00' }]);
    expect((await moved(TUESDAY, '09:00', '10:00')).booking).toMatchObject({ day: TUESDAY, by: booking.by });
    expect(
      (await listBookings(test.house, facilitator, venue, { from: TODAY, to: THURSDAY })).items.map(({ day }) => day),
    ).toEqual([TUESDAY, THURSDAY]);

    const gone = await cancelBooking(test.house, secretary, booking.id, { reason: '厅里停电' });
    expect(gone.booking).toMatchObject({ state: 'cancelled', reason: '厅里停电', moves: [] });
    expect((await cancelBooking(test.house, facilitator, booking.id)).repeated).toBe(true);
    expect(await outcome(moved(TUESDAY, '15:00', '16:00'))).toBe('booking_cancelled');
    expect((await freeHours(test.house, facilitator, venue, TUESDAY)).free).toEqual([{ from: '09:00', to: '21:00' }]);

    const { booking: soon } = await bookVenue(test.house, facilitator, venue, bookingOf(TODAY, '09:30', '10:00'));
    test.clock.shift(60 * MINUTE);
    expect(await getBooking(test.house, later(facilitator), soon.id)).toMatchObject({ state: 'over', moves: [] });
    expect(await outcome(cancelBooking(test.house, later(facilitator), soon.id))).toBe('booking_over');
    const tomorrow = { day: TUESDAY, from: '19:00', to: '20:00' };
    expect(await outcome(moveBooking(test.house, later(facilitator), soon.id, tomorrow))).toBe('booking_over');
    test.clock.shift(-60 * MINUTE);
    expect(await outcome(cancelBooking(test.house, facilitator, 'f'.repeat(24)))).toBe('not_found');
  });

  it('stays when the venue is closed or opens at other hours, and says so; the house itself may cancel it', async () => {
    const venue = await hall();
    const { booking } = await bookVenue(test.house, facilitator, venue, bookingOf(TUESDAY, '10:00', '11:00'));
    await editVenue(test.house, secretary, venue, { ...form({ opening: everyDay('14:00', '18:00') }), version: 1 });
    const said = [expect.stringContaining('不开放了')];
    expect((await getBooking(test.house, facilitator, booking.id)).warnings).toEqual(said);
    await setActive(test.house, secretary, venue, false, { reason: '装修' });
    expect((await listBookings(test.house, secretary, venue)).items[0]?.warnings).toEqual(said);
    await expect(bookVenue(test.house, facilitator, venue, bookingOf(TUESDAY, '15:00', '16:00'))).rejects.toMatchObject(
      {
        code: 'venue_closed',
        detail: expect.stringContaining('（装修）'),
      },
    );
    expect(await freeHours(test.house, facilitator, venue, TUESDAY)).toMatchObject({ open: [], free: [] });
    expect(await outcome(cancelBooking(test.house, town.houseItself(), booking.id))).toBe('ok');
    expect(await setActive(test.house, secretary, venue, true)).toMatchObject({ active: true });
    expect(await getVenue(test.house, secretary, venue)).not.toHaveProperty('closedBecause');
  });

  it('shows a range of days that makes sense', async () => {
    const venue = await hall();
    const list = (from: string, to: string) => outcome(listBookings(test.house, facilitator, venue, { from, to }));
    expect(await list(TODAY, TODAY)).toBe('ok');
    expect(await list(TUESDAY, TODAY)).toBe('invalid_input');
    expect(await list(TODAY, '2026-06-08')).toBe('ok');
    expect(await list(TODAY, '2026-06-09')).toBe('invalid_input');
  });
});

it('all of it over HTTP', async () => {
  const keeper = await makePerson(test.house, { area: here.grids[0] ?? '', roles: ['secretary'] });
  const neighbour = await makePerson(test.house, { area: here.grids[0] ?? '' });
  const registered = await test.call(keeper, 'POST', '/venues', { area: here.community, ...form() });
  expect(registered).toMatchObject({ status: 201, body: { moves: ['book', 'edit', 'close'] } });
  const { id } = registered.body as { id: string };
  const booked = await test.call(keeper, 'POST', `/venues/${id}/bookings`, bookingOf(TUESDAY, '10:00', '11:00'));
  expect(booked).toMatchObject({ status: 201, body: { venue: { id }, moves: ['move', 'cancel'] } });
  const booking = `/bookings/${(booked.body as { id: string }).id}`;
  const moved = { day: TUESDAY, from: '11:00', to: '24:00' };
  const asked: [string, string, unknown, number, object][] = [
    ['GET', '/venues?limit=100&closed=true', undefined, 200, { items: expect.arrayContaining([registered.body]) }],
    ['GET', `/venues/${id}`, undefined, 200, { id }],
    ['POST', `/venues/${id}/bookings`, bookingOf(TUESDAY, '10:30', '11:30'), 409, { code: 'venue_taken' }],
    ['POST', `${booking}/move`, moved, 422, { code: 'venue_not_open' }],
    ['POST', `${booking}/move`, { ...moved, to: '12:00' }, 200, { from: '11:00', to: '12:00' }],
    ['GET', `/venues/${id}/bookings?from=${TODAY}&to=${TUESDAY}`, undefined, 200, { items: [{ from: '11:00' }] }],
    ['GET', `/venues/${id}/free?day=${TUESDAY}`, undefined, 200, { free: [{ to: '11:00' }, { from: '12:00' }] }],
    ['GET', `/venues/${id}/free`, undefined, 400, { detail: '请填写日期。' }],
    ['GET', booking, undefined, 200, { purpose: '商量加装电梯' }],
    ['POST', `${booking}/cancel`, {}, 200, { state: 'cancelled' }],
    ['PUT', `/venues/${id}`, { ...form(), version: 1 }, 200, { version: 2 }],
    ['POST', `/venues/${id}/close`, { reason: '装修' }, 200, { active: false, moves: ['edit', 'reopen'] }],
    ['POST', `/venues/${id}/reopen`, undefined, 200, { active: true }],
  ];
  for (const [method, path, body, status, answer] of asked) {
    expect([path, await test.call(keeper, method, path, body)]).toMatchObject([path, { status, body: answer }]);
    if (method === 'GET' || status >= 400) continue;
    expect([path, (await test.call(neighbour, method, path, body)).status]).toEqual([path, 403]);
  }
});
