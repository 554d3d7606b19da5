import type { Contacts } from '../../logic/document-page';

/** How the people of a wish or an incident are reached, once somebody asked. Triggers `ask` and `close`. */
Component({
  properties: {
    /** Whose numbers are not shown. */
    whose: { type: String, value: '' },
    opened: { type: Object, value: null as Contacts | null },
  },
  methods: {
    ask() {
      this.triggerEvent('ask');
    },

    close() {
      this.triggerEvent('close');
    },

    call(event: WechatMiniprogram.TouchEvent) {
      const { phone } = event.currentTarget.dataset as { phone: string };
      void wx.makePhoneCall({ phoneNumber: phone });
    },
  },
});
