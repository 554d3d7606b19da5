import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { type CareVisit, type CareVisitCard, careVisitCard, VOIDINGS } from '../../logic/care-visit';
import { askToSignIn } from '../../logic/entry';
import { listPage } from '../../logic/list-page';
import { nothingYet, pagedList } from '../../logic/paged-list';
import { isSecretary } from '../../logic/people';
import { presses } from '../../logic/presses';

/** Care visits to workers: those of a secretary's community, or one's own. Why somebody was visited stays off the phone. */
Page({
  ...listPage,

  data: {
    secretary: false,
    list: nothingYet<CareVisit>(),
    cards: [] as CareVisitCard[],
    wrong: '',
    busy: false,
  },

  list: undefined as ReturnType<typeof pagedList<CareVisit>> | undefined,
  press: presses(),

  onLoad() {
    const person = me();
    if (!person) return askToSignIn();
    this.setData({ secretary: isSecretary(person) });
    this.list = pagedList<CareVisit>(
      undefined,
      (cursor) => ask('getCareVisits', { query: { cursor } }),
      (list) => this.setData({ list, cards: list.items.map((one) => careVisitCard(one, person.id, new Date())) }),
    );
  },

  begin() {
    wx.navigateTo({ url: '/work/care-visit/care-visit' });
  },

  /** It stays in the list, and is counted no more. */
  async take(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    if (this.data.busy) return;
    const chosen = await wx.showActionSheet({ itemList: VOIDINGS.map(({ label }) => label) }).catch(() => undefined);
    const because = chosen && VOIDINGS[chosen.tapIndex]?.because;
    if (!because) return;
    this.setData({ busy: true, wrong: '' });
    try {
      const gone = await this.press(`${id} ${because}`, (key) =>
        ask('postCareVisitsByIdVoid', { path: { id }, body: { because }, key }),
      );
      this.list?.replace((one) => one.id === id, gone);
      void wx.showToast({ title: '作废了', icon: 'success' });
    } catch (error) {
      this.setData({ wrong: wordsOf(error) });
    } finally {
      this.setData({ busy: false });
    }
  },
});
