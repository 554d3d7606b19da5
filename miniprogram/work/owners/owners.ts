import type { Answer } from '../../api/ask';
import { ask, me } from '../../api/session';
import { troubleFrom, wordsOf } from '../../api/trouble';
import { askToSignIn } from '../../logic/entry';
import { latest } from '../../logic/latest';
import { pauseOf } from '../../logic/pause';
import { areaText } from './area';
import { enrolling, residentsCalled } from './enrolling';
import { manyLines, ownerList, SHOWN } from './listing';
import {
  type Account,
  askedOf,
  type Entry,
  entryOf,
  entryWritten,
  type Fit,
  fitOf,
  type Left,
  type Owner,
  type OwnerLine,
  otherName,
  type Resident,
  sameName,
  withEntry,
} from './roll';

const PAUSE_MS = 400;
const NOTHING = { name: '', door: '', area: '' };

/** The owners of a vote that is being prepared: entered one by one or many at once, taken out and put back until it opens. */
Page({
  ...ownerList,
  ...manyLines,

  data: {
    ballot: null as Answer<'getBallotsById'> | null,
    /** Whether the list can still be changed. */
    prepares: false,
    totals: '',
    /** As it was drawn; what is typed since then is beside `data`. */
    form: NOTHING,
    /** The owner that is being changed, in words; empty for a new one. */
    changes: '',
    chosen: [] as Account[],
    found: [] as Resident[],
    pasted: '',
    left: [] as Left[],
    unsure: [] as (Entry & { text: string; whose: string })[],
    lines: [] as OwnerLine[],
    more: 0,
    said: '',
    undoes: false,
    trouble: '',
    wrong: '',
    busy: false,
  },

  id: '',
  typed: { ...NOTHING },
  paste: '',
  q: '',
  shown: SHOWN,
  version: 0,
  owners: [] as Owner[],
  before: undefined as Owner[] | undefined,
  changing: undefined as Owner | undefined,
  asked: latest(),
  sought: latest(),
  pause: pauseOf(PAUSE_MS),
  enrol: enrolling(),

  onLoad({ id = '' }: { id?: string }) {
    if (!me()) return askToSignIn();
    this.id = id;
    void this.load();
  },

  onUnload() {
    this.pause.stop();
  },

  async load() {
    const isLast = this.asked.begin();
    try {
      const ballot = await ask('getBallotsById', { path: { id: this.id } });
      const prepares = ballot.moves.includes('enrol');
      const list = prepares ? await ask('getBallotsByIdOwners', { path: { id: this.id } }) : undefined;
      if (!isLast()) return;
      this.before = undefined;
      if (list) this.take(list);
      this.setData({ ballot, prepares, trouble: '', undoes: false });
      this.draw();
    } catch (error) {
      if (isLast()) this.setData({ trouble: wordsOf(error) });
    }
  },

  take({ version, owners }: Answer<'getBallotsByIdOwners'>) {
    this.version = version;
    this.owners = owners;
  },

  write(event: WechatMiniprogram.Input) {
    const { field } = event.currentTarget.dataset as { field: keyof typeof NOTHING };
    this.typed = { ...this.typed, [field]: event.detail.value };
    if (field === 'name') this.pause.after(() => void this.seek());
  },

  /** Those living there who are called so, with their door. */
  async seek() {
    const isLast = this.sought.begin();
    const found = await residentsCalled(this.id, this.typed.name);
    if (isLast()) this.showFound(found, this.data.chosen);
  },

  showFound(found: readonly Resident[], chosen: Account[]) {
    this.setData({ chosen, found: found.filter(({ id }) => !chosen.some((one) => one.id === id)) });
  },

  choose(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    const person = this.data.found.find((one) => one.id === id);
    if (!person) return;
    // The first one chosen names the owner; who owns with them is only added.
    if (this.data.chosen.length === 0) {
      this.typed = { ...this.typed, name: person.name, door: this.typed.door || (person.household ?? '') };
    }
    this.setData({ form: this.typed });
    this.showFound(this.data.found, [...this.data.chosen, { id, name: person.name }]);
  },

  unchoose(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    this.setData({ chosen: this.data.chosen.filter((one) => one.id !== id) });
  },

  /** The list without the owner who is being changed. */
  others(): Owner[] {
    return this.owners.filter((one) => one !== this.changing);
  },

  async add() {
    const entry = entryWritten(this.typed, this.data.chosen);
    if (typeof entry === 'string') return this.setData({ wrong: entry });
    const fit = fitOf(this.others(), entry);
    if (fit.kind === 'wrong') return this.setData({ wrong: `${fit.words}。` });
    const next = withEntry(this.others(), fit);
    if (!next) return this.askWhich([entry]);
    if (await this.save(next, `${this.changing ? '改好了' : '添上了'}：${entry.name}。`)) this.clearForm();
  },

  clearForm() {
    this.typed = { ...NOTHING };
    this.changing = undefined;
    this.sought.begin();
    this.setData({ form: this.typed, chosen: [], found: [], changes: '', wrong: '' });
  },

  askWhich(entries: readonly (Entry & { text: string })[]) {
    const before = this.data.unsure.filter(({ text }) => !entries.some((one) => one.text === text));
    this.setData({ unsure: [...before, ...entries.map((entry) => askedOf(this.others(), entry))] });
  },

  async isSame(event: WechatMiniprogram.TouchEvent) {
    await this.settle(event, sameName);
  },

  async isOther(event: WechatMiniprogram.TouchEvent) {
    await this.settle(event, otherName);
  },

  async settle(event: WechatMiniprogram.TouchEvent, decide: (others: Owner[], entry: Entry) => Fit) {
    const { text } = event.currentTarget.dataset as { text: string };
    const entry = this.data.unsure.find((one) => one.text === text);
    if (!entry) return;
    const fit = decide(this.others(), entry);
    const next = withEntry(this.others(), fit);
    if (fit.kind === 'wrong' || !next) return this.setData({ trouble: fit.kind === 'wrong' ? `${fit.words}。` : '' });
    if (!(await this.save(next, `添上了：${text}。`))) return;
    this.setData({ unsure: this.data.unsure.filter((one) => one.text !== text) });
    if (entry.name === this.typed.name.trim()) this.clearForm();
  },

  change(event: WechatMiniprogram.TouchEvent) {
    const { at } = event.currentTarget.dataset as { at: number };
    const owner = this.owners[at];
    if (!owner) return;
    const { name, door, area, people } = entryOf(owner);
    this.changing = owner;
    this.typed = { name, door, area: areaText(area) };
    this.setData({ form: this.typed, chosen: [...people], found: [], changes: owner.name, wrong: '', said: '' });
    void wx.pageScrollTo({ scrollTop: 0 });
  },

  async remove(event: WechatMiniprogram.TouchEvent) {
    const { at } = event.currentTarget.dataset as { at: number };
    const owner = this.owners[at];
    if (!owner) return;
    if (
      await this.save(
        this.owners.filter((one) => one !== owner),
        `删掉了：${owner.name}。`,
      )
    ) {
      if (this.changing === owner) this.clearForm();
    }
  },

  async undo() {
    if (this.before && (await this.save(this.before, '撤销了上一步。'))) {
      this.before = undefined;
      this.setData({ undoes: false });
    }
  },

  /** The whole list anew; when somebody else changed it meanwhile, theirs is shown and nothing of it lost. */
  async save(owners: Owner[], said: string): Promise<boolean> {
    if (this.data.busy) return false;
    this.setData({ busy: true, trouble: '', wrong: '', said: '' });
    try {
      const version = await this.enrol(this.id, owners, this.version);
      this.before = this.owners;
      this.take({ version, owners });
      this.setData({ said, undoes: true });
      this.draw();
      return true;
    } catch (error) {
      const { status, message } = troubleFrom(error);
      if (status === 409) await this.load();
      this.setData({ trouble: message });
      return false;
    } finally {
      this.setData({ busy: false });
    }
  },

  back() {
    wx.navigateBack({ fail: () => wx.redirectTo({ url: `/pages/ballot/ballot?id=${this.id}` }) });
  },

  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },
});
