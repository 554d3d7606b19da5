import { NUMERAL, readNumeral } from './numerals.ts';

/** Whom somebody speaks for (我妈, 隔壁的老奶奶, 楼上聋哑的大爷), as far as the words tell. */
export interface Beneficiary {
  name: string;
  relation: string;
  under14: boolean;
}

/** What people call their own, and what the register calls it. The longer word first where one holds another. */
const KIN: readonly (readonly [said: RegExp, name: string, child?: true])[] = [
  [/外孙女/u, '外孙女', true],
  [/外孙/u, '外孙', true],
  [/孙女/u, '孙女', true],
  [/孙子|孙孙|孙儿/u, '孙子', true],
  [/(?:儿子|崽崽|幺儿)/u, '儿子', true],
  [/(?:女儿|姑娘|幺女)/u, '女儿', true],
  [/娃娃|娃儿|小娃|孩子|小孩|宝宝|娃(?=[\u4e00-\u9fff])/u, '孩子', true],
  [/外婆|姥姥|家婆/u, '外婆'],
  [/外公|姥爷|家公/u, '外公'],
  [/我(?:家)?(?:的)?奶奶|我婆(?!婆)/u, '奶奶'],
  [/我(?:家)?(?:的)?爷爷/u, '爷爷'],
  [/我(?:家)?(?:的)?婆婆/u, '婆婆'],
  [/岳母|丈母娘/u, '岳母'],
  [/岳父|老丈人/u, '岳父'],
  [/(?:我|老)(?:家)?(?:的)?(?:妈|母亲|娘(?!家))|母亲/u, '母亲'],
  [/(?:我|老)(?:家)?(?:的)?(?:爸|父亲|爹)|父亲|老者|老爷子/u, '父亲'],
  [/我(?:家)?(?:的)?公公/u, '公公'],
  [/(?:帮|替|给|为)(?:妈妈|老妈|妈(?![妈祖]))/u, '母亲'],
  [/(?:帮|替|给|为)(?:爸爸|老爸|爸(?!爸))/u, '父亲'],
  [/我(?:家)?(?:的)?(?:姑妈|姑姑|孃孃|嬢嬢|大姨|小姨|姨妈|舅妈|伯母|婶婶|幺姑)/u, '长辈'],
  [/我(?:家)?(?:的)?(?:舅舅|大舅|幺舅|伯伯|大伯|叔叔|幺叔|姑父|姨父|姑爹)/u, '长辈'],
  [/我(?:家)?(?:的)?(?:大哥|哥哥|哥(?!们)|姐姐|大姐|姐(?!妹)|弟弟|弟|妹妹|妹|嫂子|姐夫|妹夫|兄弟|姊妹)/u, '兄弟姐妹'],
  [/我(?:家)?(?:的)?(?:女婿|姑爷)/u, '女婿'],
  [/我(?:家)?(?:的)?(?:儿媳妇?|儿媳)/u, '儿媳'],
  [/我(?:家)?(?:的)?(?:侄儿|侄子|外甥|侄女|外甥女)/u, '晚辈'],
  [/老伴/u, '老伴'],
  [/我(?:家)?(?:的)?(?:爱人|老公|丈夫|男人)/u, '丈夫'],
  [/我(?:家)?(?:的)?(?:老婆|媳妇|妻子)/u, '妻子'],
];

const TITLES = '大爷|大伯|大妈|大娘|大姐|大哥|大叔|婆婆|奶奶|爷爷|嬢嬢|孃孃|阿姨|叔叔|伯伯|老人|老师傅';
/** 楼下王奶奶, 对门的吴爷爷: a surname before the title. */
const NEIGHBOUR = new RegExp(`(?<![我你他她])([\\u4e00-\\u9fff])(${TITLES})`, 'u');
/** What may stand before a title without being a surname. */
const NO_SURNAME = new Set('我你他她个的位老家隔壁楼上下门名两三几那这和给帮替居哑寡痪旬盲疾明病独残孤聋岁'.split(''));
/** 隔壁的老奶奶, 楼上聋哑的大爷: what is said of them in between is nobody's name. */
const NEARBY = new RegExp(
  `(?<where>隔壁|对门|对面|楼上|楼下|同楼|邻居|门口|(?:同|我们|我|这)(?:一个)?(?:单元|院子)里?)(?:家|那家|邻居|住)?的?(?:那?(?:一?[个位]))?` +
    `(?:[\\u4e00-\\u9fff]{0,8}?的)?(?<who>(?:老|独居|孤寡|残疾|聋哑|瘫痪|盲人?|失明|生病|八旬|七旬|九旬)*(?:${TITLES}|老太太?|老头子?|老爷爷|老奶奶|老婆婆|老大爷|老大妈|老大娘|残疾人|盲人|聋哑人|邻居|孕妇))`,
  'u',
);
/** 隔壁邻居, and no more than that. */
const NEIGHBOURS = /(?:隔壁|对门|楼上|楼下|我(?:家|们)?(?:的)?)邻居/u;
/** What is said of a body is left out of what somebody is called. */
const CONDITION = /独居|孤寡|残疾(?!人)|聋哑(?!人)|瘫痪|失明|生病|[七八九]旬|盲(?!人)/gu;
const NAMED_CHILD = /(?:留守)?儿童([\u4e00-\u9fff]{1,3})(?=[，,。、：:\s]|$)/u;
/** Old enough to decide for oneself, whatever the grandmother calls them. */
const GROWN = /大学|高中|上班|打工|结婚|成家|参加工作|当兵/u;

const AGE = new RegExp(`(${NUMERAL})\\s?岁`, 'u');
/** From this age on nobody is taken for a child under 14, however the birthday falls. */
const NO_CHILD = 15;

function isGrown(text: string): boolean {
  const age = readNumeral(AGE.exec(text)?.[1] ?? '');
  return GROWN.test(text) || (age !== undefined && age >= NO_CHILD && age < 60);
}

/** The elder, child or neighbour a text speaks for; undefined when it names nobody. */
export function beneficiaryIn(text: string): Beneficiary | undefined {
  const child = NAMED_CHILD.exec(text)?.[1];
  if (child) return { name: child, relation: '儿童', under14: true };
  const neighbour = NEIGHBOUR.exec(text);
  if (neighbour?.[1] && !NO_SURNAME.has(neighbour[1])) {
    return { name: neighbour[0], relation: '邻居', under14: false };
  }
  const near = NEARBY.exec(text)?.groups;
  if (near?.where && near.who) {
    return { name: `${near.where}的${near.who.replace(CONDITION, '')}`, relation: '邻居', under14: false };
  }
  const kin = KIN.find(([said]) => said.test(text));
  // A doubt counts for the child: then the wall shows nothing but the kind of help.
  if (kin) return { name: kin[1], relation: kin[1], under14: kin[2] === true && !isGrown(text) };
  const neighbours = NEIGHBOURS.exec(text)?.[0];
  return neighbours === undefined
    ? undefined
    : { name: neighbours.replace(/^我(?:家|们)?的?/u, ''), relation: '邻居', under14: false };
}
