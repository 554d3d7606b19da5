import type { AreaLevel } from './codes.ts';

/** Levels as people say them. */
export const LEVEL_WORDS: Record<AreaLevel, string> = {
  city: '市（州）',
  county: '县（区）',
  street: '街道（乡镇）',
  community: '社区（村）',
  grid: '网格',
};

/** Why a row of an import of areas cannot stand. */
export const importWords = {
  summary: '导入区域表格（CSV、XLSX）；有一行不对就一行也不写入',
  noFile: '请选择要导入的 .xlsx 或 .csv 文件',
  missing: '这一格不能空着',
  notACode: (text: string) =>
    `“${text}”不是区域编码；市4位、县6位、街道9位、社区12位，网格在社区编码后加G和两三位数字（要设成文本格式）`,
  wrongLevel: (code: string, level: AreaLevel) => `${code}是${LEVEL_WORDS[level]}的编码，不该在这一列`,
  wrongParent: (code: string, above: string | null) =>
    above === null ? `${code}是市级，没有上级` : `${code}的上级是${above}，和这一格不一致`,
  noParent: (code: string) => `上级区域${code}还没有，请先导入上级，或者和它放在同一个文件里`,
  notAbove: (code: string, below: string) => `${code}不是${below}的上级`,
  longName: (most: number) => `名称太长了，最多${most}个字`,
  again: (code: string, line: number) => `${code}和第${line}行重复了`,
  renamed: (code: string, name: string, line: number) => `${code}在第${line}行叫“${name}”，两处要一致`,
  notYours: (code: string) => `${code}不在您管理的区域内`,
};

/** What a target is called, and what is said to whoever gives it neither in workdays nor in days. */
export const targetWords = {
  publish: '受理时限',
  claim: '认领时限',
  contact: '联系时限',
  done: '办结时限',
  wrong: (name: string) => `${name}请写几个工作日（1到60），或者几天（1到90）`,
};

/** Of the number for whoever is in danger. */
export const dutyPhoneWords = { wrong: '值班电话请写区号和号码（0858-8200000）、手机号，或者五位短号' };

/** What office hours are called, and how they are told. */
export const officeWords = {
  days: { workdays: '工作日', everyday: '每天' },
  today: '今天',
  tomorrow: '明天',
  date: (month: number, day: number) => `${month}月${day}日`,
  /** To whoever asks when somebody is there. */
  told: (hours: string, open: boolean, opens: string | undefined): string =>
    `社区上班：${hours}。${open ? '现在是上班时间。' : `现在不是上班时间${opens === undefined ? '' : `，下次上班是${opens}`}。`}人不在时回“转人工”可以留话；人有危险请马上打110、119、120。`,
  wrongTime: '上班时间请写几点几分，比如 09:00',
  wrongOrder: '上班时间要从早到晚，不能重叠，下班要晚于上班',
  wrongDays: '请写工作日、每天，或者星期几（1到7，不重复）',
};

/** What is said of a grid's boundary and places. */
export const gridWords = {
  importSummary: '导入网格里的小区和楼栋（CSV、XLSX）；有一行不对就一行也不写入',
  versionThere: (day: string) => `这个网格在${day}已经有一版了，留下的版本不能改，请换一个生效日期。`,
  openRing: '边界要首尾相接，至少三个不同的点',
  wrongBuilding: '楼栋请写成1或者3-6，字母也可以',
  noGrid: (code: string) => `网格${code}还没有，请先导入区域`,
  notAGrid: (code: string) => `“${code}”不是网格编码（要设成文本格式）`,
  nameLength: (most: number) => `小区名称要2到${most}个字`,
  noBuilding: (part: string) => `“${part}”看不懂；楼栋请写成1或者3-6，用顿号隔开`,
  noDay: (text: string) => `“${text}”不是日期，请写成2026-01-01`,
  twoDays: (code: string, line: number) => `${code}在第${line}行是另一个生效日期，两处要一致`,
  again: (estate: string, code: string) => `${estate}已经整个算在${code}里了`,
  tooMany: (most: number) => `一个网格最多${most}行`,
  importedToday: (code: string, day: string) => `${code}在${day}已经有一版了，留下的版本不能改，请换一个生效日期`,
  sheet: '表格导入',
};

/** What the bot asks when a place may be several. */
export const placeWords = {
  which: '请问是哪一处？回前面的数字就行：',
  none: '都不是',
  /** Of a building that is in no list. */
  unknown: (said: string): string => `没有找到${said}，请问是下面哪一处？回前面的数字就行：`,
  asSaid: (said: string): string => `就是${said}，没有说错`,
  /** 上海城3栋2单元501（第一网格） */
  place: (label: string, exact: string): string => `${exact}${/（[^）]*）$/u.exec(label)?.[0] ?? ''}`,
};

/** Of the targets of incidents: how they are called, and what is said of one that is none. */
export const incidentTargetWords = {
  first: '首次响应时限',
  grid: '网格处置时限',
  community: '社区处置时限',
  street: '街道处置时限',
  wrong: (name: string) => `${name}请写几个工作日（1到60）、几天（1到90），或者几分钟（1到10080，并说明夜里算不算）`,
};

/** What is wrong with a table as a whole. */
export const tableWords = {
  twice: '这一列出现了两次，请只留一列',
  noHeadings: (names: string) => `没有找到表头：${names}`,
};

/** What the job that finishes interrupted imports reports. */
export const jobWords = {
  title: '续完中断的导入',
  finished: (count: number) => `续完了${count}个中断的导入`,
  discarded: (count: number) => `清理了${count}个没有开始写入的导入`,
  would: (rows: number, state: string) =>
    state === 'committed' ? `将续完一个${rows}行的导入` : `将清理一个${rows}行的导入`,
  busy: '另一个导入正在进行，这次不用续',
};

/** What the bot says about binding a group. */
export const groupWords = {
  help: { title: '绑定本群', example: '@我 绑定本群（在群里说）' },
  inTheGroup: '请在要绑定的群里 @我 说“绑定本群”。',
  which: '这个群属于哪里？请把地名一起说，比如“绑定本群到幸福里社区”。',
  noSuchPlace: (text: string) => `您管的地方里没有找到“${text}”，请检查名称。`,
  confirm: '这个群要绑定到下面这个地方吗？群里的人就可以 @我 办事了。回“1”绑定，回“取消”不绑：',
  choose: '这个群要绑定到哪里？绑定后群里的人就可以 @我 办事了。回前面的数字，不绑就回“取消”：',
  bound: (name: string) => `绑定好了，这个群属于${name}。群里的人 @我 就可以办事了。`,
};
