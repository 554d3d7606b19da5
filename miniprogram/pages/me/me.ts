Page({
  data: { name: '' },
  onShow() {
    this.setData({ name: wx.getStorageSync<string>('name') });
  },
  save(event: WechatMiniprogram.FormSubmit) {
    wx.setStorageSync('name', event.detail.value.name);
    wx.showToast({ title: '已保存' });
  },
});
