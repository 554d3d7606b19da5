import { ask, me } from '../../api/session';
import { latest } from '../../logic/latest';
import { presses } from '../../logic/presses';
import type { Field, Values } from '../components/fields/field';
import { missingIn } from '../components/fields/field';
import { carryOut, noForm, readPage } from '../form-page';
import { type SpawnedRow, spawnedRows } from '../log/spawned';
import { findWards } from '../log/wards';
import {
  type Action,
  type ActionName,
  actionBody,
  actionsOf,
  beginningOf,
  fieldsOf,
  objection,
  sendAction,
  type Visit,
} from './actions';
import { beforeLines, checkLines, factsOf, type VisitFacts } from './facts';

/** One visit as it was logged: what was found, corrected and checked, and what can be done about it. */
Page({
  ...readPage,
  data: {
    ...noForm(),
    facts: null as VisitFacts | null,
    photos: [] as Visit['photos'],
    spawned: [] as SpawnedRow[],
    /** Danger was written down just now. */
    alarmed: false,
    before: [] as ReturnType<typeof beforeLines>,
    checks: [] as ReturnType<typeof checkLines>,
    actions: [] as Action[],
    trouble: '',
  },

  id: '',
  visit: undefined as Visit | undefined,
  written: {} as Values,
  asked: latest(),
  press: presses(),

  read(): Promise<Visit> {
    return ask('getVisitsById', { path: { id: this.id } });
  },

  show(visit: Visit) {
    const before = this.visit?.spawned.map(({ id }) => id);
    const alarmed = before !== undefined && visit.spawned.some((one) => one.danger && !before.includes(one.id));
    this.visit = visit;
    const now = new Date();
    this.setData({
      facts: factsOf(visit, now),
      photos: visit.photos,
      spawned: spawnedRows(visit),
      ...(alarmed && { alarmed }),
      before: beforeLines(visit, now),
      checks: checkLines(visit, now),
      actions: actionsOf(visit.moves),
      trouble: '',
    });
  },

  async choose(event: WechatMiniprogram.TouchEvent) {
    const { name } = event.currentTarget.dataset as { name: ActionName };
    const action = this.data.actions.find((one) => one.name === name);
    if (!action || !this.visit || this.data.busy) return;
    const wards = name === 'correct' ? await findWards(me()?.id ?? '') : [];
    this.written = beginningOf(name, this.visit);
    this.setData({
      form: name,
      formLabel: action.label,
      fields: fieldsOf(name, this.visit, wards, new Date()),
      values: this.written,
      wrong: '',
    });
  },

  async send() {
    const { form, fields, busy } = this.data;
    if (form === '' || busy || !this.visit) return;
    const name = form as ActionName;
    const wrong = missingIn(fields, this.written) || objection(name, beginningOf(name, this.visit), this.written);
    if (wrong !== '') return this.setData({ wrong });
    await this.perform(name, fields, this.written);
  },

  async perform(name: string, fields: readonly Field[], values: Values) {
    if (!this.visit) return;
    const body = actionBody(name as ActionName, this.visit, fields, values);
    await carryOut(this, () =>
      this.press(`${name} ${JSON.stringify(body)}`, (key) => sendAction(name as ActionName, this.id, body, key)),
    );
  },

  look(event: WechatMiniprogram.TouchEvent) {
    const { url } = event.currentTarget.dataset as { url: string };
    wx.navigateTo({ url });
  },
});
