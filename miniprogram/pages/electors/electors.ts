import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { isUnderWay, type Pack, packOf } from '../../logic/ballot';
import { type Elector, type ElectorLine, electorLine, type Way, WHO } from '../../logic/electors';
import { askToSignIn } from '../../logic/entry';
import { listPage } from '../../logic/list-page';
import { nothingYet, pagedList } from '../../logic/paged-list';
import { pauseOf } from '../../logic/pause';

const PAUSE_MS = 500;

/** Who may vote and who has, for whoever stands at the door: nobody sees what was chosen. */
Page({
  ...listPage,

  data: {
    who: WHO,
    way: 'all' as Way | 'all',
    /** Whether it is voted at this moment, so that something can be marked. */
    open: false,
    /** Whether what was written down of papers can still be taken back. */
    undoes: false,
    /** Whether it counts who is at the meeting. */
    attended: false,
    turnout: [] as string[],
    list: nothingYet<Elector>(),
    lines: [] as ElectorLine[],
    trouble: '',
    busy: false,
  },

  id: '',
  q: '',
  pause: pauseOf(PAUSE_MS),
  packs: [] as readonly Pack[],
  list: undefined as ReturnType<typeof pagedList<Elector>> | undefined,

  onLoad({ id = '' }: { id?: string }) {
    if (!me()) return askToSignIn();
    this.id = id;
    this.open();
  },

  onShow() {
    if (this.id === '') return;
    void this.list?.refresh();
    void this.count();
  },

  onUnload() {
    this.pause.stop();
  },

  open() {
    const { way } = this.data;
    const query = { ...(way !== 'all' && { way }), ...(this.q !== '' && { q: this.q }) };
    this.setData({ list: nothingYet(), lines: [], trouble: '' });
    // What is marked here goes by the list as it is, and not as it was: nothing of it is kept on the phone.
    this.list = pagedList<Elector>(
      undefined,
      (cursor) => ask('getBallotsByIdElectors', { path: { id: this.id }, query: { ...query, cursor } }),
      (list) => this.setData({ list, lines: list.items.map(electorLine) }),
    );
  },

  /** How many there are so far. */
  async count() {
    const packs = this.packs.length > 0 ? undefined : ask('getBallotPacks', {}).catch(() => undefined);
    const ballot = await ask('getBallotsById', { path: { id: this.id } }).catch(() => undefined);
    this.packs = (await packs)?.items ?? this.packs;
    if (!ballot) return;
    this.setData({
      open: isUnderWay(ballot, new Date()),
      undoes: ballot.state === 'open' || ballot.state === 'closed',
      attended: packOf(ballot, this.packs)?.present !== 'voting',
      turnout: ballot.turnout?.sentences ?? [],
    });
  },

  choose(event: WechatMiniprogram.TouchEvent) {
    const { way } = event.currentTarget.dataset as { way: Way | 'all' };
    if (way === this.data.way) return;
    this.setData({ way });
    this.open();
    void this.list?.begin();
  },

  search(event: WechatMiniprogram.Input) {
    const q = event.detail.value.trim();
    this.pause.after(() => {
      this.q = q;
      this.open();
      void this.list?.begin();
    });
  },

  async attend(event: WechatMiniprogram.TouchEvent) {
    const { elector } = event.currentTarget.dataset as { elector: string };
    await this.mark('postBallotsByIdAttending', elector, (one) => ({ ...one, attended: true }));
  },

  /** Whoever handed in a paper votes by phone no more: it is asked once. */
  async paper(event: WechatMiniprogram.TouchEvent) {
    const { elector, name } = event.currentTarget.dataset as { elector: string; name: string };
    const { confirm } = await wx.showModal({
      title: `${name}交了纸质票？`,
      content: '登记以后，这一票不能再用手机投；这一户会收到通知。',
      confirmText: '交了',
      cancelText: '先不',
    });
    if (confirm) await this.mark('postBallotsByIdHandedIn', elector, (one) => ({ ...one, voted: true, way: 'paper' }));
  },

  /** Marked by mistake, or the paper cannot be found: the household votes by phone again while that is open. */
  async undo(event: WechatMiniprogram.TouchEvent) {
    const { elector, name } = event.currentTarget.dataset as { elector: string; name: string };
    const { confirm } = await wx.showModal({
      title: `${name}没有交纸质票？`,
      content: '撤销登记以后，投票截止前这一票又可以用手机投。',
      confirmText: '撤销登记',
      cancelText: '先不',
    });
    if (confirm)
      await this.mark('postBallotsByIdHandedInUndo', elector, ({ way: _paper, ...one }) => ({
        ...one,
        voted: false,
      }));
  },

  async mark(
    operation: 'postBallotsByIdAttending' | 'postBallotsByIdHandedIn' | 'postBallotsByIdHandedInUndo',
    elector: string,
    change: (elector: Elector) => Elector,
  ) {
    if (this.data.busy) return;
    this.setData({ busy: true, trouble: '' });
    try {
      await ask(operation, { path: { id: this.id }, body: { elector } });
      const marked = this.list?.shown.items.find((one) => one.elector === elector);
      if (marked) this.list?.replace((one) => one.elector === elector, change(marked));
      void wx.showToast({ title: '记下了', icon: 'success' });
      await this.count();
    } catch (error) {
      this.setData({ trouble: wordsOf(error) });
      await this.list?.refresh();
    } finally {
      this.setData({ busy: false });
    }
  },

  async onPullDownRefresh() {
    await Promise.all([this.list?.begin(), this.count()]);
    wx.stopPullDownRefresh();
  },
});
