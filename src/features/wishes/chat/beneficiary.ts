/** Whom a wish is made for, as far as the words tell. */
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
  [/老伴/u, '老伴'],
  [/我(?:家)?(?:的)?(?:爱人|老公|丈夫|男人)/u, '丈夫'],
  [/我(?:家)?(?:的)?(?:老婆|媳妇|妻子)/u, '妻子'],
];

const TITLES = '大爷|大伯|大妈|大娘|大姐|大哥|大叔|婆婆|奶奶|爷爷|嬢嬢|孃孃|阿姨|叔叔|伯伯|老人|老师傅';
/** 楼下王奶奶, 对门的吴爷爷: a surname before the title. */
const NEIGHBOUR = new RegExp(`(?<![我你他她])([\\u4e00-\\u9fff])(${TITLES})`, 'u');
/** What may stand before a title without being a surname. */
const NO_SURNAME = new Set('我你他她个的位老家隔壁楼上下门名两三几那这和给帮替'.split(''));
const NAMED_CHILD = /(?:留守)?儿童([\u4e00-\u9fff]{1,3})(?=[，,。、：:\s]|$)/u;
/** Old enough to decide for oneself, whatever the grandmother calls them. */
const GROWN = /大学|高中|上班|打工|结婚|成家|参加工作|当兵/u;

/** The elder, child or neighbour a text speaks for; undefined when it names nobody. */
export function beneficiaryIn(text: string): Beneficiary | undefined {
  const child = NAMED_CHILD.exec(text)?.[1];
  if (child) return { name: child, relation: '儿童', under14: true };
  const neighbour = NEIGHBOUR.exec(text);
  if (neighbour?.[1] && !NO_SURNAME.has(neighbour[1])) {
    return { name: neighbour[0], relation: '邻居', under14: false };
  }
  const kin = KIN.find(([said]) => said.test(text));
  // A doubt counts for the child: then the wall shows nothing but the kind of help.
  return kin && { name: kin[1], relation: kin[1], under14: kin[2] === true && !GROWN.test(text) };
}
