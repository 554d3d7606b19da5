/** Whether somebody asks to know something: 老年卡在哪里办. Pure, on normalised text. */

const INTRODUCED = '(?:想|要)?(?:请?问|打听|咨询|了解)(?:一?下|一?哈|问)?';
const WHAT =
  '(?:哪里|哪点|哪个|哪些|哪样|怎么|咋个?|啷个|如何|多少|几点|几号|什么|啥子?|要不要|需不需要|能不能|可不可以|有没有|是不是)';
const DOING = '(?:办理?|申请|申领|领取?|交|报销|补办|报名|登记|查)';
const TO_KNOW = new RegExp(
  `${INTRODUCED}[^，,。！!]{0,30}${WHAT}|(?:在哪里|在哪点|去哪里|去哪点|到哪里|怎么|咋个|啷个|如何)${DOING}|归(?:哪个|谁|哪里)(?:部门)?管|(?:几点|好久|多久|什么时候|哪天|星期[一二三四五六天日]|周末|今天|明天)(?:上班|下班|开门|关门|有人(?:在|值班))`,
  'u',
);
/** What is wanted of somebody is no question for facts, however it is put. */
const WANTED = /想要|想请|帮我|帮忙|派人|喊个人|找个人|心愿|议题|投票|表决|求助|绑定|转人工|真人|人工/u;
const LONGEST = 60;

export const asksToKnow = (text: string): boolean => text.length <= LONGEST && TO_KNOW.test(text) && !WANTED.test(text);

const ANGER =
  /吃干饭|不作为|没得用|没用的东西|废物|骗人|敷衍|当空气|狗屁|垃圾(?:社区|机器人)|什么玩意|气死|鬼火[冒绿]|良心/u;
/** 你们社区就是吃干饭的. */
export const isAngry = (text: string): boolean => text.length <= LONGEST && ANGER.test(text);

const NODS =
  /^(?:好的?|要得|嗯+|哦+|行|可以|晓得|知道|明白|懂|收到|没事|没得事|那就?|我|等到|等着|就是|[了哈啊嘛吧，,。!！~\s])+$/u;
/** 要得，晓得了: needs no answer but a friendly one. */
export const nods = (text: string): boolean => /\p{L}/u.test(text) && NODS.test(text);
