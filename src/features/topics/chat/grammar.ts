import { MATTER_NUMBER, NUMERAL } from '../../../core/numerals.ts';

/** The words people name topics by, and what they do to one, from which the commands about topics are put together. */

const HEAD = '(?:(?:你好|您好|请问|麻烦|请|帮我|给我|我的|我们?|我家|要|想|来)[,，\\s]*)*';
const END = '(?:了|吧|嘛|的|啊|呢|哈|哦)*[。.!！~\\s]*';
/** Both ways a topic is named by its number; of the two one pattern each, for a group may stand once only. */
const NAMED = [`议题\\s?${MATTER_NUMBER}(?:的)?`, `${MATTER_NUMBER}(?:的|那个|这个)?\\s?议题(?:的)?`];
const UNNAMED = '(?:(?:这|那)[个条]|我的|我提的)?(?:议题)?(?:的)?';
const MEANT = '(?:在|对于?|就|关于|针对|给|为|把)?';
const HERE = '(?:上|里|会上)?[,，\\s]*(?:我们?|我家|要|想|来|也)*';
/** What follows is what is to be said; 异议：太贵, and 异议 alone. */
const WORDS = '(?:(?:[:：,，]|\\s|是|就是|因为)+(?<words>.+))?';
/** The same where a colon alone makes it a command. */
const COLON = '\\s*[:：]\\s*(?<words>.+)';

const patterns = (bodies: readonly string[]) => bodies.map((body) => new RegExp(`^${body}$`, 'su'));
const ofEachName = (body: (topic: string) => string[]) => patterns(NAMED.flatMap(body));

const SAYS = '(?:发言|发个言|说(?:上)?(?:一|两|几)句(?:话)?|讲(?:一|两|几)句(?:话)?|发表(?:个|点|一下)?意见)';
/** 2号议题发言：…, 我在议题2号上说两句：…, 发言（2号议题）：…; with nothing after it, it is asked for. */
export const SAY_ON = [
  ...ofEachName((topic) => [
    `${HEAD}${MEANT}${topic}${HERE}${SAYS}${COLON}`,
    `${HEAD}${SAYS}[（(\\s]*${topic}[)）]?${COLON}`,
    `${HEAD}${MEANT}${topic}${HERE}${SAYS}${END}[:：]?\\s*`,
    `${HEAD}${SAYS}[（(\\s]*${topic}[)）]?\\s*[:：]?\\s*`,
  ]),
  ...patterns([`${HEAD}(?:在会上)?${SAYS}${COLON}`]),
];

const AGAINST = '(?:有|提|提出|提个|要提)(?:个|一个|点|一点|几点)?(?:异议|不同意见|反对意见|意见)';
const RESULT = '(?:公示)?的?(?:公示|结果|决议|决定)';
/** 对4号议题有异议：…, 4号议题的公示结果我不同意：…, 提异议：… */
export const OBJECT_TO = [
  ...ofEachName((topic) => [
    `${HEAD}${MEANT}${topic}(?:${RESULT})?${HERE}${AGAINST}${WORDS}${END}`,
    `${HEAD}${AGAINST.replace('|意见)', ')')}[（(\\s]*(?:对)?${topic}[)）]?${WORDS}${END}`,
    `${HEAD}${MEANT}${topic}${RESULT}${HERE}(?:不同意|不认可|不服|反对)${WORDS}${END}`,
    `${HEAD}(?:不同意|不认可|不服|反对)${topic}${RESULT}${WORDS}${END}`,
  ]),
  ...patterns([
    `${HEAD}${MEANT}(?:这个|那个)?(?:议题的?)?(?:${RESULT})?${HERE}(?:有|提|提出|提个|要提)(?:个|一个|点)?异议${WORDS}${END}`,
  ]),
];

const POINTS = `(?:个)?[1-5一二两三四五](?:分|颗?星)|[⭐★🌟]`;
const JUDGED = `(?:${POINTS}|满意|办得(?:很|太|真|挺)?[好差]|评[一个]?[评下价]|打[个一]?[分下])`;
const NO_VOTE = '(?:(?!投|附议|同意|反对|弃权|怎么|咋|啥|什么|吗|没有|[:：?？]).)';
/** 评价议题1号, 给1号议题打5分，办得好, 议题1号办得不错，满意 */
export const JUDGE = [
  ...ofEachName((topic) => [
    `${HEAD}(?:评价|评分|打分|评一评|评一下)(?:一?下)?${topic}(?<words>[^?？]*)`,
    `${HEAD}${MEANT}${topic}${HERE}(?<words>${NO_VOTE}{0,10}${JUDGED}[^?？]*)`,
  ]),
  ...patterns([`${HEAD}(?:评价|评一评|评一下)(?:一?下)?(?:这个|那个|一个)?议题${END}`]),
];

const TOGETHER = '(?:合并|并到?一起|合到?一起|一起商量)';
const REFUSES = '(?:不同意|不愿意?|不想|不要|不能|不用|不必|不肯|拒绝|反对|别|莫|不)';
const AGREES = '(?:同意|愿意|可以|能|答应|赞成|支持|就)';
const OTHER = `(?:到|和|跟|与|同)?(?:议题)?(?:${NUMERAL}\\s?号)?(?:议题)?`;
const ASKED = '(?!.*(?:要不要|能不能|可不可以|愿不愿意|同不同意))';
const answers = (verb: string) =>
  [...NAMED, UNNAMED].flatMap((topic) =>
    patterns([
      `${ASKED}${HEAD}${MEANT}${topic}${HERE}${verb}${OTHER}${TOGETHER}${OTHER}${END}`,
      `${HEAD}${verb}(?:把|将)${topic}${TOGETHER}${OTHER}${END}`,
    ]),
  );
/** 同意合并, 我的2号议题可以合并, 同意和1号合并 */
export const MERGE = [...answers(AGREES), ...patterns([`${HEAD}合并${END}`])];
/** 不同意合并, 不想和1号合并 */
export const KEEP_APART = answers(REFUSES);

const WHEN = '(?:现在|目前|最近|近来|这几天|这段时间|今天|本周|这周)?';
const WHO = '(?:我们|咱们?|你们)?(?:社区|小区|院子?里?|院坝|村里?|寨子里?|大家|邻居们?|居民们?|楼里)?(?:里|头)?';
const WHAT = '(?:哪些|哪几[个条]|哪样|什么|啥子?|些什么|些啥子?|些哪样|多少)';
const TALKS = '(?:商量|讨论|商议|协商|议论?|议事|摆谈)(?:着|的是?)?';
const NOW = '(?:正在|在|都|又|还|要|准备)*';
const THINGS = '(?:新的?)?(?:议题|事情?|问题|话题)';
const ASKING = '(?:了|啊|呢|吗|嘛|没有|没得|呀|哦)*[?？。!！\\s]*';
const LOOK = '(?:请问|问一?下|看看|看一?下|查一?下|查看|打开|我?想?(?:看看|知道|晓得)(?:一?下)?)?[,，\\s]*';
/** 有哪些议题, 议题有哪些, 最近在商量什么, 大家在讨论什么, 有没有什么要大家商量的 */
export const WHAT_IS_ON = patterns([
  `${LOOK}${WHEN}${WHO}${WHEN}${NOW}(?:有(?:没有|没得)?${WHAT}?|(?:${TALKS})?${WHAT})(?:正在|在|要)?(?:${TALKS})?(?:的)?(?:新的?)?议题${ASKING}`,
  `${LOOK}${WHEN}${WHO}${WHEN}(?:的)?议题${WHEN}${NOW}有${WHAT}${ASKING}`,
  `${LOOK}${WHEN}${WHO}${WHEN}${NOW}${TALKS}${WHAT}${THINGS}?${ASKING}`,
  `${LOOK}${WHEN}${WHO}${WHEN}有(?:没有|没得)?${WHAT}?${THINGS}?(?:正在|在|要|需要)(?:请)?(?:大家|我们|居民|邻居)?(?:一起|来)*${TALKS}(?:的)?(?:事情?)?${ASKING}`,
  `${LOOK}(?:全部|所有|社区的?)?议题(?:列表|清单)?${END}`,
]);
