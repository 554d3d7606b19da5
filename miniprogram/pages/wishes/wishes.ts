Page({
  data: {
    wishes: [
      { id: '1', title: '想要一副老花镜', state: '待认领' },
      { id: '2', title: '孩子想学游泳', state: '已认领' },
    ],
  },
  onPullDownRefresh() {
    wx.stopPullDownRefresh();
  },
  open(event: WechatMiniprogram.CustomEvent<{ id: string }>) {
    wx.navigateTo({ url: `/worker/today/today?id=${event.detail.id}` });
  },
});
