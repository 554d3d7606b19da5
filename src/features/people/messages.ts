import type { Role } from '../../core/ability.ts';
import { civil } from '../../core/time.ts';

/** What the bot says about binding and reminders. */
export const words = {
  bound: (name: string) =>
    `${name}，您好！微信已经绑定好了。以后想许微心愿、问进度，直接跟我说就行。发“菜单”可以看我会做什么。`,
  askCode: '请打开好邻小程序，在“我”里点“拿一个绑定码”，把6位绑定码发给我。没有小程序的话，请社区工作人员帮您取一个。',
  notACode:
    '没有看到绑定码。绑定码是6位字母和数字，在好邻小程序“我”里点“拿一个绑定码”就有，请再发一次；不绑定了就说“算了”。',
  muteReadBack: (days: number) =>
    `${days}天内不再用微信提醒您，是吗？${days > 7 ? '您自己的事，7天以后照常告诉您；' : ''}所有消息在小程序“消息”里都能看到。`,
  muted: (until: Date) => {
    const { month, day } = civil(until);
    return `好的，${month}月${day}日之前不再用微信提醒您（您自己的事最多停7天，紧急的照常告诉您）。所有消息在小程序“消息”里都能看到；想早点恢复，回“恢复提醒”就行。`;
  },
  muteOneReadBack: (title: string) => `“${title}”以后不再用微信提醒您，是吗？在小程序“消息”里还能看到。`,
  mutedOne: (title: string) => `好的，“${title}”不再用微信提醒您，别的消息照常。想恢复，回“恢复提醒”就行。`,
  unmuted: '好的，提醒开着了，有消息会在微信里告诉您。',
  help: {
    bind: { title: '绑定微信', example: '绑定 3F7KQX' },
    mute: { title: '暂停提醒', example: '别再提醒我了' },
    unmute: { title: '恢复提醒', example: '恢复提醒' },
  },
};

/** In place of a masked number that does not open any more. */
export const UNREADABLE = '无法读取';

/** What each role is called; the first word is the one shown. */
export const ROLE_WORDS: Record<Role, readonly [string, ...string[]]> = {
  resident: ['居民', '群众'],
  household_lead: ['联户长'],
  worker: ['社区工作者', '工作者', '社区工作人员', '社区干部'],
  grid_worker: ['网格员', '专职网格员'],
  volunteer: ['志愿者'],
  social_worker: ['社工'],
  facilitator: ['说事长'],
  care_keeper: ['关爱专员'],
  secretary: ['书记', '社区书记', '党组织书记', '社区党组织书记', '村书记'],
  supervisor: ['督导', '督导员'],
  admin: ['管理员'],
};

/** Why a row of an import of people cannot stand. */
export const importWords = {
  summary: '导入人员表格（CSV、XLSX）；有一行不对就一行也不写入',
  missing: '这一格不能空着',
  notAName: '姓名只能是汉字、字母和间隔号，最多30个字',
  notACode: (text: string) => `“${text}”不是区域编码（要设成文本格式）`,
  noArea: (code: string) => `区域${code}还没有，请先导入区域`,
  notYours: (code: string) => `${code}不在您管理的区域内`,
  noNumber: '手机号和身份证号至少要填一个，不然认不出是谁',
  notAPhone: '不是手机号或带区号的座机号',
  notAnIdNumber: '身份证号不对，请逐位核对',
  rounded: '号码被表格软件改成了数字，后几位已经丢了；请把这一列设成文本格式，重新填写',
  notAGender: '性别请填男或女',
  notAYear: '出生年份不对，请填四位年份',
  otherThanId: '和身份证号不一致',
  notARole: (name: string) =>
    `没有“${name}”这种身份；可以填：${Object.values(ROLE_WORDS)
      .map(([word]) => word)
      .join('、')}`,
  tooLong: (most: number) => `太长了，最多${most}个字`,
  tooManySkills: (most: number, long: number) => `技能最多${most}项，每项最多${long}个字`,
  sameAs: (line: number) => `和第${line}行是同一个人`,
  otherId: '已有同名同号的人登记，但身份证号不一致，请先核对',
  twoPeople: '和两个已登记的人都对得上，请填身份证号，或先核对登记',
  livesElsewhere: '这个人登记在您管理的区域之外，不能在这里改',
  noSentinel: '没有用这个手机号登记的社区工作者或网格员',
  twoSentinels: '用这个手机号登记的社区工作者不止一个',
};
