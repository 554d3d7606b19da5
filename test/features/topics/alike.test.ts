import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALIKE, alikeness, matterOf, rarityAmong } from '../../../src/features/topics/alike.ts';
import { MEANINGS, WORDS } from '../../../src/features/topics/same-words.ts';

/** The same matter in other words: one would second the first instead of proposing the second. */
const SAME: readonly [string, string][] = [
  ['楼道杂物没人清', '楼道里堆满了东西希望清理'],
  ['小区东门晚上太黑，装几盏路灯', '东门那段路没有灯，老人走夜路看不见路'],
  ['7栋加装电梯', '我们7栋的老人爬不动楼，能不能装一部电梯'],
  ['广场舞音乐太吵', '晚上跳舞的声音太大，孩子写不了作业'],
  ['电瓶车没地方充电，建议建充电棚', '好多人飞线给电动车充电，太危险，能不能设充电桩'],
  ['遛狗不拴绳', '有人养狗不牵绳，吓到孩子'],
  ['下水道堵了，一下雨就积水', '院子排水不好，下雨天污水倒灌'],
  ['垃圾桶太脏，夏天发臭', '垃圾没人收，臭得不行'],
  ['停车难，车位不够', '晚上回来没地方停车，能不能多划些停车位'],
  ['物业费涨价要大家商量', '物业费涨到两块五，没有征求业主意见'],
  ['单元门门禁坏了', '楼下防盗门锁不上，谁都能进'],
  ['想在院子里放几张长椅', '老人遛弯没有坐的地方，添几个凳子'],
  ['健身器材坏了没人修', '锻炼的器材都烂了，要更换'],
  ['给孩子建个玩的地方', '小区没有儿童游乐场，娃娃没处玩耍'],
  ['办个老年食堂', '老人做饭不方便，希望有个助餐点'],
  ['路面坑坑洼洼要修', '进小区那条路烂得很，到处是坑'],
  ['车开得太快，装减速带', '门口汽车超速，孩子危险，加几条减速带'],
  ['楼顶漏水', '顶楼渗水好几年了，屋顶要重做防水'],
  ['消防通道被车堵了', '私家车乱停占了消防通道'],
  ['楼上有人高空抛物', '总有人从楼上往下扔东西'],
  ['外墙墙皮脱落', '楼体墙面掉皮，怕砸到人'],
  ['加装监控摄像头防盗', '最近老丢东西，多装几个探头吧'],
  ['楼梯装扶手', '老人上下楼梯不稳，过道加个栏杆'],
  ['楼门口修个无障碍坡道', '轮椅上不去台阶，门口能不能做个坡道'],
  ['快递乱放，装快递柜', '包裹没人看，建议设个取件的柜子'],
  ['树枝挡住窗户要修剪', '大树太高遮光，请人剪枝'],
  ['水压太低，高层没水', '六楼自来水上不来，二次供水要改造'],
  ['暖气不热', '冬天供暖温度不够'],
  ['烧烤摊油烟大', '楼下饭店油烟味呛人'],
  ['蚊子老鼠太多要消杀', '请社区灭鼠，顺便除虫'],
  ['在空地种菜该不该管', '有人把绿地开成菜园'],
  ['放学后孩子没人管，办个托管班', '四点半以后小朋友没处去，想请志愿者托管'],
];

/** Of one place or one thing, and yet another matter. */
const OTHER: readonly [string, string][] = [
  ['楼道里堆满了东西希望清理', '楼道里加装扶手'],
  ['楼道声控灯坏了', '楼道墙面要粉刷'],
  ['7栋加装电梯', '3栋加装电梯'],
  ['小区门口装路灯', '小区门口装减速带'],
  ['广场舞音乐太吵', '小广场加几张长椅'],
  ['停车难，车位不够', '电瓶车没地方充电'],
  ['垃圾桶太脏', '垃圾分类积分换礼品'],
  ['遛狗不拴绳', '流浪猫太多'],
  ['院子里种花', '院子里排水不好'],
  ['物业费涨价要大家商量', '物业保安态度不好'],
  ['单元门门禁坏了', '单元楼外墙脱落'],
  ['健身器材坏了没人修', '组织老人健身操比赛'],
  ['办个老年食堂', '办个老年书法班'],
  ['给孩子建个玩的地方', '放学路上孩子过马路危险'],
  ['路面坑坑洼洼要修', '路边大树要修剪'],
  ['加装监控摄像头', '加装快递柜'],
  ['楼顶漏水', '楼顶种菜该不该管'],
  ['晚上停电太多', '晚上装修太吵'],
  ['暖气不热', '水压太低'],
  ['小区东门改成人行门', '小区东门晚上太黑'],
  ['成立业委会', '用维修基金修屋顶'],
  ['老人需要陪诊', '老人上下楼要装电梯'],
  ['车库潮湿', '车库照明不够'],
  ['烧烤摊油烟大', '烧烤摊晚上太吵'],
  ['重阳节办百家宴', '春节办联欢会'],
  ['晾衣服滴水到楼下', '楼下自行车乱放'],
  ['组织业余合唱队', '广场舞时间太长'],
  ['图书角周末开门', '活动室周末不开门没法打牌'],
  ['公交车在小区门口设站', '小区门口设快递柜'],
  ['消防通道被车堵了', '请消防员来讲课'],
  ['公共厕所太远', '公共晾衣杆不够'],
  ['树枝挡住窗户要修剪', '窗户渗水谁来修'],
];

/** Written after the lexicon, which was not touched for them: how it does on what it was not made for. */
const SAME_UNSEEN: readonly [string, string][] = [
  ['重阳节办百家宴', '九九重阳请老人吃一顿百家宴'],
  ['成立业主合唱队', '想组织大家一起唱歌，搞个合唱队'],
  ['楼下鸽子粪便太多', '有人在阳台养鸽子，粪便掉得到处都是'],
  ['井盖松动，车一过就响', '小区井盖坏了，半夜咣咣响'],
  ['门口保安换人要征求意见', '换保安公司的事要业主来定'],
  ['垃圾站搬远一点', '垃圾屋离居民楼太近，味道大'],
  ['装修时间要规定', '中午别用电钻，装修太吵'],
  ['小区缺停车位', '车子没处放，得想办法'],
  ['儿童滑梯破了', '秋千坏了孩子玩不成'],
  ['电梯老是困人要换', '电梯三天两头出故障，该更换了'],
  ['乱贴小广告', '楼道到处是牛皮癣'],
  ['请在活动室放几本书', '办个图书角'],
];
const OTHER_UNSEEN: readonly [string, string][] = [
  ['电梯广告收入怎么用', '电梯里贴的孩子涂鸦要擦掉'],
  ['楼下鸽子粪便太多', '楼下理发店招牌太亮'],
  ['井盖松动', '路牌松动'],
  ['重阳节办百家宴', '重阳节组织爬山'],
  ['停车收费标准', '外来车辆登记'],
  ['请医生来义诊', '请律师来讲课'],
  ['共建花坛', '花坛旁边安个水龙头'],
  ['自行车乱放', '电瓶车上楼'],
];

const known = [...SAME, ...OTHER, ...SAME_UNSEEN, ...OTHER_UNSEEN].map(([title]) => matterOf(title));
const rarity = rarityAmong(known);
const alike = ([one, other]: readonly [string, string]) => alikeness(matterOf(one), matterOf(other), rarity);

/** How many of those hinted at are the same matter, and how many of the same matter are hinted at. */
function score(same: readonly [string, string][], other: readonly [string, string][]) {
  const hits = same.filter((pair) => alike(pair) >= ALIKE).length;
  const slips = other.filter((pair) => alike(pair) >= ALIKE).length;
  return { precision: hits / (hits + slips), recall: hits / same.length };
}

describe('two topics of the same matter in other words', () => {
  it.each([
    { what: 'the words the lexicon knows', same: SAME, other: OTHER, precision: 0.95, recall: 0.95 },
    { what: 'words it was not made for', same: SAME_UNSEEN, other: OTHER_UNSEEN, precision: 0.8, recall: 0.5 },
  ])('are hinted at, and others are not: $what', ({ same, other, ...floors }) => {
    const found = score(same, other);
    expect(found.precision).toBeGreaterThanOrEqual(floors.precision);
    expect(found.recall).toBeGreaterThanOrEqual(floors.recall);
  });

  it('are as alike the other way round, as themselves wholly, and never beyond', () => {
    const texts = [...SAME, ...OTHER].flat();
    const text = fc.oneof(fc.constantFrom(...texts), fc.string({ unit: 'grapheme', maxLength: 60 }));
    fc.assert(
      fc.property(text, text, (one, other) => {
        const found = alike([one, other]);
        expect(found).toBeCloseTo(alike([other, one]), 10);
        expect(found).toBeGreaterThanOrEqual(0);
        expect(found).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
    for (const one of texts) expect(alike([one, one])).toBeCloseTo(1, 10);
  });

  it('of another building are another matter', () => {
    expect(alike(['7栋加装电梯', '3栋加装电梯'])).toBeLessThan(ALIKE);
    expect(alike(['7栋加装电梯', '7号楼装一部升降梯'])).toBeGreaterThanOrEqual(ALIKE);
  });

  it('in a community where everybody writes a word, that word makes none alike', () => {
    const often = rarityAmong(Array.from({ length: 20 }, () => matterOf('凤凰苑的亭廊')));
    const pair = ['凤凰苑的锣鼓', '凤凰苑的鸽舍'].map(matterOf) as [
      ReturnType<typeof matterOf>,
      ReturnType<typeof matterOf>,
    ];
    expect(alikeness(...pair, often)).toBeLessThan(alikeness(...pair, () => 1));
  });

  it('are told by a lexicon in which no word means two things', () => {
    expect(WORDS.filter(([word, { meant }]) => MEANINGS.get(word)?.meant !== meant)).toEqual([]);
    expect(WORDS).toHaveLength(MEANINGS.size);
  });
});
