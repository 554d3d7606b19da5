import type { IncidentLine } from '../../logic/incident-facts';
import { type IncidentCard, incidentCard } from './card';

/** An incident in a list, with its progress in one glance. Triggers `open` with its id. */
Component({
  properties: {
    incident: { type: Object, value: {} as IncidentLine },
  },
  data: { card: { tag: '', parts: [] as boolean[] } as Partial<IncidentCard> },
  observers: {
    incident(incident: IncidentLine) {
      if (incident.id) this.setData({ card: incidentCard(incident, new Date()) });
    },
  },
  methods: {
    open() {
      this.triggerEvent('open', { id: this.data.incident.id });
    },
  },
});
