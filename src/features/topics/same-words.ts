/**
 * Words by which neighbours say the same, as data: the first names what is meant, the others are its other names. What a
 * topic is about (a thing) tells it from others more than what is to be done there (a deed), and both more than where, when and for whom.
 */

/** Things and troubles. */
const THINGS = `
  杂物 堆放 堆满 堆了 堆着 堆积 堆东西 乱堆 堆得 旧家具 废品 纸箱
  垃圾 垃圾桶 垃圾箱 垃圾站 厨余 脏东西 生活垃圾
  分类 分拣 分开扔 垃圾分类
  电梯 升降梯 梯子上下
  停车 车位 停车位 停车场 乱停 车没地方停 没地方停车 停不了车 私家车 小车 占道停放
  充电 充电桩 充电棚 充电口 飞线 拉电线 电瓶车充
  电动车 电瓶车 电单车 电驴 小电驴
  路灯 照明 装灯 声控灯 黑灯瞎火 太黑 漆黑 摸黑 黑漆漆 看不见路 灯不亮 灯坏 没有灯 没灯 亮灯
  噪音 太吵 噪声 吵闹 扰民 吵得 声音太大 音乐太大 睡不着 声音大 闹得 大喇叭 吵人
  广场舞 跳舞 舞蹈队
  狗 遛狗 养狗 狗狗 宠物狗 犬 狗屎 狗粪 拴绳 牵绳 狗绳
  猫 流浪猫 野猫
  绿化 花草 种花 花坛 花圃 草坪 草地 树木 绿地 种树 栽树
  树枝 大树 树叶 修剪 剪枝 枝丫
  漏水 渗水 滴水 漏雨 渗漏
  下水道 排水 污水 堵了 积水 疏通 下水 管道堵
  自来水 水压 停水 二次供水 水箱 水管
  暖气 供暖 取暖 不热 供热
  燃气 天然气 煤气
  物业费 收费 涨价 费用太高 涨钱 涨到 贵了
  门禁 大门 刷卡 刷脸 门锁 单元门 防盗门
  监控 摄像头 探头
  偷 小偷 被盗 丢东西 失窃 防盗
  消防通道 生命通道 救护车 占了消防
  消防 灭火器 消火栓 消防栓 消防车 火灾 起火
  器材 锻炼 健身器材 运动器材 活动器械
  游乐 滑梯 秋千 玩耍 游乐场 玩的地方 沙坑
  食堂 饭堂 助餐 老年餐 饭桌 吃饭难 送餐
  扶手 栏杆 护栏
  坡道 无障碍 轮椅 台阶
  椅子 凳子 长椅 座椅 石凳 坐的地方 歇脚
  快递 快递柜 包裹 驿站 取件
  外墙 墙皮 墙面 脱落 掉皮
  路面 坑洼 坑坑洼洼 路烂 破路 路不平 修路 坑 地砖 铺路
  减速带 减速 车速 开得太快 超速 开太快
  晾衣 晾晒 晒衣服 晒被子 晾衣杆 晾衣架
  蚊子 蟑螂 老鼠 消杀 灭鼠 虫子 除虫
  高空抛物 扔下楼 往下扔 抛物 楼上扔
  阅览室 图书室 图书角 看书 书屋
  活动室 棋牌室 打牌 下棋
  油烟 烟味 油烟味 呛人
  装修 电钻 施工
  种菜 菜地 菜园 开荒
  共享单车 自行车 单车 车棚 单车棚
  厕所 公厕 卫生间
  公交 公交车 班车 站台 接驳
  红绿灯 斑马线 过马路 人行道
  业委会 业主委员会 业主代表
  维修基金 维修资金
  小广告 牛皮癣 贴广告
  放学 接送 托管 四点半
`;

/** What is to be done, or is wrong. */
const DEEDS = `
  清理 清走 搬走 打扫 清扫 没人清 没人收 清运 收拾 清掉 没人管 清一清 搬开 挪走 脏乱 太脏 太臭 发臭
  加装 安装 装上 装一部 增设 加个 加几 新装 设置 添几 添置 设个 设一
  维修 修理 修一修 修好 修补 坏了 损坏 破损 换新 更换 修缮 修一下 烂了
  管理 管一管 管管 整治 治理 规范 制止 劝阻 约束 不文明
  改造 翻新 改建 扩建 重修 重新铺 重做 改成
  涂刷 粉刷 刷漆
  减少 降低 下调 别涨
`;

/** Where, when and for whom: half of all topics are about the corridor or the old, so this alone makes none alike. */
const SURROUNDINGS = `
  老人 老年人 老人家 老年 爹妈 爷爷 奶奶
  儿童 孩子 小孩 娃娃 娃儿 小朋友
  晚上 夜里 半夜 深夜 夜间
  早上 清早 大清早 早晨
  周末 双休日 礼拜天 星期天
  屋顶 楼顶 房顶 天台 顶楼
  烧烤 烧烤摊 饭店 餐馆
  楼道 楼梯 楼梯间 过道 走廊 楼梯口 楼梯道
  院子 院坝 小院 院里 空地 小广场 广场 坝子
  门口 大门口 出入口
  单元 楼栋 楼下 楼里 底楼 一楼
  车库 地下室 地库 地下车库
  学校 校门口 幼儿园
`;

export type WordKind = 'thing' | 'deed' | 'surrounding';

/** Every word with what it means. */
export const WORDS = (
  [
    ['surrounding', SURROUNDINGS],
    ['deed', DEEDS],
    ['thing', THINGS],
  ] as const
).flatMap(([kind, lines]) =>
  lines
    .trim()
    .split('\n')
    .flatMap((line) => {
      const words = line.trim().split(' ');
      const [meant = ''] = words;
      return words.map((word) => [word, { meant, kind }] as const);
    }),
);

export const MEANINGS: ReadonlyMap<string, { meant: string; kind: WordKind }> = new Map(WORDS);

/** What topics say whatever they are about. */
export const ASKING =
  /好不好|行不行|怎么样|怎么办|您好|你好|大家|邻居们?|社区|小区|我们|咱们|建议|提议|希望|能不能|可不可以|可以|应该|需要|想要?|要不要|商量|讨论|一下|问题|议题|现在|经常|老是|总是|天天|每天|特别|实在|真的|有人|没有|不要|都是|都没|[的了吗呢吧啊哦里个很太都也还给请在把被]/gu;
