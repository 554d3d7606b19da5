App({
  globalData: { fontScale: 1 },
  onLaunch() {
    this.globalData.fontScale = wx.getAppBaseInfo().fontSizeScaleFactor;
  },
});
