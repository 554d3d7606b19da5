import { CronExpressionParser } from 'cron-parser';

/** The one zone of the product's civil time. */
export const ZONE = 'Asia/Shanghai';
/** The same since 1991, for moments are reckoned several times faster from a fixed distance than from a zone's name. */
const ALWAYS_AHEAD = 'UTC+8';

/** The moments a cron expression names, in Shanghai. Pure. */
export interface Slots {
  /** The latest at or before a moment. */
  latest(at: Date): Date;
  /** The first after a moment. */
  next(after: Date): Date;
  /** Those after `since` up to `until`, newest first: the newest `most` of them, and whether there are `more` before. */
  between(since: Date, until: Date, most: number): { slots: Date[]; more: boolean };
}

/** @throws Error when the expression is none */
export function slotsOf(cron: string): Slots {
  const from = (at: number) => CronExpressionParser.parse(cron, { tz: ALWAYS_AHEAD, currentDate: new Date(at) });
  from(0);
  // The parser looks strictly before its date; a millisecond later, that is "at or before".
  const downFrom = (at: Date) => from(at.getTime() + 1);
  return {
    latest: (at) => downFrom(at).prev().toDate(),
    next: (after) => from(after.getTime()).next().toDate(),
    between(since, until, most) {
      const slots: Date[] = [];
      if (until <= since) return { slots, more: false };
      const walk = downFrom(until);
      for (;;) {
        const slot = walk.prev().toDate();
        if (slot <= since) return { slots, more: false };
        if (slots.length === most) return { slots, more: true };
        slots.push(slot);
      }
    },
  };
}
