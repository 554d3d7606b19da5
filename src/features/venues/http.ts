import { z } from 'zod';
import { callerOf } from '../../core/caller.ts';
import { type Route, route } from '../../core/feature.ts';
import { called } from '../../core/input.ts';
import { pageQuery } from '../../core/page.ts';
import { bookVenue, cancelBooking, freeHours, getBooking, listBookings, moveBooking } from './bookings.ts';
import {
  areaCode,
  bookingCancel,
  bookingInput,
  bookingMove,
  closeInput,
  day,
  venueEdit,
  venueInput,
} from './inputs.ts';
import { createVenue, editVenue, getVenue, listVenues, setActive } from './register.ts';
import { bookingView, hoursList, venueView } from './views.ts';

const tag = '议事场所';
const id = z.string().regex(/^[0-9a-f]{24}$/);
const params = z.object({ id: called('场所编号', id) });
const bookingParams = z.object({ id: called('预约编号', id) });

const register: readonly Route[] = [
  route({
    method: 'get',
    path: '/venues',
    summary: '议事厅和说事小院；不填区域就是自己社区的',
    tag,
    query: pageQuery.extend({ area: areaCode.optional(), closed: called('停用的也要', z.stringbool()).optional() }),
    response: z.object({ items: z.array(venueView), next: z.string().optional() }),
    handle: (request, house) => listVenues(house, callerOf(request, house), request.query),
  }),
  route({
    method: 'post',
    path: '/venues',
    summary: '登记一个议事厅或说事小院',
    tag,
    body: venueInput,
    response: venueView,
    status: 201,
    handle: (request, house) => createVenue(house, callerOf(request, house), request.body),
  }),
  route({
    method: 'get',
    path: '/venues/{id}',
    summary: '一个议事场所',
    tag,
    params,
    response: venueView,
    handle: (request, house) => getVenue(house, callerOf(request, house), request.params.id),
  }),
  route({
    method: 'put',
    path: '/venues/{id}',
    summary: '修改议事场所；已有的预约保留',
    tag,
    params,
    body: venueEdit,
    response: venueView,
    handle: (request, house) => editVenue(house, callerOf(request, house), request.params.id, request.body),
  }),
  route({
    method: 'post',
    path: '/venues/{id}/close',
    summary: '停用议事场所：不再接受预约，已有的预约保留',
    tag,
    params,
    body: closeInput,
    response: venueView,
    handle: (request, house) => setActive(house, callerOf(request, house), request.params.id, false, request.body),
  }),
  route({
    method: 'post',
    path: '/venues/{id}/reopen',
    summary: '重新启用议事场所',
    tag,
    params,
    response: venueView,
    handle: (request, house) => setActive(house, callerOf(request, house), request.params.id, true),
  }),
];

const bookings: readonly Route[] = [
  route({
    method: 'get',
    path: '/venues/{id}/free',
    summary: '某一天的开放时间和空着的时间',
    tag,
    params,
    query: z.object({ day }),
    response: z.object({ day: z.string(), open: hoursList, free: hoursList }),
    handle: (request, house) => freeHours(house, callerOf(request, house), request.params.id, request.query.day),
  }),
  route({
    method: 'get',
    path: '/venues/{id}/bookings',
    summary: '一段日子里的预约；不填就是今天起的一个月',
    tag,
    params,
    query: z.object({
      from: called('第一天', z.iso.date()).optional(),
      to: called('最后一天', z.iso.date()).optional(),
    }),
    response: z.object({ items: z.array(bookingView) }),
    handle: (request, house) => listBookings(house, callerOf(request, house), request.params.id, request.query),
  }),
  route({
    method: 'post',
    path: '/venues/{id}/bookings',
    summary: '预约议事场所',
    tag,
    params,
    body: bookingInput,
    response: bookingView,
    status: 201,
    async handle(request, house) {
      return (await bookVenue(house, callerOf(request, house), request.params.id, request.body)).booking;
    },
  }),
  route({
    method: 'get',
    path: '/bookings/{id}',
    summary: '一次预约',
    tag,
    params: bookingParams,
    response: bookingView,
    handle: (request, house) => getBooking(house, callerOf(request, house), request.params.id),
  }),
  route({
    method: 'post',
    path: '/bookings/{id}/move',
    summary: '预约改期',
    tag,
    params: bookingParams,
    body: bookingMove,
    response: bookingView,
    async handle(request, house) {
      return (await moveBooking(house, callerOf(request, house), request.params.id, request.body)).booking;
    },
  }),
  route({
    method: 'post',
    path: '/bookings/{id}/cancel',
    summary: '取消预约',
    tag,
    params: bookingParams,
    body: bookingCancel,
    response: bookingView,
    async handle(request, house) {
      return (await cancelBooking(house, callerOf(request, house), request.params.id, request.body)).booking;
    },
  }),
];

export const venueRoutes: readonly Route[] = [...register, ...bookings];
