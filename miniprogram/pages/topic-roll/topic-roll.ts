import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { newKey } from '../../logic/drafts';
import { askToSignIn } from '../../logic/entry';
import { listPage } from '../../logic/list-page';
import {
  type Attendance,
  type RollCard,
  type RollLine,
  type RollRights,
  rollLine,
  rollWord,
} from '../../logic/meeting';
import { nothingYet, pagedList } from '../../logic/paged-list';
import { pauseOf } from '../../logic/pause';

const PAUSE_MS = 500;

/** The roll of a meeting, called by whoever leads it: who is there, and who came for whom. */
Page({
  ...listPage,

  data: {
    sentences: [] as string[],
    /** Why the roll is only read, or only added to. */
    fixed: '',
    /** For whom somebody who is there is looked for. */
    proxyFor: null as { voice: string; name: string } | null,
    list: nothingYet<RollLine>(),
    lines: [] as RollCard[],
    trouble: '',
    busy: false,
  },

  id: '',
  q: '',
  rights: { calls: false, undoes: false, proxies: 0 } as RollRights,
  pause: pauseOf(PAUSE_MS),
  list: undefined as ReturnType<typeof pagedList<RollLine>> | undefined,

  onLoad({ id = '' }: { id?: string }) {
    if (!me()) return askToSignIn();
    this.id = id;
    this.open();
  },

  onUnload() {
    this.pause.stop();
  },

  open() {
    this.setData({ list: nothingYet(), lines: [], trouble: '' });
    const { q } = this;
    // Who is there goes by the roll as it is, and not as it was: nothing of it is kept on the phone.
    this.list = pagedList<RollLine>(
      undefined,
      async (cursor) => {
        const query = { cursor, ...(q !== '' && { q }) };
        const attendance = await ask('getTopicsByIdAttendance', { path: { id: this.id }, query });
        this.count(attendance);
        return attendance.voices ?? { items: [] };
      },
      (list) => this.setData({ list, lines: list.items.map((line) => rollLine(line, this.rights)) }),
    );
  },

  count(attendance: Attendance) {
    const { sentences, proxies = 0, calls = false, undoes = false } = attendance;
    this.rights = { calls, undoes, proxies };
    this.setData({ sentences, fixed: rollWord(this.rights) });
    if (!calls) this.leaveIt();
  },

  search(event: WechatMiniprogram.Input) {
    const q = event.detail.value.trim();
    this.pause.after(() => {
      this.q = q;
      this.open();
      void this.list?.begin();
    });
  },

  async come(event: WechatMiniprogram.TouchEvent) {
    const { voice } = event.currentTarget.dataset as { voice: string };
    await this.mark(() => ask('postTopicsByIdAttendance', { path: { id: this.id }, body: { voice }, key: newKey() }));
  },

  async undo(event: WechatMiniprogram.TouchEvent) {
    const { voice } = event.currentTarget.dataset as { voice: string };
    await this.mark(() =>
      ask('postTopicsByIdAttendanceUndo', { path: { id: this.id }, body: { voice }, key: newKey() }),
    );
  },

  lookFor(event: WechatMiniprogram.TouchEvent) {
    const { voice, name } = event.currentTarget.dataset as { voice: string; name: string };
    this.setData({ proxyFor: { voice, name } });
    void wx.pageScrollTo({ scrollTop: 0 });
  },

  leaveIt() {
    this.setData({ proxyFor: null });
  },

  async stand(event: WechatMiniprogram.TouchEvent) {
    const { proxy } = event.currentTarget.dataset as { proxy: string };
    const { proxyFor } = this.data;
    if (!proxyFor) return;
    const body = { voice: proxyFor.voice, proxy };
    await this.mark(() => ask('postTopicsByIdAttendance', { path: { id: this.id }, body, key: newKey() }));
    this.setData({ proxyFor: null });
  },

  async mark(send: () => Promise<Attendance>) {
    if (this.data.busy) return;
    this.setData({ busy: true, trouble: '' });
    try {
      this.count(await send());
    } catch (error) {
      this.setData({ trouble: wordsOf(error) });
    } finally {
      await this.list?.refresh();
      this.setData({ busy: false });
    }
  },
});
