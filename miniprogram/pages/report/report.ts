import type { Answer } from '../../api/ask';
import { ask, me } from '../../api/session';
import { NO_PHOTOS, type PhotosState, photosTrouble } from '../../components/photo-picker/picked';
import { type Draft, openDraft } from '../../logic/drafts';
import { drawn } from '../../logic/drawn';
import { askToSignIn } from '../../logic/entry';
import { type FormState, READY, sender } from '../../logic/forms';
import { INCIDENT_CATEGORIES } from '../../logic/incident-words';
import { homeCommunity, homeGrid } from '../../logic/people';
import {
  EMPTY_REPORT,
  missingInReport,
  type ReportForm,
  reportBody,
  reportReadBack,
  TYPED_IN_REPORT,
  written,
} from '../../logic/report-form';

type Made = Answer<'postIncidents'>;

/** Reporting a problem: written, read back, sent once. Where life is in danger, one press. */
Page({
  data: {
    step: 'write' as 'write' | 'read' | 'done',
    /** As it was drawn; what is typed since then is in `form` beside `data`. */
    form: EMPTY_REPORT,
    categories: INCIDENT_CATEGORIES.map(({ category, label }) => ({ category, label })),
    /** Where it can be: by one's own home first. */
    places: [] as { code: string; name: string }[],
    home: '',
    sentence: '',
    state: READY as FormState,
    made: null as Made | null,
  },

  form: EMPTY_REPORT,
  photoState: NO_PHOTOS,
  draft: undefined as Draft<ReportForm> | undefined,
  submit: undefined as (() => Promise<Made | undefined>) | undefined,

  onLoad() {
    const person = me();
    if (!person) {
      askToSignIn();
      return;
    }
    const community = homeCommunity(person);
    const grid = homeGrid(person);
    this.draft = openDraft('report', person.id, EMPTY_REPORT);
    this.form = this.draft.value;
    const own = { code: '', name: grid === undefined ? '说不清在哪一片' : '我家附近' };
    this.setData({ form: this.form, home: grid ?? community ?? '', places: [own] });
    if (community !== undefined) void this.lookForPlaces(community, grid);
  },

  /** Without an answer it is reported from home, and the words say where. */
  async lookForPlaces(code: string, own: string | undefined) {
    const found = await ask('getAreasByCodeChildren', { path: { code } }).catch(() => undefined);
    const grids = (found?.items ?? []).filter((area) => area.level === 'grid' && area.code !== own);
    this.setData({ places: [...this.data.places, ...grids.map((area) => ({ code: area.code, name: area.name }))] });
  },

  change(change: Partial<ReportForm>) {
    this.form = { ...this.form, ...change };
    this.draft?.save(this.form);
    this.setData({ ...drawn('form', change, (name) => TYPED_IN_REPORT.includes(name)), state: READY });
  },

  write(event: WechatMiniprogram.Input) {
    this.change(written(this.form, event.detail.value));
  },

  field(event: WechatMiniprogram.Input) {
    const { field } = event.currentTarget.dataset as { field: 'name' | 'relation' | 'address' };
    this.change({ [field]: event.detail.value });
  },

  flip(event: WechatMiniprogram.SwitchChange) {
    const { field } = event.currentTarget.dataset as { field: 'danger' | 'other' };
    this.change({ [field]: event.detail.value });
    // Whom to call is seen at once, wherever on the page one was.
    if (field === 'danger' && event.detail.value) void wx.pageScrollTo({ scrollTop: 0 });
  },

  choose(event: WechatMiniprogram.TouchEvent) {
    const { category } = event.currentTarget.dataset as { category: ReportForm['category'] };
    this.change({ category, chosen: true });
  },

  where(event: WechatMiniprogram.TouchEvent) {
    this.change({ area: (event.currentTarget.dataset as { code: string }).code });
  },

  photos(event: WechatMiniprogram.CustomEvent<PhotosState>) {
    this.photoState = event.detail;
    this.change({ photos: event.detail.ids });
  },

  read() {
    const trouble = missingInReport(this.form) ?? photosTrouble(this.photoState);
    if (trouble) return this.setData({ state: { ...READY, trouble } });
    const place = this.data.places.find(({ code }) => code === this.form.area)?.name ?? '我家附近';
    this.setData({ step: 'read', sentence: reportReadBack(this.form, place), state: READY });
    void wx.pageScrollTo({ scrollTop: 0 });
  },

  back() {
    this.setData({ step: 'write', form: this.form, state: READY });
  },

  async send() {
    if (!this.draft || this.data.state.sent) return;
    this.submit ??= sender(
      this.draft,
      (form, key) => ask('postIncidents', { body: reportBody(form), key }),
      (state) => this.setData({ state }),
    );
    const made = await this.submit();
    if (!made) return;
    this.setData({ step: 'done', made });
    void wx.pageScrollTo({ scrollTop: 0 });
  },

  see() {
    const { made } = this.data;
    if (made) wx.redirectTo({ url: `/pages/incident/incident?id=${made.id}` });
  },

  home() {
    wx.switchTab({ url: '/pages/home/home' });
  },
});
