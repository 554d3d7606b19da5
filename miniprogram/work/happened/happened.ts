import { ask, type Me, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { askToSignIn } from '../../logic/entry';
import { clockOf, happenedFields, happenedWords, happeningsOf, unfilled } from '../../logic/happened';
import { homeCommunity, type Role } from '../../logic/people';
import { presses } from '../../logic/presses';
import { ownersFor } from '../../logic/topic-owners';
import { isoDay } from '../../logic/when';
import { placesOf } from '../areas';
import { bodyOf, type Field, type Values } from '../components/fields/field';
import { formPage, noForm } from '../form-page';

const REPORTERS: readonly Role[] = ['worker', 'grid_worker', 'secretary', 'care_keeper'];
const COMING: readonly Role[] = ['worker', 'grid_worker', 'secretary', 'social_worker', 'care_keeper'];
const COMMUNITY = /^\d{12}/u;

/** Something happened that somebody has to come to or to report: who reports it sees who comes, and by when. */
Page({
  ...formPage,

  data: {
    ...noForm(),
    /** Rules that say nothing yet. */
    unfilled: '',
    /** Nothing can be reported by the rules there are. */
    nothing: false,
    /** What was reported, in a sentence, and its id to take it back. */
    done: '',
    id: '',
    known: false,
    trouble: '',
  },

  written: {} as Values,
  press: presses(),

  onLoad() {
    this.begin();
  },

  begin() {
    const person = me();
    if (person) void this.load(person);
    else askToSignIn();
  },

  async load(person: Me) {
    const now = new Date();
    this.setData({ trouble: '', done: '', id: '', wrong: '' });
    try {
      const [{ items }, areas] = await Promise.all([ask('getDutyPacks', {}), placesOf(person, REPORTERS)]);
      const events = happeningsOf(items);
      const places = areas
        .filter(({ code }) => COMMUNITY.test(code))
        .map(({ code, name }) => ({ value: code, label: name }));
      const community = (places[0]?.value ?? homeCommunity(person) ?? '').slice(0, 12);
      const people = events.length === 0 ? [] : await ownersFor(community, COMING);
      const options = people.map(({ id, label }) => ({ value: id, label }));
      this.written = {
        day: isoDay(now),
        time: clockOf(now),
        ...(places.length === 1 && { area: places[0]?.value ?? '' }),
      };
      this.setData({
        fields: happenedFields({ events, places, people: options }, now),
        form: 'report',
        values: this.written,
        unfilled: unfilled(items).join('、'),
        nothing: events.length === 0,
        known: true,
      });
    } catch (error) {
      this.setData({ trouble: wordsOf(error) });
    }
  },

  async perform(_name: string, fields: readonly Field[], values: Values) {
    const { event, area, day, time, bearer, place, what } = bodyOf(fields, values) as Record<string, string>;
    const body = {
      event: event ?? '',
      area: area ?? '',
      happenedAt: `${day}T${time}:00+08:00`,
      ...(bearer !== undefined && { bearer }),
      ...(place !== undefined && { place }),
      ...(what !== undefined && { what }),
    };
    this.setData({ busy: true, wrong: '' });
    try {
      const made = await this.press(JSON.stringify(body), (key) => ask('postDutyEvents', { body, key }));
      this.setData({ done: happenedWords(made, me()?.id ?? '', new Date()), id: made.id });
    } catch (error) {
      this.setData({ wrong: wordsOf(error) });
    } finally {
      this.setData({ busy: false });
    }
  },

  /** It was none after all: whoever was to come is told. */
  async take() {
    const { id, busy } = this.data;
    if (busy) return;
    const { confirm, content = '' } = await wx.showModal({
      title: '为什么撤销？',
      editable: true,
      placeholderText: '例如：弄错了，没有这件事',
      confirmText: '撤销',
      cancelText: '先不',
    });
    const reason = content.trim();
    if (!confirm) return;
    if (reason.length < 2) return this.setData({ wrong: '请写一句为什么撤销。' });
    this.setData({ busy: true, wrong: '' });
    try {
      await this.press(`${id} ${reason}`, (key) =>
        ask('postDutyEventsByIdDrop', { path: { id }, body: { reason }, key }),
      );
      this.setData({ done: '撤销了，不用再去。', id: '' });
    } catch (error) {
      this.setData({ wrong: wordsOf(error) });
    } finally {
      this.setData({ busy: false });
    }
  },

  back() {
    wx.navigateBack({ fail: () => wx.redirectTo({ url: '/work/duties/duties' }) });
  },
});
