import { ask, type Me, me } from '../../api/session';
import { troubleFrom, wordsOf } from '../../api/trouble';
import { type Draft, openDraft } from '../../logic/drafts';
import { freshCode, type How, itemFields, itemOf, valuesOf } from '../../logic/duty-item';
import { type ItemLine, itemLines, nextPack, packFields, type Wrong, withWrong } from '../../logic/duty-pack';
import { type DutyPack, type Item, latestOf } from '../../logic/duty-packs';
import { askToSignIn } from '../../logic/entry';
import { presses } from '../../logic/presses';
import { isoDay } from '../../logic/when';
import { type Field, isTypedIn, missingIn, type Option, type Value, type Values } from '../components/fields/field';
import { placesToRule } from './places';

interface Query {
  code?: string;
  area?: string;
  own?: string;
}
const NOTHING = -1;

/** What was written of a version that was not saved yet. */
interface Begun {
  /** The version it changes: of another one it would undo what somebody else wrote meanwhile. */
  of: number;
  items: Item[];
  whole: Values;
  /** The item that was open, with what was written in it. */
  open: number;
  values: Values;
}

/** A new version of a rule: what is written in it, item by item, since when and by what source. */
Page({
  data: {
    title: '',
    /** 第2版 */
    version: '',
    /** Of the whole, or of the item that is open. */
    fields: [] as Field[],
    values: {} as Values,
    lines: [] as ItemLine[],
    /** Number of the item that is open; -1 for none. */
    open: NOTHING,
    known: false,
    /** Goes on with what was written before the page was left. */
    resumed: false,
    trouble: '',
    wrong: '',
    busy: false,
  },

  query: {} as Query,
  places: undefined as Option[] | undefined,
  packs: [] as readonly DutyPack[],
  pack: undefined as DutyPack | undefined,
  items: [] as Item[],
  /** What was written of the whole, while an item is open. */
  whole: {} as Values,
  values: {} as Values,
  /** What the house refused, by its paths. */
  refused: {} as Wrong,
  press: presses(),
  draft: undefined as Draft<Begun | null> | undefined,

  onLoad(query: Query) {
    this.query = query;
    const person = me();
    const { code, area = '', own = '' } = query;
    if (person) this.draft = openDraft<Begun | null>(`duty-pack:${code}:${area}:${own}`, person.id, null);
    if (person) void this.load(person);
    else askToSignIn();
  },

  again() {
    const person = me();
    if (person) void this.load(person);
  },

  async load(person: Me) {
    const { code = '', area, own } = this.query;
    this.setData({ trouble: '' });
    try {
      const [{ items }, places] = await Promise.all([
        ask('getDutyPacks', {}),
        own === undefined ? undefined : placesToRule(person),
      ]);
      const pack = latestOf(items, code, area) ?? latestOf(items, code);
      if (!pack) return this.setData({ trouble: '没有这一套规则了，请回到名单看看。' });
      Object.assign(this, { packs: items, pack, places });
      this.resume(pack);
    } catch (error) {
      this.setData({ trouble: wordsOf(error) });
    }
  },

  /** From where it was left, else from the version there is. */
  resume(pack: DutyPack) {
    const begun = this.draft?.value;
    if (begun?.of !== pack.version) return this.startAnew();
    this.items = begun.items;
    this.whole = begun.whole;
    this.setData({ resumed: true });
    this.showWhole();
    if (begun.open !== NOTHING) this.openItem(begun.open, begun.values);
  },

  startAnew() {
    const { pack } = this;
    if (!pack) return;
    this.draft?.clear();
    this.items = [...pack.items];
    this.refused = {};
    this.whole = { effectiveFrom: isoDay(new Date()), source: pack.placeholder ? '' : pack.source };
    this.setData({ resumed: false });
    this.showWhole();
  },

  /** The page may be left at any moment, by a call or by mistake. */
  keepDraft() {
    const { pack, items, whole, values } = this;
    if (pack) this.draft?.save({ of: pack.version, items, whole, open: this.data.open, values });
  },

  /** The version that would come next where it is to hold. */
  nextVersion(): number {
    const { pack, places, whole } = this;
    if (!pack) return 1;
    const area = places ? String(whole.area ?? '') : pack.area;
    return (latestOf(this.packs, pack.code, area === '' ? undefined : area)?.version ?? 0) + 1;
  },

  showWhole() {
    const { pack, places, refused } = this;
    this.values = this.whole;
    this.setData({
      title: pack?.title ?? '',
      version: places && this.whole.area === undefined ? '' : `第${this.nextVersion()}版`,
      fields: packFields(places, new Date(), refused),
      values: this.values,
      lines: itemLines(this.items, refused),
      open: NOTHING,
      known: true,
      wrong: '',
    });
  },

  fill({ detail: { name, value } }: WechatMiniprogram.CustomEvent<{ name: string; value: Value }>) {
    const { open, fields } = this.data;
    this.values = { ...this.values, [name]: value };
    if (open === NOTHING) this.whole = this.values;
    this.keepDraft();
    if (isTypedIn(fields, name)) return;
    this.setData({ values: this.values });
    if (name === 'how') this.setData({ fields: itemFields(value as How) });
    if (name === 'area') this.setData({ version: `第${this.nextVersion()}版` });
  },

  edit(event: WechatMiniprogram.TouchEvent) {
    this.openItem((event.currentTarget.dataset as { at: number }).at);
  },

  /** One more item, after all others. */
  add() {
    const [first] = this.items;
    this.items = [...this.items, { code: freshCode(this.items), title: '', kind: first?.kind ?? 'visit' }];
    this.openItem(this.items.length - 1);
  },

  openItem(at: number, written?: Values) {
    const item = this.items[at];
    if (!item) return;
    this.values = written ?? valuesOf(item);
    this.setData({ open: at, fields: itemFields(this.values.how as How), values: this.values, wrong: '' });
  },

  /** The item is as its form says; it goes to the house with all the others. */
  keep() {
    const { open } = this.data;
    const before = this.items[open];
    if (!before || !this.pack) return;
    const made = itemOf(before, this.pack.code, this.values);
    if ('wrong' in made) {
      const fields = withWrong(itemFields(this.values.how as How), made.wrong);
      return this.setData({ fields, wrong: '有一处要改，请看上面红色的字。' });
    }
    this.items = this.items.map((item, at) => (at === open ? made.item : item));
    this.changed();
  },

  /** Without an item that was begun and left, or that is to go. */
  remove() {
    const { open } = this.data;
    if (this.items.length <= 1) return this.setData({ wrong: '一套规则至少要有一项。' });
    this.items = this.items.filter((_item, at) => at !== open);
    this.changed();
  },

  changed() {
    this.refused = {};
    this.showWhole();
    this.keepDraft();
  },

  leave() {
    if (this.items[this.data.open]?.title === '') this.items = this.items.slice(0, -1);
    this.showWhole();
    this.keepDraft();
  },

  async send() {
    const { pack, items } = this;
    const { fields, busy } = this.data;
    if (!pack || busy) return;
    const wrong = missingIn(fields, this.whole);
    this.setData({ wrong });
    if (wrong !== '') return;
    const body = nextPack(pack, { version: this.nextVersion(), items, values: this.whole });
    this.setData({ busy: true });
    try {
      await this.press(JSON.stringify(body), (key) => ask('postDutyPacks', { body, key }));
      this.draft?.clear();
      void wx.showToast({ title: '存好了', icon: 'success' });
      wx.navigateBack({ fail: () => wx.redirectTo({ url: '/work/duty-packs/duty-packs' }) });
    } catch (error) {
      const trouble = troubleFrom(error);
      this.refused = trouble.fields;
      this.showWhole();
      this.setData({ wrong: trouble.message });
    } finally {
      this.setData({ busy: false });
    }
  },
});
