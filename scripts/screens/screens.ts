import type { Stage } from '../demo/stage.ts';
import type { Furnished } from './furnish.ts';

/** A screen worth a picture: who looks at which page. */
export interface Screen {
  name: string;
  /** Signed in; nobody is without it. */
  who?: string;
  /** `false`: not yet to the privacy guide. */
  agreed?: false;
  /** `none`: the house was never reached · `lost`: it was seen once, then the phone was restarted without a network. */
  network?: 'none' | 'lost';
  /** Of the mini-program. */
  page: (made: Furnished) => string;
  /** What the phone has kept from before, by its names in the storage. */
  kept?: (made: Furnished, people: Stage['people']) => Record<string, unknown>;
  /** Pressed one after the other before the picture is taken. */
  press?: readonly string[];
  /** Typed into the field of this name first. */
  write?: readonly (readonly [field: string, text: string])[];
  /** Words that are there once it is ready, where that takes a while. */
  sees?: string;
  /** Words that are no longer there then. */
  misses?: string;
}

const HOME = () => '/pages/home/home';
const SIGN_IN = () => '/pages/sign-in/sign-in';
const incidentPage = (id: string) => `/pages/incident/incident?id=${id}`;
const incidentMove = (id: string, move: string) => `/pages/move/move?of=incident&id=${id}&move=${move}`;
const STALE = '下面是上次看到的';
const AGAIN = '再试一次';

export const SCREENS: readonly Screen[] = [
  { name: 'sign-in-privacy', agreed: false, page: SIGN_IN, sees: '先说说您的信息' },
  { name: 'sign-in', page: SIGN_IN, sees: '演示：选一个人' },
  { name: 'sign-in-code', page: SIGN_IN, press: ['微信登录'], sees: '第一次来？' },
  { name: 'home-resident', who: '王秀英', page: HOME },
  { name: 'home-worker', who: '周强', page: HOME },
  { name: 'home-secretary', who: '陈建国', page: HOME },
  { name: 'home-volunteer', who: '刘洋', page: HOME },
  { name: 'home-supervisor', who: '郑海燕', page: HOME },
  { name: 'home-failed', who: '王秀英', page: HOME, network: 'none', sees: AGAIN },
  { name: 'home-stale', who: '王秀英', page: HOME, network: 'lost', sees: STALE },
  { name: 'make', who: '王秀英', page: () => '/pages/make/make', write: [['想要什么', '想要一台收音机，听听戏']] },
  {
    name: 'make-read-back',
    who: '王秀英',
    page: () => '/pages/make/make',
    write: [['想要什么', '想要一台收音机，听听戏']],
    press: ['写好了'],
  },
  { name: 'make-for-other', who: '孙桂芳', page: () => '/pages/make/make?for=other' },
  { name: 'wish-author', who: '王秀英', page: ({ done }) => `/pages/wish/wish?id=${done}` },
  { name: 'wish-stranger', who: '赵小燕', page: ({ open }) => `/pages/wish/wish?id=${open}` },
  { name: 'wish-helper', who: '周强', page: ({ claimed }) => `/pages/wish/wish?id=${claimed}` },
  { name: 'wish-secretary', who: '陈建国', page: ({ waiting }) => `/pages/wish/wish?id=${waiting}` },
  { name: 'move-rate', who: '王秀英', page: ({ done }) => `/pages/move/move?id=${done}&move=rate` },
  { name: 'move-done', who: '周强', page: ({ claimed }) => `/pages/move/move?id=${claimed}&move=done` },
  { name: 'move-extend', who: '周强', page: ({ claimed }) => `/pages/move/move?id=${claimed}&move=extend` },
  { name: 'move-publish', who: '陈建国', page: ({ waiting }) => `/pages/move/move?id=${waiting}&move=publish` },
  { name: 'move-assign', who: '陈建国', page: ({ open }) => `/pages/move/move?id=${open}&move=assign` },
  { name: 'mine', who: '王秀英', page: () => '/pages/mine/mine' },
  { name: 'mine-empty', who: '蒋国强', page: () => '/pages/mine/mine', sees: '您还没有许过愿' },
  { name: 'inbox', who: '陈建国', page: () => '/pages/inbox/inbox' },
  { name: 'inbox-empty', who: '吴永贵', page: () => '/pages/inbox/inbox' },
  { name: 'me', who: '王秀英', page: () => '/pages/me/me', press: ['拿一个绑定码'] },
  { name: 'reminders', who: '韦光明', page: () => '/pages/reminders/reminders', sees: '自动恢复' },
  { name: 'handoffs-mine', who: '王秀英', page: () => '/pages/handoffs/handoffs?mine=true' },
  { name: 'handoffs-staff', who: '何春梅', page: () => '/pages/handoffs/handoffs' },
  { name: 'handoff-new', who: '王秀英', page: () => '/pages/handoff/handoff' },
  { name: 'handoff-staff', who: '何春梅', page: ({ asked }) => `/pages/handoff/handoff?id=${asked}` },
  { name: 'handoff-answered', who: '王秀英', page: ({ answered }) => `/pages/handoff/handoff?id=${answered}` },
  { name: 'mine-incidents', who: '王秀英', page: () => '/pages/mine/mine', press: ['我报告的问题'], sees: '结果反馈' },
  {
    name: 'report',
    who: '王秀英',
    page: () => '/pages/report/report',
    write: [['出了什么问题', '3栋楼下的路灯坏了，晚上看不见路']],
    sees: '第二网格',
  },
  {
    name: 'report-danger',
    who: '王秀英',
    page: () => '/pages/report/report',
    press: ['有人有危险'],
    sees: '社区值班电话',
  },
  { name: 'incident-reporter', who: '王秀英', page: ({ incidents }) => incidentPage(incidents.resolved) },
  { name: 'incident-worker', who: '何春梅', page: ({ incidents }) => incidentPage(incidents.handled) },
  { name: 'incident-secretary', who: '陈建国', page: ({ incidents }) => incidentPage(incidents.reported) },
  {
    name: 'incident-danger',
    who: '石有才',
    page: ({ incidents }) => incidentPage(incidents.danger),
    sees: '社区值班电话',
  },
  { name: 'incident-street', who: '郑海燕', page: ({ incidents }) => incidentPage(incidents.street) },
  { name: 'incident-confirm', who: '王秀英', page: ({ incidents }) => incidentMove(incidents.resolved, 'confirm') },
  { name: 'incident-dispatch', who: '郑海燕', page: ({ incidents }) => incidentMove(incidents.street, 'dispatch') },
  { name: 'certificates', who: '王秀英', page: () => '/pages/certificates/certificates' },
  {
    name: 'certificates-found',
    who: '王秀英',
    page: () => '/pages/certificates/certificates',
    write: [['您要开什么证明', '健在']],
    sees: '要带什么',
  },
  { name: 'topics', who: '孙桂芳', page: () => '/pages/topics/topics' },
  { name: 'topic-proposer', who: '王秀英', page: ({ topic }) => `/pages/topic/topic?id=${topic}` },
  { name: 'topic-neighbour', who: '安国华', page: ({ topic }) => `/pages/topic/topic?id=${topic}` },
  { name: 'topic-secretary', who: '陈建国', page: ({ seconded }) => `/pages/topic/topic?id=${seconded}` },
  {
    name: 'topic-propose',
    who: '安国华',
    page: () => '/pages/propose/propose',
    write: [['想和大家商量什么', '楼道里装个感应灯好不好']],
    sees: '附议那一条更有用',
  },
  { name: 'topic-scheduled', who: '王秀英', page: ({ topics }) => `/pages/topic/topic?id=${topics.scheduled}` },
  { name: 'topic-discussing', who: '熊国柱', page: ({ topics }) => `/pages/topic/topic?id=${topics.discussing}` },
  { name: 'topic-publicised', who: '陈建国', page: ({ topics }) => `/pages/topic/topic?id=${topics.publicised}` },
  { name: 'topic-executing', who: '陈建国', page: ({ topics }) => `/pages/topic/topic?id=${topics.executing}` },
  {
    name: 'topic-schedule',
    who: '熊国柱',
    page: ({ topics }) => `/pages/topic-move/topic-move?id=${topics.scheduled}&move=schedule`,
    sees: '这里空着的时间',
  },
  {
    name: 'topic-prepare-vote',
    who: '陈建国',
    page: ({ topics }) => `/pages/topic-move/topic-move?id=${topics.discussing}&move=prepareVote`,
    press: ['居民会议表决（没核对过）', '不记名'],
  },
  {
    name: 'meeting-neighbour',
    who: '卢明芬',
    page: ({ topics }) => `/pages/topic-meeting/topic-meeting?id=${topics.discussing}`,
  },
  {
    name: 'meeting-leader',
    who: '熊国柱',
    page: ({ topics }) => `/pages/topic-meeting/topic-meeting?id=${topics.discussing}`,
  },
  { name: 'meeting-roll', who: '熊国柱', page: ({ topics }) => `/pages/topic-roll/topic-roll?id=${topics.discussing}` },
  {
    name: 'meeting-minutes',
    who: '熊国柱',
    page: ({ topics }) => `/pages/topic-minutes/topic-minutes?id=${topics.discussing}`,
  },
  {
    name: 'meeting-minutes-corrected',
    who: '熊国柱',
    page: ({ topics }) => `/pages/topic-minutes/topic-minutes?id=${topics.publicised}`,
  },
  { name: 'ballot-sign-in-first', who: '卢明芬', page: ({ topics }) => `/pages/ballot/ballot?id=${topics.voting}` },
  { name: 'ballot-two-voices', who: '孙桂芳', page: ({ ballots }) => `/pages/ballot/ballot?id=${ballots.owners}` },
  {
    name: 'ballot-receipt',
    who: '王秀英',
    page: ({ ballots }) => `/pages/ballot/ballot?id=${ballots.secret}`,
    kept: ({ ballots: { secret, voice, receipt } }, people) => ({
      [`receipt:${people.王秀英}:${secret}:${voice}`]: { receipt, at: Date.parse('2026-03-14') },
    }),
    sees: '您的票在票箱里',
  },
  { name: 'ballot-counted', who: '安国华', page: ({ topics }) => `/pages/ballot/ballot?id=${topics.counted}` },
  { name: 'ballot-secretary', who: '陈建国', page: ({ ballots }) => `/pages/ballot/ballot?id=${ballots.closed}` },
  { name: 'electors', who: '陈建国', page: ({ ballots }) => `/pages/electors/electors?id=${ballots.secret}` },
  { name: 'papers', who: '陈建国', page: ({ ballots }) => `/pages/papers/papers?id=${ballots.closed}` },
  { name: 'work-packs', who: '方毅', page: () => '/work/packs/packs' },
  { name: 'work-owners', who: '陈建国', page: ({ ballots }) => `/work/owners/owners?id=${ballots.prepared}` },
  {
    name: 'work-owners-pasted',
    who: '陈建国',
    page: ({ ballots }) => `/work/owners/owners?id=${ballots.prepared}`,
    write: [['一次添很多位', '田丰 2-2-502 75\n马小军 4-1-103 一百']],
    press: ['添上这些行'],
    sees: '是同一位业主吗',
  },
  { name: 'ballot-prepared', who: '陈建国', page: ({ ballots }) => `/pages/ballot/ballot?id=${ballots.prepared}` },
  { name: 'work-talks', who: '陈建国', page: () => '/work/talks/talks' },
  { name: 'work-talks-worker', who: '何春梅', page: () => '/work/talks/talks' },
  {
    name: 'work-talk-held',
    who: '陈建国',
    page: () => '/work/talks/talks',
    press: ['和何春梅谈', '谈过了，登记'],
    sees: '谈话记录',
  },
  { name: 'work-talk-done', who: '周强', page: ({ talk }) => `/work/talk/talk?id=${talk}` },
  { name: 'work-difficulty', who: '陈建国', page: ({ difficulty }) => `/work/difficulty/difficulty?id=${difficulty}` },
  { name: 'work-difficulties', who: '陈建国', page: () => '/work/difficulties/difficulties', sees: '托管' },
  {
    name: 'work-difficulty-hand-over',
    who: '陈建国',
    page: ({ difficulty }) => `/work/difficulty/difficulty?id=${difficulty}`,
    press: ['请别人来办'],
    sees: '请谁来办',
  },
  { name: 'work-occasion', who: '陈建国', page: () => '/work/occasion/occasion', press: ['李敏', '家里有事'] },
  { name: 'work-care-visits', who: '陈建国', page: () => '/work/care-visits/care-visits' },
  { name: 'work-care-visit', who: '陈建国', page: () => '/work/care-visit/care-visit' },
  { name: 'work-talk-counts', who: '郑海燕', page: () => '/work/talk-counts/talk-counts' },
  { name: 'work-duty-packs', who: '方毅', page: () => '/work/duty-packs/duty-packs', sees: '待填写' },
  { name: 'work-duty-pack', who: '方毅', page: () => '/work/duty-pack/duty-pack?code=qi-bifang' },
  {
    name: 'work-duty-pack-item',
    who: '方毅',
    page: () => '/work/duty-pack/duty-pack?code=qi-bifang',
    press: ['必访第一项', '隔几天看一次关爱对象', '独居老人'],
  },
  { name: 'work-happened', who: '李敏', page: () => '/work/happened/happened', press: ['停水停电必到（未核实）'] },
  { name: 'work-desk', who: '陈建国', page: () => '/work/desk/desk' },
  { name: 'work-duties', who: '李敏', page: () => '/work/duties/duties', sees: '记一次' },
  { name: 'work-duties-area', who: '陈建国', page: () => '/work/duties/duties', press: ['幸福里社区'], sees: '一共' },
  { name: 'work-duties-supervisor', who: '郑海燕', page: () => '/work/duties/duties' },
  {
    name: 'work-log',
    who: '李敏',
    page: () => '/work/log/log',
    press: ['王*（红色）', '顺手登记微心愿', '顺手上报事件'],
    sees: '出了什么问题',
  },
  { name: 'work-cares', who: '何静', page: () => '/work/cares/cares', sees: '该复核了' },
  {
    name: 'work-cares-found',
    who: '陈建国',
    page: () => '/work/cares/cares',
    write: [['按姓名找', '杨玉珍']],
    press: ['查找'],
    sees: '找到1位',
  },
  {
    name: 'work-care-open',
    who: '何静',
    page: () => '/work/care-open/care-open',
    write: [['姓名', '蒋国强']],
    press: ['查找', '蒋*'],
    sees: '谁同意的',
  },
  { name: 'work-care-load', who: '陈建国', page: () => '/work/care-load/care-load' },
  {
    name: 'work-care',
    who: '何静',
    page: ({ care }) => `/work/care/care?id=${care.due}`,
    press: ['更多：交接、颜色、类别'],
    sees: '退出',
  },
  {
    name: 'work-care-hand-over',
    who: '陈建国',
    page: ({ care }) => `/work/care/care?id=${care.kept}`,
    press: ['更多：交接、颜色、类别', '交接给别的守望哨'],
    sees: '交接说明',
  },
  { name: 'work-care-lead', who: '孙桂芳', page: ({ care }) => `/work/care/care?id=${care.neighbour}` },
  { name: 'work-visits', who: '陈建国', page: () => '/work/visits/visits' },
  {
    name: 'work-visit-correct',
    who: '周强',
    page: ({ care }) => `/work/visit/visit?id=${care.visit}`,
    press: ['更正'],
    sees: '为什么更正',
  },
  { name: 'work-visit-supervisor', who: '郑海燕', page: ({ care }) => `/work/visit/visit?id=${care.visit}` },
  { name: 'work-today', who: '周强', page: () => '/work/today/today' },
  { name: 'work-nearby', who: '周强', page: () => '/work/nearby/nearby' },
  { name: 'work-nearby-volunteer', who: '刘洋', page: () => '/work/nearby/nearby' },
  {
    name: 'work-nearby-found',
    who: '周强',
    page: () => '/work/nearby/nearby',
    write: [['搜心愿', '老花镜']],
    misses: '陪着去一趟医院',
  },
  {
    name: 'work-nearby-nothing',
    who: '周强',
    page: () => '/work/nearby/nearby',
    write: [['搜心愿', '钢琴']],
    sees: '没有这样的心愿',
  },
  { name: 'work-people', who: '何春梅', page: () => '/work/people/people' },
  { name: 'work-moderate', who: '陈建国', page: () => '/work/moderate/moderate' },
  { name: 'work-late', who: '陈建国', page: () => '/work/late/late' },
  { name: 'work-incidents', who: '陈建国', page: () => '/work/incidents/incidents', sees: '等着办 ' },
  { name: 'work-incidents-street', who: '郑海燕', page: () => '/work/incidents/incidents' },
  { name: 'work-hot-spots', who: '陈建国', page: () => '/work/hot-spots/hot-spots' },
  { name: 'work-targets', who: '郑海燕', page: () => '/work/targets/targets' },
  {
    name: 'work-targets-set',
    who: '方毅',
    page: () => '/work/targets/targets',
    press: ['1小时，夜里不算'],
    sees: '怎么算',
  },
  { name: 'work-board', who: '陈建国', page: () => '/work/board/board' },
  { name: 'work-board-supervisor', who: '郑海燕', page: () => '/work/board/board' },
  { name: 'work-board-failed', who: '陈建国', page: () => '/work/board/board', network: 'none', sees: AGAIN },
];
