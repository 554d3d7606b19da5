import { ask, me } from '../../api/session';
import { troubleFrom, wordsOf } from '../../api/trouble';
import {
  type Ballot,
  type BallotButton,
  type BallotFacts,
  ballotButtons,
  CHOICES,
  type Choice,
  factsOfBallot,
  firstVoice,
  notListed,
  type Pack,
  readBackOf,
  standingOf,
  type Voice,
  type VoiceStanding,
} from '../../logic/ballot';
import { moveBallot, runsIt } from '../../logic/ballot-moves';
import { inGroups, keptReceipt, receiptIn } from '../../logic/ballot-receipts';
import { afterLoss, type Checked, castVote, checkVote, unfinished } from '../../logic/ballot-vote';
import { askToSignIn } from '../../logic/entry';
import { latest } from '../../logic/latest';
import { presses } from '../../logic/presses';

/** One ballot: what is asked, one's own vote, who takes part, and what came out. */
Page({
  data: {
    id: '',
    ballot: null as Ballot | null,
    facts: null as BallotFacts | null,
    choices: CHOICES,
    /** For whom it is voted, of those one may vote for. */
    elector: '',
    standing: null as VoiceStanding | null,
    notListed: '',
    /** Secret ballots: the receipt of this vote, as it is read out, and what came of looking after it. */
    receipt: '',
    checked: null as Checked | null,
    /** A vote that lies in no urn yet is to be finished. */
    unfinished: '',
    /** Owners are entered by hand before it opens. */
    enrols: false,
    buttons: { main: [], careful: [] } as Record<BallotButton['weight'], BallotButton[]>,
    runs: false,
    trouble: '',
    voteTrouble: '',
    busy: false,
  },

  asked: latest(),
  looked: latest(),
  press: presses(),
  person: '',
  packs: [] as readonly Pack[],
  typed: '',
  voting: false,

  onLoad({ id = '' }: { id?: string }) {
    const person = me();
    if (!person) return askToSignIn();
    this.person = person.id;
    this.setData({ id });
  },

  onShow() {
    if (this.data.id !== '') void this.load();
  },

  /** @returns whether the house was reached */
  async load(): Promise<boolean> {
    const isLast = this.asked.begin();
    try {
      const { id } = this.data;
      const packs = this.packs.length > 0 ? undefined : ask('getBallotPacks', {}).catch(() => undefined);
      const ballot = await ask('getBallotsById', { path: { id } });
      // Only explains; whatever goes wrong with it, the ballot is there.
      this.packs = (await packs)?.items ?? this.packs;
      if (!isLast()) return true;
      await this.show(ballot);
      const runs = await runsIt(ballot);
      if (isLast()) this.setData({ runs });
      return true;
    } catch (error) {
      if (isLast()) this.setData({ trouble: wordsOf(error) });
      return false;
    }
  },

  async show(ballot: Ballot) {
    const voice = this.voiceOf(ballot) ?? firstVoice(ballot);
    this.setData({
      ballot,
      facts: factsOfBallot(ballot, this.packs, new Date()),
      elector: voice?.elector ?? '',
      standing: voice ? standingOf(ballot, voice, new Date()) : null,
      notListed: notListed(ballot),
      enrols: ballot.moves.includes('enrol'),
      buttons: ballotButtons(ballot.moves),
      trouble: '',
    });
    await this.look(ballot, voice);
  },

  voiceOf(ballot: Ballot): Voice | undefined {
    return ballot.mine.find(({ elector }) => elector === this.data.elector);
  },

  /** Whether a secret vote really lies in the urn: a broken line may have kept half of it back. */
  async look(ballot: Ballot, voice: Voice | undefined) {
    const isLast = this.looked.begin();
    const cast = ballot.secrecy === 'secret' && voice?.way === 'phone';
    const receipt = cast ? keptReceipt(this.person, ballot.id, voice.elector) : undefined;
    this.setData({ receipt: receipt === undefined ? '' : inGroups(receipt), checked: null, unfinished: '' });
    if (receipt === undefined) return;
    const checked = await checkVote(ballot, receipt);
    if (isLast()) this.setData({ checked, unfinished: unfinished(ballot, checked) });
  },

  choose(event: WechatMiniprogram.TouchEvent) {
    const { elector } = event.currentTarget.dataset as { elector: string };
    const { ballot } = this.data;
    if (!ballot || this.voting || elector === this.data.elector) return;
    this.setData({ elector, voteTrouble: '' });
    void this.show(ballot);
  },

  async vote(event: WechatMiniprogram.TouchEvent) {
    const { choice } = event.currentTarget.dataset as { choice: Choice };
    const { ballot } = this.data;
    const voice = ballot && this.voiceOf(ballot);
    if (!voice || this.voting) return;
    this.voting = true;
    try {
      const { confirm } = await wx.showModal({
        ...readBackOf(ballot, voice, choice),
        confirmText: '确定',
        cancelText: '再想想',
      });
      if (!confirm) return;
      this.setData({ busy: true, voteTrouble: '' });
      await castVote(this.person, ballot, voice, choice);
      await this.load();
      void wx.showToast({ title: '投好了', icon: 'success' });
    } catch (error) {
      const reached = await this.load();
      const words = reached && this.data.ballot ? afterLoss(error, this.voiceOf(this.data.ballot), choice) : undefined;
      this.setData({ trouble: '', voteTrouble: words ?? wordsOf(error) });
    } finally {
      this.voting = false;
      this.setData({ busy: false });
    }
  },

  copy() {
    void wx.setClipboardData({ data: this.data.receipt });
  },

  write(event: WechatMiniprogram.Input) {
    this.typed = event.detail.value;
  },

  /** By the receipt on this phone, or by one that was copied from elsewhere. */
  async check() {
    const { ballot, receipt } = this.data;
    const given = receiptIn(receipt === '' ? this.typed : receipt);
    if (!ballot) return;
    if (given === undefined) {
      this.setData({ checked: { found: 'unknown', words: '回执是32位数字和字母，请再看看有没有抄错。' } });
      return;
    }
    const isLast = this.looked.begin();
    const checked = await checkVote(ballot, given);
    if (isLast()) this.setData({ checked });
  },

  async move(event: WechatMiniprogram.TouchEvent) {
    const { move } = event.currentTarget.dataset as { move: string };
    const { ballot, buttons, busy } = this.data;
    const button = [...buttons.main, ...buttons.careful].find((one) => one.move === move);
    if (!button || !ballot || busy) return;
    this.setData({ busy: true });
    try {
      const moved = await this.press(button.move, (key) => moveBallot(ballot, button, key));
      if (!moved) return;
      await this.load();
      void wx.showToast({ title: '好了', icon: 'success' });
    } catch (error) {
      const { message } = troubleFrom(error);
      await this.load();
      this.setData({ trouble: message });
    } finally {
      this.setData({ busy: false });
    }
  },

  go(event: WechatMiniprogram.TouchEvent) {
    const { page } = event.currentTarget.dataset as { page: 'electors' | 'papers' };
    wx.navigateTo({ url: `/pages/${page}/${page}?id=${this.data.id}` });
  },

  owners() {
    wx.navigateTo({ url: `/work/owners/owners?id=${this.data.id}` });
  },

  attend() {
    wx.navigateTo({ url: `/pages/topic-meeting/topic-meeting?id=${this.data.ballot?.about ?? ''}` });
  },

  topic() {
    wx.navigateTo({ url: `/pages/topic/topic?id=${this.data.ballot?.about ?? ''}` });
  },

  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },
});
