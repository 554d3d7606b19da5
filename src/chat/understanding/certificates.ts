import { matchesOf } from '../../core/matches.ts';

/** Certificates people ask communities for; the longest that fits is meant. */
const KNOWN =
  `无犯罪记录 无违法犯罪记录 犯罪记录 亲属关系 直系亲属关系 亲子关系 父子关系 母子关系 家庭关系 家庭成员关系 婚姻状况 婚姻 未婚 单身 已婚 离婚 未再婚 丧偶 居住 居住地 常住 暂住 实际居住 健在
  生存 养老金领取资格 死亡 正常死亡 非正常死亡 火化 出生 出生医学 户口 户籍 户口注销 户籍注销 户口登记项目内容变更 同一人 同名同姓 曾用名 姓名变更 身份 身份信息 临时身份 收入 低收入 无收入 个人收入 家庭收入
  贫困 困难 家庭困难 家庭经济困难 经济困难 贫困生 低保 特困 失业 无业 待业 就业 灵活就业 务工 工作 在职 离职 工作经历 在读 在校 学历 毕业 实习 社会实践 志愿服务 政审 无房 有房 房产 房屋产权 产权 住房
  房屋 租房 门牌 地址 遗失 丢失 户口簿遗失 财产 资产 存款 残疾 监护 监护人 监护关系 抚养 收养 赡养 独生子女 计划生育 生育 未生育 流动人口婚育 婚育 养犬 经营场所 场地使用 土地 宅基地 品行 表现 无重大疾病 健康 疫苗接种
  预防接种 无传染病 退休 社保 参保 缴费 纳税 完税 继承 公证 关系 分户 迁移 落户 迁入 迁出 归侨 民族 宗教信仰 车位 停车 电动车 遗产 独居 孤儿 事实无人抚养 优抚 退役 烈属 党员 团员 党组织关系 受灾 灾情 债务 证人 证婚`
    .trim()
    .split(/\s+/u)
    .sort((a, b) => b.length - a.length);

/** What may stand before a known name and still belong to it. */
const QUALIFIER = /(?:低|无|非|个人|家庭|父母|夫妻|子女|本人|临时|农村|城镇|长期|社区|电子)$/u;

/** Where a name not on the list begins at the latest: after these words. */
const BEFORE_NAME =
  /^.*(?:开具?|办理?|要[个份张]?|打[个一张份]+|出[具个一份]+|个(?![人体])|[张份]|的|[这那]|一个|请问|[问下哈]|喊我?|叫我?|需要|提供|拿|申请|给|是|有|写|交|补|关于|和|或|及|跟|下载|[\s,，。.?？!！:：、;；“”"'‘’《》（）()])/u;

const OTHER_PAPER =
  /(?:老年(?:优待)?|居住|暂住|残疾|低保|准生|失业|就业(?:创业)?|独生子女(?:父母光荣)?|流动人口婚育|优待|健康|结婚|离婚|养犬|退伍|退役军人优待|养老待遇资格认)证|介绍信|证明信|推荐信|政审表|申请表|贫困表|诊断书|鉴定书|承诺书|公函/u;

const PROOF = /证明(?!信)/gu;
const LONGEST_NAME = 14;

/** The certificate a text names, as written: 无犯罪记录证明; undefined when it names none. */
export function certificateIn(text: string): string | undefined {
  // One of these ends every name there is; most messages have none.
  if (!/[证信表书函]/u.test(text)) return undefined;
  for (const match of matchesOf(PROOF, text)) {
    const before = text.slice(Math.max(0, match.index - LONGEST_NAME), match.index);
    const known = KNOWN.find((name) => before.endsWith(name));
    if (known !== undefined) {
      const qualifier = QUALIFIER.exec(before.slice(0, before.length - known.length))?.[0] ?? '';
      return `${qualifier}${known}证明`;
    }
    const name = before.replace(BEFORE_NAME, '');
    if (name.length > 0 && name.length <= LONGEST_NAME - 2) return `${name}证明`;
  }
  return OTHER_PAPER.exec(text)?.[0];
}
