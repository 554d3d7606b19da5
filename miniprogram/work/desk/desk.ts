import { ask, type Me, me } from '../../api/session';
import { askToSignIn } from '../../logic/entry';
import { type WorkSection, workSections } from '../../logic/home';
import { areasOf, STAFF } from '../../logic/people';
import { waitingOf } from '../incidents/columns';

const INCIDENTS = '/work/incidents/incidents';

/** All the work there is for somebody, a section a feature. */
Page({
  data: { sections: [] as WorkSection[] },

  onShow() {
    const person = me();
    if (!person) return askToSignIn();
    this.setData({ sections: workSections(person) });
    void this.count(person);
  },

  /** How many incidents wait, on their door: a hint only. */
  async count(person: Me) {
    const [area] = areasOf(person, STAFF);
    if (area === undefined) return;
    const counts = await ask('getIncidentsCounts', { query: { area } }).catch(() => undefined);
    const waiting = counts ? waitingOf(counts) : 0;
    if (waiting === 0) return;
    const hint = `${waiting}件等着办`;
    const sections = this.data.sections.map(({ title, doors }) => ({
      title,
      doors: doors.map((door) => (door.url === INCIDENTS ? { ...door, hint } : door)),
    }));
    this.setData({ sections });
  },

  go(event: WechatMiniprogram.TouchEvent) {
    const { url } = event.currentTarget.dataset as { url: string };
    wx.navigateTo({ url });
  },
});
