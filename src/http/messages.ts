/** Words of the HTTP part for people. */

/** What kind of trouble a status is, the `title` of a problem. */
export const titles: Record<number, string> = {
  400: '请求有误',
  401: '还没有登录',
  403: '没有权限',
  404: '没有找到',
  405: '不支持这个操作',
  408: '请求超时',
  409: '与当前情况冲突',
  413: '内容太大',
  415: '格式不支持',
  422: '无法处理',
  429: '操作太频繁',
  431: '请求头太大',
  500: '系统出错',
  503: '暂时不可用',
};
export const otherTitle = '没有成功';

/** On every page for people. */
export const frame = { site: '好邻' } as const;

export const sentences = {
  badJson: '提交的内容格式不对，请检查后再试。',
  badText: '提交的文字读不出来，请更新小程序后再试。',
  badHttp: '收到的请求不完整，请检查网络后再试。',
  badAddress: '地址里有无法识别的字符，请检查链接是否完整。',
  badMultipart: '上传的内容格式不对，请重新选择文件。',
  tooDeep: '内容嵌套得太深，请简化后再提交。',
  badCharacter: '内容里有看不见的特殊字符，请删掉后再提交。',
  badName: '内容里有不能使用的字段名，请检查后再提交。',
  badKey: '请求编号应为 1 到 200 个英文字母、数字或符号。',
  notJson: '提交的内容格式不对，请更新小程序后再试。',
  notMultipart: '请用上传文件的方式提交。',
  noEncoding: '请不要压缩提交的内容。',
  tooLarge: (limit: string) => `内容太大了，最多 ${limit}，请减少一些再提交。`,
  headersTooLarge: '请求头太大了，请重新打开页面再试。',
  noFile: '请选择一个文件。',
  oneFile: '一次只能上传一个文件。',
  methodNotAllowed: '这个地址不支持这样的操作。',
  timeOut: '网络太慢，请求没有传完，请稍后再试。',
  unavailable: '系统暂时连不上数据，请过几秒再试，刚才的内容可以放心重新提交。',
  internal: '系统出了点问题，我们已经记下来了，请稍后再试。',
  sessionExpired: '登录已过期，请重新登录。',
  inProgress: '刚才的提交还在处理，请稍等一下再看结果。',
  notRegistered: '这个微信还没有登记，请联系社区工作人员开通。',
  noSuchPerson: '人员',
  noSuchFile: '文件',
  nowhere: '没有这个地址，请检查链接是否完整。',
  wechatCode: '微信登录凭证无效或已用过，请重新打开小程序。',
  wechatFrequent: '登录太频繁了，请一分钟后再试。',
  wechatRisk: '微信提示这个账号有风险，暂时不能登录，请先在微信里解除限制。',
  wechatBusy: '微信服务器正忙，请稍后再登录。',
  wechatAway: '暂时连不上微信，请稍后再登录。',
  wechatNotSet: '这里还没有开通微信登录，请联系管理员。',
};

/** What the reference says about the API as a whole and about what all routes share. */
export const reference = {
  title: '好邻 Haolin API',
  intro:
    '社区工作者按网格照看居民的平台。所有路径在 /api/v1 之下；请求和回答都是 JSON（UTF-8）；时间是 ISO 8601。' +
    '出错时回答 application/problem+json（RFC 9457），detail 是可以直接给人看的一句话，code 供程序判断。' +
    '列表用 limit 和 cursor 翻页，回答里的 next 就是下一页的 cursor。',
  bindingCode: '第一次登录时填社区给的绑定码，以后不用再填',
  bearer: '登录（POST /api/v1/session/wechat）得到的令牌',
  idempotencyKey:
    '请求编号（1–200 个可见 ASCII 字符）。同一个人用同一编号重发同样的内容只生效一次，回答带 Idempotency-Replayed: true；24 小时内有效。',
  idempotencyKeyNotKept:
    '请求编号（1–200 个可见 ASCII 字符）。这里的回答不保存：同一编号重发同样的内容会重新检查权限、重新执行一次。',
  file: '要上传的文件',
  ok: '成功',
  nothing: '成功，没有内容',
  download: '文件内容',
  events: '服务器推送的事件流（text/event-stream）',
  problem: '出错的说明',
  problemFields: '哪些字段有问题，每个一句话，可以显示在它旁边',
  problemErrors: '同样的问题，code 供程序判断',
  retryAfter: '多少秒后可以再试',
  openProblems: '各种出错',
  public: '公开',
  demo: '仅演示',
  signed: '需要登录',
  machine: '供程序读取的 OpenAPI 3.1 文档',
  parameters: '参数',
  body: '内容',
  answer: '回答',
  sessionTag: '登录',
  demoTag: '演示',
  signInWechat: '用微信小程序的 wx.login 凭证登录',
  signOut: '退出登录：在所有手机上都要重新登录',
  signInDemo: '演示：以某人的身份登录',
  moveClock: '演示：把时钟往前拨',
  me: '我是谁',
};
