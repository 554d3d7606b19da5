import { inEcho, shown } from '../core/echo.ts';
import { type Day, spanWords, weekdayOf } from '../core/time.ts';
import type { Remark } from './dialogue/reaction.ts';
import type { Emergency } from './understanding/emergency.ts';

/** Everything the bot says that belongs to no feature. */

const NAME = '好邻';

export const REMARKS: Record<Remark, string> = {
  nothing_to_confirm: '现在没有等您确认的事。要是刚才说的事隔久了，请再说一遍。',
  nothing_to_choose: '现在没有等您选的单子。要是刚才的单子隔久了，请把要办的事再说一遍。',
  nothing_to_cancel: '现在没有正在办的事，不用取消。有事您直接说。',
  nothing_before: '前面没有别的了。要是刚才的事隔久了，请再说一遍。',
  cancelled: '好的，这件事不办了。有事随时说。',
  cancelled_list_stays: '好的，这一件不办。刚才的名单还在，回数字可以选别的。',
  all_cancelled: '好的，都不办了。有事随时说。',
  back_again: '好的，回到上一步：',
  choose_again: '好的，那请重新选：',
  not_this: '好的，不是这件，先不办。请您把要办的事再说一遍。',
  none_of_these: '好的，都不是。请换个说法再讲一遍，或者回“转人工”找社区的人。',
  answer_yes_or_no: '没太听明白。对的话请回“确认”，不办请回“取消”：',
  no_hurry: '好的，不急，想好了再回我：',
  take_your_time: '好的，不急，想好了再跟我说。',
  say_the_change: '好的，要改哪里请直接说，比如“不对，是后天”；整件事重说一遍也行。还没改的是：',
  answer_a_number: '请回前面的数字选一个，都不是就回“都不是”：',
  answer_in_words: '请直接说，一两句话就行：',
  given_up: '看来我没弄明白，这件事先放下。请换个说法再讲一遍，或者回“转人工”找社区的人。',
};

/** Several matters in one message, taken up one after the other. */
export const SEVERAL = (words: readonly string[]): string =>
  [`您说了${words.length}件事，我一件一件办：`, ...words.map((one, index) => numbered(index, shown(one, 20)))].join(
    '\n',
  );
export const ONE_VOTE_AT_A_TIME = '投票请一个一个说，我先办第一个，别的等会儿再说一遍：';
export const NEXT = (words: string, left: number): string =>
  `接着办${left > 0 ? '下一件' : '最后一件'}${words === '' ? '' : `“${words}”`}：`;

/** A day nothing can be put off to. */
export const DATE_SLIP = {
  past: (said: string): string => `“${said}”已经过去了，请说一个以后的日子。`,
  no_such_day: (said: string): string => `没有“${said}”这一天，请再看看日历。`,
  weekday: (said: string, day: Day = ''): string => `${notThatDay(said, day)}。请再说一下是哪一天。`,
};
const notThatDay = (said: string, day: Day): string =>
  `您说的“${said}”对不上：${Number(day.slice(5, 7))}月${Number(day.slice(8))}日是星期${'一二三四五六日'[weekdayOf(day) - 1]}`;
/** The same of what nothing is kept of, so that nothing can wait for an answer. */
export const LOOK_AGAIN = (said: string, day: Day): string => `${notThatDay(said, day)}，请看看是不是说错了。`;

/** Of a day that was named in two ways: neither of them is a slip. */
export const AS_I_SAID = '照我说的写';

/** Ends every read-back. */
export const CONFIRM_HINT = '回“确认”办理，回“取消”不办。';

export const GUESSED = (title: string): string => `您是要“${title}”，对吗？`;

/** Words that were taken for more of a danger and may have been something else. */
export const ASIDE = (title: string): string => `要是说的是另一件事，想“${title}”，请回“1”。`;

export const dropped = (title: string): string => `刚才“${title}”还没办完，先放下了。`;

export const THANKS = '不客气，应该的。有事随时说。';
/** A question for facts, which only people can answer. */
export const ASK_A_HUMAN = '这个我答不上来，可以帮您问社区的人：';
/** To 要得，那我等到 and the like, when nothing was asked. */
export const NOTED = '好的，有事随时说。';
/** To somebody who is angry with the community or with the bot. */
export const SORRY = '对不起，让您生气了。哪件事没办好，请直接告诉我，我马上记下；想找社区的人，回“转人工”。';
export const SMALL_TALK = '我是社区的小助手，聊天不太在行，办事可以。有什么需要您直接说，回“菜单”看看我会办哪些事。';
/** To somebody who writes in another language. */
export const IN_CHINESE =
  'Sorry, I only understand Chinese. Emergency: police 110, fire 119, ambulance 120. 我只懂中文，请用中文说，或者回“转人工”找社区的人。';
export const TROUBLE =
  '系统刚才出了点小问题，这件事可能没办成。请过几分钟再说一次，着急的话请直接打社区电话；人有危险请打110、119、120。';
/** `seconds`: how long nothing more is taken in. */
export const tooFast = (seconds: number): string =>
  `您发得有点快，我跟不上了：这条没有记下，接下来${spanWords(seconds)}里发的也记不下，请歇一会儿再发一遍，之前的都在办。有危险的事随时说，或者直接打110、119、120；找社区的人回“转人工”。`;

/** In the inbox, when the chat could not say it within ten minutes. */
export const UNSAID = {
  title: '聊天里没发出去的回复',
  body: (when: string, text: string): string => `您${when}在聊天里说的事，回复当时没能发出去：\n${text}`,
};
export const UNFINISHED = {
  title: '有一句话没来得及办',
  body: (when: string): string =>
    `您${when}在聊天里说的话没来得及办，这件事可能没办成。请再说一次，着急的话请直接打社区电话。`,
};

export const VOICE = '收到您的语音，可惜我还听不懂语音。麻烦打字告诉我，或者回“转人工”找社区的人。';
/** What a service wrote down of a voice message that tells of danger: passed on already. */
export const HEARD_OF_DANGER = (words: string): string =>
  `我听到的是：“${inEcho(words)}”。听错了就回“误报”，再打字告诉我。`;
/** The same of what is added to a danger that is known. */
export const HEARD_MORE = (words: string): string =>
  `我听到的是：“${inEcho(words)}”。听错了就打字告诉我该是什么，我马上转告。`;
/** What a service wrote down of a voice message: right or not, before anything comes of it. */
export const HEARD = (words: string): string => `我听到的是：“${inEcho(words)}”，对吗？对就回“对”；不对请打字告诉我。`;
export const NOT_HEARD = '好的，那句不算。请打字告诉我，或者再说一遍。';
export const STICKER_OR_FILE = '收到。这种消息我还看不懂，请打字告诉我，或者发照片。';
export const PICTURE_FAILED = '这张照片没有收好，请再发一次；还不行就打字告诉我。';
export const tooManyPictures = (most: number): string =>
  `一次最多收${most}张照片，多的我就不存了。请打字说说这些照片是什么事。`;
export const picture = (count: number): string =>
  `收到${count > 1 ? `${count}张` : ''}照片。请问${count > 1 ? '这些' : '这张'}照片是要办哪件事？也可以直接打字说。`;

/** Where everybody in the group can see it, so it says nothing about the matter. */
export const ANSWERED_PRIVATELY = '已私下回复，请看私聊消息。';
export const CANNOT_WRITE_PRIVATELY = '没能发出私聊消息，请先加我为好友，或到小程序里查看。';

export const BIND_FIRST = [
  `您好，我是${NAME}，社区的办事小助手。我还不知道您是谁，办事前请先绑定：`,
  '1. 打开好邻小程序，在“我”里点“拿一个绑定码”，会看到一个绑定码；',
  '2. 把它发给我，比如“绑定 482913”。',
  '没有小程序的，请找社区工作人员要绑定码。',
].join('\n');
/** The same for everybody to see: nothing about anybody. */
export const BIND_FIRST_IN_GROUP = '我还不知道您是谁，办事前请先加我为好友，发“菜单”看怎么绑定。';

export const MENU_HEAD = '您好，我能帮您办这些事，直接说就行：';
export const MENU_LINE = (title: string, example: string): string => `· ${title}，比如“${example}”`;
/** Below what belongs to somebody's work: what everybody can do is asked for by its part. */
export const MENU_OWN = '自己和邻居的事也能办：回“帮助 心愿”“帮助 事件”“帮助 议题”看怎么说，回“帮助 全部”都看一遍。';
export const MENU_PART_HEAD = (part: string): string => `关于${part}，可以这样跟我说：`;
export const MENU_FOOT = '听不明白的地方我会问您；要找人就回“转人工”。';
export const MENU_FOOT_WITHOUT_HUMAN = '听不明白的地方我会问您。';

export const WHICH = '我没完全听明白，您是想：';
export const WHICH_NOTHING = '我没听明白。请换个说法再讲一遍，回“菜单”看看我会办哪些事。';
export const HANDOFF_CHOICE = '转给社区工作人员';
export const cannotYet = (what: string): string => `${what}我还不会办。已经可以转人工，由社区工作人员来处理：`;
export const cannotYetNorHand = (what: string): string => `${what}我还不会办，请直接联系社区工作人员。`;

/** Whom to call and what to do first, by emergency. Numbers: 110 police, 119 fire and rescue, 120 ambulance, 12356 psychological support. */
export const ALARMS: Readonly<Record<Emergency, string>> = {
  self_harm:
    '您一定很难受，谢谢您肯说出来。请先别一个人待着，马上打全国心理援助热线12356，有人听您说；要是已经受了伤、吃了药，或者就在危险的地方，请马上打120或110。',
  self_harm_other:
    '请马上打110和120，在河边、高处再打119。打完请留在他看得见的地方，慢慢跟他说话，听他说，别责怪、别硬拉，别让他一个人待着，您自己也注意安全；怎么劝可以打全国心理援助热线12356。',
  fire: '请马上离开着火的地方，随手关门，不坐电梯，人安全了立刻打119；有人受伤打120。',
  gas: '请别开关电器、别点火，能关阀就关阀，打开门窗，人到外面再打119；有人头晕打120。',
  lift: '请别扒门，靠里站好，按电梯里的警铃，马上打119；有人受伤打120。',
  electric: '请先拉闸断电，没断电别用手碰；电线断了离远一点。马上打120，断不了电打119。',
  poison: '请马上打120，说清楚吃了什么、吸了什么；煤气、炭火中毒先开窗，把人抬到外面。',
  drowning: '请马上打119和110，找绳子、竹竿递过去，不会水的别下水；人上来了打120。',
  illness: '请马上打120，让人躺好别走动，身边留人，照120说的做。',
  fall: '请先别硬拉起来，马上打120，给盖点东西保暖，身边留人。',
  collapse: '请马上离开，别回去拿东西，打119；有人受伤打120。',
  traffic: '请马上打120和110，别移动受伤的人，提醒后面的车避让。',
  violence: '请先躲到安全、有人的地方，马上打110；有人受伤打120。',
  break_in: '请别正面碰上，锁好门躲起来，马上打110。',
  lost: '请马上打110报警，不用等24小时，说清年纪、衣着、最后在哪里见到。',
  flood: '请先关总水阀，水快到插座就先拉闸、别蹚水；人出不来打119，有人受伤打120。',
  help: '请马上打电话：有人伤害打110，着火被困打119，受伤生病打120。',
};
/** Somebody nobody has bound: there is no community to tell. */
export const CALL_WITHOUT_BINDING =
  '我还不知道您是谁、在哪个社区，没法替您通知社区的人，请直接打电话，也请身边的人帮忙。';
export const CALL_THEM_YOURSELF = '我现在没法替您通知社区的人，请同时给社区打电话。';
/** Danger was overheard in the group of a place that is not the speaker's home. */
export const WORKERS_TOLD = '您在群里说的，我已经告诉这个社区的工作人员了。';
export const OVERHEARD = {
  title: '群里有人说有危险',
  body: (text: string, place: string, who: string | undefined): string =>
    `${place === '' ? '社区' : `“${place}”`}的群里，${who ?? '一位还没绑定的人'}说：${text}\n请马上在群里问清在哪里、要不要人；人有危险请同时打110、119、120。`,
};
/** Of the speaker's danger: `undefined` when it has no number. */
export const IS_IT_OVER = (number = 0): string =>
  `您是说事件${number}号没事了吗？没事了就回“事件${number}号没事了”，我告诉他们不用赶来；还没完就不用回，他们照样赶来。`;
/** Where everybody can see it. */
export const ALARM_IN_GROUP = '有紧急情况请马上打110（报警）、119（火警）、120（急救）。';

export const PROGRESS = {
  help: { title: '查进度', example: '我的心愿到哪一步了' },
  /** `kinds`: what may bear the number. */
  notFound: (kinds: readonly string[], number: number): string =>
    `没有找到${kinds.length > 2 ? '' : kinds.join('或')}${number}号，请检查编号。`,
  whichKind: (number: number): string => `${number}号不止一件，您问的是哪一件？`,
  more: '想看哪一个，回“12号到哪一步了”这样的话。',
};

/** `examples`: what can be said of such a matter in chat, of any number. */
export const otherKind = (kind: string, number: number, examples: readonly string[]): string => {
  const sayings = examples
    .map((one) => `“${one.replace(/我的心愿|(?:事件|议题|心愿)?\d+号(?:议题|心愿)?/u, `${kind}${number}号`)}”`)
    .join('、');
  const able = sayings === '' ? '' : `关于${kind}，可以这样跟我说：${sayings}。`;
  return `您说的是${kind}${number}号，这样的事在聊天里办不了，别的也没有动。${able}其他的事，请在小程序里打开${kind}${number}号来办。`;
};

export const numberedTitle = (title: string, number: number): string => `${title}${number}号`;
/** Changes said in the same breath as what was dropped. */
export const leftUndone = (words: readonly string[]): string =>
  `一起说的${words.map((one) => `“${shown(one, 20)}”`).join('')}也没有办，要办请再说一次。`;
export const numbered = (index: number, label: string): string => `${index + 1}. ${label}`;

/** What a label is called before any feature has said so itself. */
export const LABELS: Readonly<Record<string, string>> = {
  'wish.submit': '登记微心愿',
  'topic.propose': '提议题',
  'incident.report': '报告问题',
  'progress.query': '查进度',
  'wish.list': '看待认领的心愿',
  'wish.claim': '认领心愿',
  'wish.release': '退回认领',
  'wish.done': '报办结',
  'wish.extend': '申请延期',
  'wish.withdraw': '撤回',
  rate: '评价',
  'topic.second': '附议',
  'ballot.cast': '投票',
  'certificate.ask': '开证明',
  'duty.today': '今天的走访任务',
  'visit.log': '登记走访',
  'talk.done': '登记谈心谈话',
  bind: '绑定',
  handoff: '转人工',
  mute: '不再提醒',
};

/** `room` is the channel's own code of the group, for an admin who binds it elsewhere. */
export const unboundGroup = (room: string): string =>
  `这个群还没有绑定社区，我先不在这里办事。请社区书记或网格员在群里 @我 说“绑定本群”。（群编号：${room}）`;
