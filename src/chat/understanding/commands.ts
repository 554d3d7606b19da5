import { NUMERAL } from '../../core/numerals.ts';
import { certificateIn } from './certificates.ts';
import type { Intent } from './labels.ts';

/** What the grammar of commands and short answers recognised: a whole message, never a part of one. */
export interface Command {
  intent: Intent;
  /** An explicit command may be acted on without a read-back; a short answer of the same meaning may not. */
  explicit: boolean;
}

const MATTER = '(?:微?心愿|议题|诉求|工单|事件|任务|单子|单|件)';
/** 领一个, 办结3件 say how many and not which: what is no ordinal needs a 号, a # or digits alone. */
const NUMBER = `(?:(?:第\\s?${NUMERAL}\\s?[号个]?|(?:(?:编号|[#№])\\s?)?${NUMERAL}\\s?号)(?:的)?${MATTER}?|(?:(?:编号|[#№])\\s?)?\\d{1,9}(?:的)?(?:微?心愿|议题|诉求|工单|事件|任务)?)`;
const HEAD = '(?:(?:你好|您好|幺妹|麻烦|请|我要|我想|我|帮我|给我)[,，\\s]*)*';
const TAIL = '(?:[\\s,，.。!！~;；]|谢谢你?们?|谢了|多谢|麻烦了|辛苦了|[了哈吧嘛咯啦哦呢]|[\\p{So}\\p{Sk}])*';
const DAY = '[^,，。!！?？吗不没]{2,14}?';
const VOTE = '(?:投票?|表决|选)?(?:了)?(?:赞成|同意|反对|不同意|不赞成|弃权)票?';
const CODE = '[A-Za-z\\d]{4,10}';
const HOW_LONG = '(?:好久|多久|几天|好多天|好长时间|多长时间)';
const WHEN = '(?:什么时候|啥子?时候|哪个时候|几时|哪天|好久|多久)';
const COMES = '(?:办好|弄好|修好|办完|送来|送到|来人|谈|开会|有人来|有结果|有消息|拿到|到货|来|办|修|弄|到)';
/** 要等好久, 修好要几天, 什么时候能送来, 今天能来不: how long one's own matter takes, and nothing of which. */
const TAKES = [
  `(?:那|那个|我的|还|大概|请问)*(?:办|修|弄|送|做)?(?:好|完|来|到)?(?:要|得|需要|还要|还得)(?:等|花)?${HOW_LONG}`,
  `(?:那|那个|我的|还|大概|请问|到底)*${WHEN}(?:才|就)?(?:能|会|可以|得)*${COMES}`,
  `(?:还)?(?:要|得)?等${HOW_LONG}(?:才)?(?:有人|能|会|可以|得)*(?:回|来|办|弄|修|送)?`,
  `(?:那|你们)*(?:今天|明天|后天|这两天|这周)(?:能|会|可以)*${COMES}(?:得了)?(?:不|吗|没|么)`,
].join('|');
/** 为什么还不给办, 咋个没人来: why nothing happens. */
const WHY_NOT =
  '(?:你们|社区|那)*(?:为什么|为啥子?|为哪样|凭什么|咋个?|怎么)(?:还)?(?:不|没有?|没得)(?:给|帮)?(?:我)?(?:办|受理|批|同意|来人|修|送|弄|人管|人接|人来|人理|回话|回复|动静|消息|音信)';
/** 你们快点嘛, 抓紧办: hurries on what is under way. */
const HURRIES =
  '(?:你们|麻烦|请|能不能|可不可以|搞|整|弄|办|动作|再)*(?:快点|快些|快一点|抓紧点?)(?:给我|帮我)?(?:办|弄|修|送|处理|整)?(?:一下|一哈)?(?:行不行|要得不|可以不|好不好)?';
const LOOK = '(?:看看|看一?下|看哈|查看|查一?下|查哈|查)?';

const MENU = '(?:主?菜单|帮助|功能|help|使用说明|指令)';
/** 帮助 事件: the part of the menu that is wanted. */
const MENU_PART =
  '微?心愿|议题|网格事件|事件|问题|求助|走访|排查|谈心(?:谈话)?|投票|表决|提醒|证明|开会|会议|工作|居民|全部|所有';
const NOT_THE_PART = new RegExp(`${MENU}|怎么用|[^\\p{L}]|的`, 'giu');
/** Which part of the menu a message that asks for it names; '' when it names none. */
export const menuPartIn = (text: string): string =>
  new RegExp(`^(?:${MENU_PART})$`, 'u').exec(text.replace(NOT_THE_PART, ''))?.[0] ?? '';

/** Commands by intent. Each must account for the whole message: a question or a change of mind is no command. */
const COMMANDS: readonly [Intent, string][] = [
  ['bind', `绑定?码?(?:是|为|[:：])?\\s*${CODE}`],
  ['wish.claim', `(?:认领|领取|接单|领)\\s?${NUMBER}`],
  ['wish.claim', `${NUMBER}[,，\\s]*(?:我?认领|我来?领|我接|我来)`],
  ['wish.release', `(?:退回|退掉|释放|放弃认领|取消认领)\\s?${NUMBER}`],
  ['wish.release', `${NUMBER}[,，\\s]*(?:退回|退掉)`],
  ['wish.done', `(?:办结|完成|结单|销号)\\s?${NUMBER}`],
  ['wish.done', `${NUMBER}[,，\\s]*(?:已经?)?(?:办结|办完|完成|做完|搞定)`],
  ['wish.extend', `(?:申请)?延期\\s?${NUMBER}(?:(?:延?到|至|延至)${DAY})?`],
  ['wish.extend', `${NUMBER}[,，\\s]*(?:申请)?(?:延期|延|推迟|宽限)(?:到|至)${DAY}`],
  ['wish.withdraw', `(?:撤回|撤销|撤掉)\\s?(?:我的)?${NUMBER}`],
  ['wish.withdraw', `${NUMBER}[,，\\s]*(?:撤回|撤销|撤掉)`],
  ['topic.second', `附议\\s?(?:议题\\s?)?${NUMBER}|${NUMBER}[,，\\s]*(?:我)?附议`],
  ['ballot.cast', `${NUMBER}[,，\\s]*(?:我家?)?${VOTE}|${VOTE}\\s?${NUMBER}`],
  ['progress.query', `(?:查询?|查一下|查哈|进度)\\s?${NUMBER}|${NUMBER}[,，\\s]*(?:的)?进度`],
  ['rate', `(?:评价|评分|打分)?[:：]?\\s?(?:非常|很)?(?:满意|不满意|基本满意|一般)`],
  ['rate', `(?:评价|评分|打分|打|给)?[:：]?\\s?个?[1-5一二两三四五](?:分|颗?星)`],
  [
    'progress.query',
    `${LOOK}我(?:的|认领的?|登记的?|许的?|领的?|接的?|报的?)(?:微?心愿|单子|事情)(?:还|都)?(?:有)?(?:哪些|几个|哪几个|些哪样|列表|清单|情况)?|${LOOK}我(?:认领|登记|许|领|接|报)的?(?:还|都)?(?:有)?(?:哪些|几个|哪几个|些哪样)`,
  ],
  [
    'progress.query',
    `${NUMBER}[,，\\s]*(?:的)?(?:附议|投票)?(?:还)?(?:差|有|够)(?:几个|多少|好多)(?:人|票|个)?(?:附议|投)?`,
  ],
  // How it is judged is asked for.
  ['rate', '(?:来|去)?(?:评价|打分|评分|评个分|打个分)(?:一下|一哈)?'],
  ['wish.list', '(?:查看|看看|打开)?(?:微?心愿)(?:列表|清单|池|墙)'],
  ['duty.today', '(?:查看)?(?:今日|今天的?|我的|本周)(?:任务|待办)(?:清单|列表)?'],
  ['handoff', '(?:转|接|找|要)?人工(?:服务|客服)?'],
  ['mute', '(?:退订|取消|关闭|停止|关掉)(?:所有|全部)?(?:提醒|推送|消息|通知|订阅)|退订|免打扰'],
  ['menu', `${MENU}(?:[\\s:：,，]*(?:${MENU_PART}))?|(?:${MENU_PART})的?(?:${MENU}|怎么用)`],
  ['confirm', '确认|确定|提交|确认提交'],
  ['cancel', '取消'],
];

/** Commands whose words after the colon are the matter itself. */
const OPENINGS: readonly [Intent, RegExp][] = [
  ['wish.submit', /^(?:我要|我想)?(?:登记|提交|发布?|许|报)?(?:一?个)?(?:微?心愿|愿望|愿)\s?[:：]\s?\S/u],
  ['incident.report', /^(?:我要)?(?:上报|报事|报修|举报|投诉|报告问题|反映问题)\s?[:：]\s?\S/u],
  ['topic.propose', /^(?:我要|我想)?(?:发起|提出?|列)?(?:一?个)?(?:议题|提议)\s?[:：]\s?\S/u],
];

/** A matter written after an opening but taken back in the same breath, or asked about, is no command. */
const TAKEN_BACK = /算了|取消|撤回|不要了|不用了|测试|试一下|试哈|怎么|咋|点错|发错/u;

/** Short answers, made of nothing but these words and particles. */
const ANSWERS: readonly [Intent, string][] = [
  [
    'confirm',
    '对头|对的|对|是的|是嘞|是这样的?|是|嗯呢?|唔|好的|好嘞|好|要得|可以的?|行|中|没错|没问题|没得问题|没毛病|无误|正确|妥|确认|确定|提交|就是(?:这个|这样子?|的)?|就(?:这样子?|这么(?:办|报|写|定))|报嘛|报上去|发吧|交嘛|交上去|整嘛|ok|okay|yes|y|👌|👍',
  ],
  [
    'cancel',
    '取消|算了|算咯|算|不报了|不弄了|不搞了|不办了|不交了|不提交|不确认|别提交|别报|莫报|莫提交|莫交|不要报|不要提交|先不报|先别报|先莫报|先不提交|点错|发错|按错|弄错|搞错|说错|打错|写错|错|不对头|不对|不是(?:的|这个|这样|这个意思)?|重来|重新来|退出|返回|否|no|停',
  ],
  [
    'thanks',
    '谢谢|谢|多谢|感谢|感恩|辛苦|费心|难为|劳神|拜拜|拜|再见|再会|回见|晚安|你们?|您|大家|社区|各位|同志们?|书记|啊|收到|好的|好|🙏|🌹|👋',
  ],
  // Reminders are wanted again, or still: no wish for quiet, and nothing there is a label for.
  [
    'none',
    '(?:把|请|麻烦|帮我|给我|我)*(?:恢复|打开|开启|开通|重新(?:打?开|开启)|继续|启用|不要停|别停|莫停|不用停|我要|还是要|要)+(?:我的|所有|全部|微信)*(?:提醒|推送|通知)(?:我|打开|恢复)?|(?:提醒|推送|通知)(?:给我)?(?:恢复|打开|开起|重新开)(?:一?下)?',
  ],
  ['progress.query', [TAKES, WHY_NOT, HURRIES].join('|')],
  // What is wanted is asked for.
  ['wish.submit', '(?:我|想|要|来|给我|帮我|请)*(?:登记|提交?|发布?|许)(?:一?个)?(?:微?心愿|愿望|愿)'],
  ['menu', '你好|您好|喂|在吗|在不在|在不|有人吗|有人没|hello|hi|嗨|哈喽'],
];
const THANKFUL = /谢|感恩|辛苦|费心|难为|劳神|拜|再见|再会|回见|晚安|🙏|🌹|👋/u;

const PARTICLES = '[\\s,，.。!！~;；了啊吧嘛哈呢嘞的哦呀咯啦喽哟]*';
/** Most messages are none of these; that is found out in one go. */
const ANY_COMMAND = new RegExp(`^${HEAD}(?:${COMMANDS.map(([, body]) => body).join('|')})${TAIL}$`, 'iu');
const commands = COMMANDS.map(([intent, body]) => [intent, new RegExp(`^${HEAD}(?:${body})${TAIL}$`, 'iu')] as const);
const answers = ANSWERS.map(
  ([intent, words]) => [intent, new RegExp(`^(?:(?:${words})${PARTICLES}){1,6}$`, 'iu')] as const,
);

/** Longer messages are stories, whatever they begin with. */
const LONGEST_COMMAND = 40;

/** A code of letters alone, as they were given out: in capitals. */
const SPELT_CODE = /^[ACDEFGHJKMNPQRTWXY]{6}$/u;
const MIXED_CODE = /^(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z\d]{6}$/u;
/** As it is read aloud: K F C 7 3 A, KFC 73A. */
const IN_PIECES = /^(?:[A-Za-z\d](?:[\s-][A-Za-z\d]){5}|[A-Za-z\d]{3}[\s-][A-Za-z\d]{3})$/u;

/** Whether a message is a binding code and nothing else. */
function isCode(text: string): boolean {
  if (IN_PIECES.test(text)) return MIXED_CODE.test(text.replace(/[\s-]/gu, ''));
  return SPELT_CODE.test(text) || MIXED_CODE.test(text) || /^\d{6}$/u.test(text);
}

/** Recognises a message that is a command or a short answer as a whole. */
export function commandIn(text: string): Command | undefined {
  const opening = OPENINGS.find(([, pattern]) => pattern.test(text));
  if (opening) return { intent: opening[0], explicit: !TAKEN_BACK.test(text) };
  if (text.length > LONGEST_COMMAND) return undefined;
  const command = ANY_COMMAND.test(text) ? commands.find(([, pattern]) => pattern.test(text)) : undefined;
  if (command) return { intent: command[0], explicit: true };
  if (isCode(text)) return { intent: 'bind', explicit: false };
  const answer = answers.find(
    ([intent, pattern]) => pattern.test(text) && (intent !== 'thanks' || THANKFUL.test(text)),
  );
  if (answer) return { intent: answer[0], explicit: false };
  // A paper's name and nothing else: 残疾证.
  return certificateIn(text) === text ? { intent: 'certificate.ask', explicit: false } : undefined;
}

/** What marks alone can say. */
export function markIn(text: string): Intent {
  if (/[👌👍✅]/u.test(text)) return 'confirm';
  if (/[⭐★🌟]/u.test(text)) return 'rate';
  return /[🙏🌹👋]/u.test(text) ? 'thanks' : 'menu';
}
