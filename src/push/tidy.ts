import type { mongo } from 'mongoose';
import type { Job } from '../core/feature.ts';
import { NOTICES, type NoticeDoc } from '../core/notice.ts';
import { DAY } from '../core/time.ts';
import { pushDaysOf } from './digest.ts';
import { tidyWords } from './messages.ts';
import { deliveriesOf } from './model.ts';

/** An inbox remembers a year and a bit, so that last year's same week can still be looked up. */
const KEPT_MS = 400 * DAY;
/** How many a day had matters on that day only. */
const COUNTED_MS = 7 * DAY;

/** Lets old messages go. What has not been relayed or sent yet is never touched. */
export const tidy: Job = {
  name: 'push.tidy',
  title: tidyWords.title,
  cron: '40 3 * * *',
  makeUpWithinMs: DAY,
  async run({ now, dryRun }, house) {
    const before = new Date(now.getTime() - KEPT_MS);
    const notices = house.db.collection(NOTICES) as unknown as mongo.Collection<NoticeDoc>;
    const oldDeliveries = { createdAt: { $lt: before }, state: { $in: ['sent' as const, 'dead' as const] } };
    const oldNotices = { at: { $lt: before }, outbox: { $size: 0 } };
    if (dryRun) {
      const counts = [deliveriesOf(house).countDocuments(oldDeliveries), notices.countDocuments(oldNotices)] as const;
      return { lines: [tidyWords.would(...(await Promise.all(counts)))] };
    }
    const [gone, done] = await Promise.all([
      deliveriesOf(house).deleteMany(oldDeliveries),
      notices.deleteMany(oldNotices),
      pushDaysOf(house).deleteMany({ at: { $lt: new Date(now.getTime() - COUNTED_MS) } }),
    ]);
    return { lines: [tidyWords.done(gone.deletedCount, done.deletedCount)] };
  },
};
