import { NEAR } from './kinds.ts';

/** Who is named as somebody else than the speaker; 老人 alone is often what the speaker calls themselves. */
const OTHER = new RegExp(
  `(?<!没)有_{0,4}(?:人|男|女|小伙|姑娘|学生|孩子|老人)|着个人|(?:隔壁|邻居|楼[上下]|对门|那个?|这个?|我家)_{0,4}(?:人|男|女)|(?!老人)${NEAR}|[妈爸爷奶婆姐妹哥弟]|[男女][的人孩生]|[他她](?!们)|小伙|姑娘|朋友|同学|同事|室友|租客|住户|前夫|前妻|[男女]友|对象|闺蜜|儿媳|[叔伯舅姑姨婶嫂侄岳]|亲家|工友|师傅|老师|老乡`.replaceAll(
    '_',
    '[^\\s\\p{P}]',
  ),
  'u',
);
/** The speaker, not whose mother they speak of, nor what they saw or fear. */
const SPEAKER =
  /我(?!们?(?:的|家的?|屋)?(?:[爸妈爷奶外公婆老儿女孩孙哥姐弟妹媳丈男妻爹娘邻隔同朋室对叔舅姑姨侄表堂]|一?个?(?:朋友|同学|同事|亲戚)|家|看到|看见|见到|怕|担心|发现|听到|听见|听说|听|觉得|感觉|刚才?看))|俺|自己好/u;
/** A home or a house named as who wants it: 楼上要跳楼, 3栋那家闹着要跳楼. Who lives there speaks of 住. */
const OF_A_HOME =
  /(?<!住[^\s\p{P}]{0,6})(?:楼[上下]|隔壁|对[门面]|[栋幢]|单元)(?:的|那[个边家位户]?|一?家|楼[上顶]|住户|[里头])*(?:又|正在?|好像|说是?|在|闹着|吵着|非|硬|真的?)*(?:[要想]|准备|不想|跳|喝|吃|割|上吊|自|轻|寻|活不|站|坐|爬)/u;
/** What somebody else did to the speaker is the speaker's grief. */
const GRIEVANCE = /不管|[打骂]|不要|不孝|走了|去世|过世|死了|离婚|欺负|不理|不来|不回|不养|不认|嫌/u;
/** Somebody seen or quoted, of whom the clauses that follow tell on. */
const TOLD_OF = /(?<!没)有(?:一|好)?[个位名]|着个人|(?:那个|这个)(?:人|男|女)|[他她](?:又|也|一直|就)?(?:说|讲|想|要)/u;

/**
 * Whether thoughts of suicide are told of somebody else: 河边有个人想跳河, 我妈说她不想活了. In doubt they are the
 * speaker's own. Pure.
 * @param clause the clause up to the end of the words that tell of it
 * @param before what was said before that clause
 */
export function ofAnother(clause: string, before: string): boolean {
  if (SPEAKER.test(clause)) return false;
  const named = OTHER.exec(clause);
  if (named) return !GRIEVANCE.test(clause.slice(named.index));
  if (OF_A_HOME.test(clause)) return true;
  return TOLD_OF.test(before) && !SPEAKER.test(before) && !GRIEVANCE.test(before);
}
