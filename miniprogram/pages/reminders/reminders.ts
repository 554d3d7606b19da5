import { ask, type Me, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { askToSignIn } from '../../logic/entry';
import { latest } from '../../logic/latest';
import {
  CHANNELS,
  type Channel,
  PAUSES,
  type Push,
  type ReminderLine,
  reminderLines,
  whoServes,
} from '../../logic/reminders';
import { dateWord } from '../../logic/when';

/** How somebody wants to be told things: where, whether they want a rest from it, and which reminders they can do without. */
Page({
  data: {
    channels: CHANNELS,
    /** Others wait for what they do. */
    serves: false,
    pauses: PAUSES,
    channel: 'auto' as Channel,
    /** The day of the pause's end in words; empty without one. */
    until: '',
    lines: [] as ReminderLine[],
    /** The reminder that was switched just now, which a press switches back. */
    switched: null as ReminderLine | null,
    known: false,
    trouble: '',
    wrong: '',
    busy: false,
  },

  person: undefined as Me | undefined,
  asked: latest(),

  onLoad() {
    this.person = me();
    if (!this.person) return askToSignIn();
    void this.load();
  },

  async load() {
    const isLast = this.asked.begin();
    try {
      const push = await ask('getMePush', {});
      if (isLast()) this.show(push);
    } catch (error) {
      if (isLast()) this.setData({ trouble: wordsOf(error) });
    }
  },

  show(push: Push) {
    if (!this.person) return;
    this.setData({
      channel: push.channel === 'inbox' ? 'inbox' : 'auto',
      until: push.mutedUntil === undefined ? '' : dateWord(push.mutedUntil, new Date()),
      lines: reminderLines(push, this.person),
      serves: whoServes(this.person),
      known: true,
      trouble: '',
    });
  },

  chooseChannel(event: WechatMiniprogram.TouchEvent) {
    const { channel } = event.currentTarget.dataset as { channel: Channel };
    if (channel !== this.data.channel) void this.attempt(() => ask('putMePush', { body: { channel } }));
  },

  pause(event: WechatMiniprogram.TouchEvent) {
    const { days } = event.currentTarget.dataset as { days: number };
    void this.attempt(async () => {
      await ask('putMeMute', { body: { days } });
      return ask('getMePush', {});
    });
  },

  /** Ends the pause. Letting all in again lets in those switched off by name too, so these are switched off once more. */
  resume() {
    const off = this.data.lines.filter(({ on }) => !on).map(({ name }) => name);
    void this.attempt(async () => {
      await ask('putMeMute', { body: { days: 0 } });
      return ask('putMePush', { body: { mute: off } });
    });
  },

  turn(event: WechatMiniprogram.CustomEvent<{ value: boolean }>) {
    const { name } = event.currentTarget.dataset as { name: string };
    void this.switch(name, event.detail.value);
  },

  /** Switches the last one back. */
  undo() {
    const { switched } = this.data;
    if (switched) void this.switch(switched.name, !switched.on);
  },

  async switch(name: string, on: boolean) {
    const line = this.data.lines.find((one) => one.name === name);
    if (!line) return;
    const done = await this.attempt(() => ask('putMePush', { body: on ? { unmute: [name] } : { mute: [name] } }));
    if (done) return this.setData({ switched: { ...line, on } });
    // It stands where the finger put it, and goes back only when it is told of a change.
    this.put({ ...line, on });
    this.put(line);
  },

  put(line: ReminderLine) {
    this.setData({ lines: this.data.lines.map((one) => (one.name === line.name ? line : one)) });
  },

  /** @returns whether it worked */
  async attempt(work: () => Promise<Push>): Promise<boolean> {
    if (this.data.busy) return false;
    this.setData({ busy: true, wrong: '', switched: null });
    try {
      this.show(await work());
      return true;
    } catch (error) {
      this.setData({ wrong: wordsOf(error) });
      return false;
    } finally {
      this.setData({ busy: false });
    }
  },

  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },
});
