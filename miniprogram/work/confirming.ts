import { wordsOf } from '../api/trouble';

const MOST_NOTE = 200;

/** What a page shows of the rule that is being confirmed. */
export interface Confirming {
  /** Id of its card; empty while none is. */
  confirming: string;
  most: number;
  wrong: string;
  busy: boolean;
}

export const nothingConfirmed = (): Confirming => ({ confirming: '', most: MOST_NOTE, wrong: '', busy: false });

interface ConfirmingPage {
  data: Confirming;
  note: string;
  setData(change: Partial<Confirming>): void;
}

/** What a page does on which an admin says, once for a version, that it was compared with its source. */
export const confirmingPage = {
  begin(this: ConfirmingPage, event: WechatMiniprogram.TouchEvent) {
    this.note = '';
    this.setData({ confirming: (event.currentTarget.dataset as { id: string }).id, wrong: '' });
  },

  leave(this: ConfirmingPage) {
    this.setData({ confirming: '', wrong: '' });
  },

  write(this: ConfirmingPage, event: WechatMiniprogram.Input) {
    this.note = event.detail.value;
  },
};

/**
 * Said for good, it is asked once more.
 * @param words what is wrong with so short a note, and what comes of it
 */
export async function confirmVersion(
  page: ConfirmingPage,
  { title, shortest, short, content }: { title: string; shortest: number; short: string; content: string },
  send: (note: string) => Promise<void>,
): Promise<void> {
  const note = page.note.trim();
  if (page.data.busy) return;
  if (note.length < shortest) return page.setData({ wrong: short });
  const { confirm } = await wx.showModal({
    title: `“${title}”核对无误？`,
    content,
    confirmText: '确认',
    cancelText: '先不',
  });
  if (!confirm) return;
  page.setData({ busy: true, wrong: '' });
  try {
    await send(note);
    page.setData({ confirming: '' });
    void wx.showToast({ title: '记下了', icon: 'success' });
  } catch (error) {
    page.setData({ wrong: wordsOf(error) });
  } finally {
    page.setData({ busy: false });
  }
}
