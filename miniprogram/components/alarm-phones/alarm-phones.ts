import { ask } from '../../api/session';

/** Whom to call when somebody's life is in danger: 120, 119, 110 at once, the duty phone of the area as soon as it is known. */
Component({
  properties: {
    /** Code of the area one is in. */
    area: { type: String, value: '' },
  },
  data: {
    phones: [
      { phone: '120', words: '急病、受伤' },
      { phone: '119', words: '着火、被困' },
      { phone: '110', words: '有人伤人' },
    ],
    duty: '',
  },
  observers: {
    area(area: string) {
      if (area) void this.lookFor(area);
    },
  },
  methods: {
    async lookFor(code: string) {
      const found = await ask('getAreasByCodeDutyPhone', { path: { code } }).catch(() => undefined);
      if (found?.phone !== undefined && code === this.data.area) this.setData({ duty: found.phone });
    },
    call(event: WechatMiniprogram.TouchEvent) {
      const { phone } = event.currentTarget.dataset as { phone: string };
      void wx.makePhoneCall({ phoneNumber: phone });
    },
  },
});
