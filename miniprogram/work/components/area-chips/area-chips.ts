/** Which of one's areas is looked at; nothing for whoever has but one. Triggers `choose` with its code. */
Component({
  properties: {
    /** Of `work/areas`. */
    areas: { type: Array, value: [] as { code: string; name: string }[] },
    area: { type: String, value: '' },
  },
  methods: {
    choose(event: WechatMiniprogram.TouchEvent) {
      const { code } = event.currentTarget.dataset as { code: string };
      if (code !== this.data.area) this.triggerEvent('choose', { code });
    },
  },
});
