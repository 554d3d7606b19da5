import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { askToSignIn } from '../../logic/entry';
import { latest } from '../../logic/latest';
import { type Role, setsTargets } from '../../logic/people';
import { presses } from '../../logic/presses';
import { type Place, placesBelow } from '../areas';
import type { Field, Values } from '../components/fields/field';
import { carryOut, formPage, noForm } from '../form-page';
import { changedOwn, type Targets, targetName, targetParts, termFields, termValues, withoutOwn } from './terms';

const READERS: readonly Role[] = ['supervisor', 'admin'];

/** How long incidents may take in an area, by level and urgency; an admin sets what the area has for itself. */
Page({
  ...formPage,

  data: {
    areas: [] as Place[],
    area: '',
    parts: [] as ReturnType<typeof targetParts>,
    /** Whether whoever reads it may change it here. */
    sets: false,
    /** Whether the target whose form is open is the area's own. */
    own: false,
    known: false,
    ...noForm(),
    trouble: '',
  },

  targets: undefined as Targets | undefined,
  written: {} as Values,
  asked: latest(),
  press: presses(),

  onLoad() {
    const person = me();
    if (!person) return askToSignIn();
    const [first] = person.roles.filter(({ role }) => READERS.includes(role));
    if (!first) {
      wx.switchTab({ url: '/pages/home/home' });
      return;
    }
    this.open(first.area);
    void placesBelow(person, READERS).then((areas) => this.setData({ areas }));
  },

  open(area: string) {
    const person = me();
    this.leave();
    this.setData({ area, sets: person !== undefined && setsTargets(person, area), known: false });
    void this.load();
  },

  async load() {
    const isLast = this.asked.begin();
    this.setData({ trouble: '' });
    try {
      const targets = await ask('getAreasByCodeIncidentTargets', { path: { code: this.data.area } });
      if (isLast()) this.show(targets);
    } catch (error) {
      if (isLast()) this.setData({ trouble: wordsOf(error), known: false });
    }
  },

  show(targets: Targets) {
    this.targets = targets;
    this.setData({ parts: targetParts(targets), known: true });
  },

  chooseArea({ detail }: WechatMiniprogram.CustomEvent<{ code: string }>) {
    this.open(detail.code);
  },

  choose(event: WechatMiniprogram.TouchEvent) {
    const { key, own } = event.currentTarget.dataset as { key: string; own: boolean };
    const { targets } = this;
    if (!targets || !this.data.sets) return;
    this.written = termValues(targets, key);
    this.setData({
      form: key,
      formLabel: targetName(key),
      fields: termFields(),
      values: this.written,
      own,
      wrong: '',
    });
  },

  async perform(key: string, _fields: readonly Field[], values: Values) {
    if (!this.targets) return;
    const changed = changedOwn(this.targets, key, values);
    if ('wrong' in changed) this.setData({ wrong: changed.wrong });
    else await this.set(changed.own);
  },

  /** As the area above has it. */
  async giveUp() {
    const { form, busy } = this.data;
    if (this.targets && form !== '' && !busy) await this.set(withoutOwn(this.targets, form));
  },

  async set(body: ReturnType<typeof withoutOwn>) {
    const path = { code: this.data.area };
    await carryOut(this, () =>
      this.press(JSON.stringify([path, body]), (key) => ask('putAreasByCodeIncidentTargets', { path, body, key })),
    );
  },

  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },
});
