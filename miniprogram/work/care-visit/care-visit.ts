import type { Body } from '../../api/ask';
import { ask } from '../../api/session';
import { careVisitFields } from '../../logic/care-visit';
import { workerForm } from '../worker-form';

/** A secretary writes down that they went to see a worker. */
Page(
  workerForm({
    day: 'day',
    fields: careVisitFields,
    send: (body: Body<'postCareVisits'>, key) => ask('postCareVisits', { body, key }),
    after: () => void wx.navigateBack({ fail: () => wx.redirectTo({ url: '/work/care-visits/care-visits' }) }),
  }),
);
