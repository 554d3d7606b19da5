import type { Query } from '../../api/ask';
import { ask, me } from '../../api/session';
import type { IncidentLine } from '../../logic/incident-facts';
import { lineList } from '../../logic/line-list';
import { nothingYet } from '../../logic/paged-list';

/** Incidents by a query; see `lineList`. */
Component({
  properties: {
    /** Of `getIncidents`. */
    query: { type: Object, value: {} as Query<'getIncidents'> },
    empty: { type: String, value: '' },
    action: { type: String, value: '' },
  },
  data: { list: nothingYet<IncidentLine>() },
  ...lineList<IncidentLine, Query<'getIncidents'>, object>({
    name: (query) => `incidents:${me()?.id}:${JSON.stringify(query)}`,
    read: (query) => ask('getIncidents', { query }),
    page: '/pages/incident/incident',
  }),
});
