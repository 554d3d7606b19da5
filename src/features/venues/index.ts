import type { Feature } from '../../core/feature.ts';
import { venueRoutes } from './http.ts';
import { venueDaySchema, venueSchema } from './model.ts';
import { venueRules } from './rules.ts';

export { bookVenue, cancelBooking, freeHours, getBooking, listBookings, moveBooking } from './bookings.ts';
export { VENUE_KINDS, type Venue, type VenueKind } from './model.ts';
export { createVenue, editVenue, findVenue, getVenue, listVenues, setActive } from './register.ts';
export { type BookingView, bookingView, type VenueView, venueView } from './views.ts';

/** 议事厅 and 说事小院: where neighbours meet, and who has which when. */
export const venues: Feature = {
  name: 'venues',
  uses: ['areas'],
  models: { venues: venueSchema(), venue_days: venueDaySchema() },
  rules: venueRules,
  lifecycles: [],
  routes: venueRoutes,
  intents: [],
  jobs: [],
  messages: {},
};
