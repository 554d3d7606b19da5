import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { allPages } from '../../logic/all-pages';
import { type Ballot, CHOICES, type Choice, choiceWord } from '../../logic/ballot';
import type { Elector } from '../../logic/electors';
import { askToSignIn } from '../../logic/entry';
import { latest } from '../../logic/latest';
import { countedWord, isPaperNumber, type Paper, type PaperLine, paperLines, progressWord } from '../../logic/papers';
import { isSecretary } from '../../logic/people';

const MOST = 500;
const A_PAGE = 100;

/** Paper votes after closing: two people enter each, neither sees what the other entered, and what differs is looked at again. */
Page({
  data: {
    ballot: null as Ballot | null,
    choices: CHOICES,
    /** In a secret ballot whatever number is written on the paper, else whose it is. */
    paper: '',
    name: '',
    choice: '' as Choice | '',
    progress: '',
    lines: [] as PaperLine[],
    said: '',
    trouble: '',
    busy: false,
  },

  id: '',
  typed: '',
  asked: latest(),
  handedIn: [] as readonly Elector[],

  onLoad({ id = '' }: { id?: string }) {
    if (!me()) return askToSignIn();
    this.id = id;
  },

  onShow() {
    if (this.id !== '') void this.load();
  },

  async load() {
    const isLast = this.asked.begin();
    const person = me();
    if (!person) return;
    try {
      const [ballot, { items }] = await Promise.all([
        ask('getBallotsById', { path: { id: this.id } }),
        ask('getBallotsByIdPapers', { path: { id: this.id } }),
      ]);
      const counted = ballot.state === 'counted';
      const handedIn =
        counted && ballot.secrecy === 'secret'
          ? { items: [], more: false }
          : await allPages(
              (cursor) =>
                ask('getBallotsByIdElectors', {
                  path: { id: this.id },
                  query: { way: 'paper', limit: A_PAGE, cursor },
                }),
              MOST,
            );
      if (!isLast()) return;
      this.handedIn = handedIn.items;
      this.setData({
        ballot,
        progress: counted ? countedWord(items) : progressWord(items, handedIn.items.length, handedIn.more),
        lines: paperLines(items, handedIn.items, ballot.secrecy === 'open', isSecretary(person)),
        trouble: '',
      });
    } catch (error) {
      if (isLast()) this.setData({ trouble: wordsOf(error) });
    }
  },

  write(event: WechatMiniprogram.Input) {
    this.typed = event.detail.value;
  },

  /** Takes one of the list up; in a secret ballot its number is filled in. */
  take(event: WechatMiniprogram.TouchEvent) {
    const { paper } = event.currentTarget.dataset as { paper: string };
    const name = this.data.lines.find((line) => line.paper === paper)?.name ?? '';
    this.typed = paper;
    this.setData({ paper, name, choice: '', said: '', trouble: '' });
    void wx.pageScrollTo({ scrollTop: 0 });
  },

  pick(event: WechatMiniprogram.TouchEvent) {
    const { choice } = event.currentTarget.dataset as { choice: Choice };
    this.setData({ choice });
  },

  async enter() {
    const { choice, ballot, busy } = this.data;
    const paper = this.typed.trim();
    if (!ballot || busy) return;
    if (!isPaperNumber(paper))
      return this.setData({
        trouble: ballot.secrecy === 'open' ? '请先在下面点一户。' : '请写票上的编号，只写数字和字母。',
      });
    if (choice === '') return this.setData({ trouble: '请点票上选的是什么。' });
    this.setData({ busy: true, trouble: '', said: '' });
    try {
      const entered = await ask('postBallotsByIdPapers', { path: { id: this.id }, body: { paper, choice } });
      const what = ballot.secrecy === 'open' ? this.data.name : `${paper}号票`;
      this.typed = '';
      this.setData({
        paper: '',
        name: '',
        choice: '',
        said: saidOf(entered, `${what}，您录的是“${choiceWord(choice)}”`),
      });
      await this.load();
    } catch (error) {
      const words = wordsOf(error);
      await this.load();
      this.setData({ trouble: words });
    } finally {
      this.setData({ busy: false });
    }
  },

  /** One's own entry, or as secretary what others entered: it is asked once. */
  async takeBack(event: WechatMiniprogram.TouchEvent) {
    const { paper, name } = event.currentTarget.dataset as { paper: string; name: string };
    if (this.data.busy) return;
    const { confirm } = await wx.showModal({
      title: `撤回${name}录的？`,
      content: '撤回以后，这张票要重新录。',
      confirmText: '撤回',
      cancelText: '先不',
    });
    if (!confirm) return;
    this.setData({ busy: true, trouble: '', said: '' });
    try {
      await ask('postBallotsByIdPapersByPaperTakeBack', { path: { id: this.id, paper } });
      await this.load();
      this.setData({ said: `${name}，撤回了。` });
    } catch (error) {
      const words = wordsOf(error);
      await this.load();
      this.setData({ trouble: words });
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

function saidOf({ settled, differs }: Paper, what: string): string {
  if (settled) return `${what}，和另一个人录的一样。`;
  return differs
    ? `${what}，和另一个人录的不一样。请两个人一起看着票，录错的再录一遍。`
    : `${what}。请另一个人也录一遍。`;
}
