import type { Me } from '../api/session';
import {
  areasOf,
  bearsDuties,
  homeCommunity,
  isAdmin,
  isHelper,
  isSecretary,
  isStaff,
  isSupervisor,
  isVisitor,
  isWorker,
  looksAfter,
  moderates,
  seesIncidents,
} from './people';

/** A way to another page. */
export interface Door {
  label: string;
  /** What stands behind it, in a few words. */
  hint: string;
  url: string;
}

/** The doors of one kind of work. */
export interface WorkSection {
  title: string;
  doors: Door[];
}

/** What everybody who lives here can do. */
export const residentDoors = (me: Me): Door[] => (homeCommunity(me) === undefined ? [] : RESIDENT_DOORS);

const RESIDENT_DOORS: Door[] = [
  { label: '许个心愿', hint: '家里缺点什么、想请人帮忙', url: '/pages/make/make' },
  { label: '报告问题', hint: '东西坏了、不安全、太脏太吵', url: '/pages/report/report' },
  { label: '替别人许愿', hint: '替老人、孩子、邻居说一声', url: '/pages/make/make?for=other' },
  { label: '邻里议事', hint: '提议题、附议、一起商量', url: '/pages/topics/topics' },
  { label: '找社区的人', hint: '有话直接说，会有人回复', url: '/pages/handoffs/handoffs?mine=true' },
  { label: '证明怎么办', hint: '找谁开、带什么', url: '/pages/certificates/certificates' },
];

const TODAY: Door = { label: '今天要办的', hint: '到期的、超期的、新来的', url: '/work/today/today' };
const NEARBY: Door = { label: '附近的心愿', hint: '等人认领的，可以筛选和搜索', url: '/work/nearby/nearby' };
const MODERATE: Door = { label: '等您受理', hint: '新许的心愿，看过再公开', url: '/work/moderate/moderate' };
const INCIDENTS: Door = { label: '事件', hint: '居民报告的问题，急的在前', url: '/work/incidents/incidents' };
const SPOTS: Door = { label: '哪里问题多', hint: '按网格、按类别，只有数字', url: '/work/hot-spots/hot-spots' };
const TARGETS: Door = { label: '事件时限', hint: '各级多久要办好', url: '/work/targets/targets' };
const LATE: Door = { label: '超期的', hint: '最久的在前', url: '/work/late/late' };
const PEOPLE: Door = { label: '我照看的人', hint: '号码打码，看全号会留记录', url: '/work/people/people' };
const CALLS: Door = { label: '居民找社区', hint: '等回复的在前', url: '/pages/handoffs/handoffs' };
const BOARD: Door = { label: '看板', hint: '数量、进度、导出表格', url: '/work/board/board' };
const TOPICS: Door = { label: '社区的议题', hint: '等受理的、要商量的', url: '/pages/topics/topics' };
const DUTY_PACKS: Door = {
  label: '任务规则',
  hint: '六必到、七必访这些，填写、核对',
  url: '/work/duty-packs/duty-packs',
};
const PACKS: Door = { label: '表决规则', hint: '对照法律条文核对', url: '/work/packs/packs' };
const DUTIES: Door = { label: '本周走访', hint: '该看谁、为什么、到哪天', url: '/work/duties/duties' };
const LOG: Door = { label: '记一次走访', hint: '走访、排查，没网也能记', url: '/work/log/log' };
const HAPPENED: Door = { label: '报一件事', hint: '要有人到场、要上报的', url: '/work/happened/happened' };
const CARES: Door = { label: '关爱对象', hint: '照看谁、上次走访、交接', url: '/work/cares/cares' };
const VISITS: Door = { label: '走访记录', hint: '看过谁、发现了什么', url: '/work/visits/visits' };
const TALKS: Door = { label: '谈心谈话', hint: '这个季度要谈的、约时间', url: '/work/talks/talks' };
const DIFFICULTIES: Door = { label: '实际问题', hint: '谈心里提出来、要办的', url: '/work/difficulties/difficulties' };
const CARE_VISITS: Door = { label: '走访慰问', hint: '看望过哪些工作人员', url: '/work/care-visits/care-visits' };
const TALK_COUNTS: Door = { label: '谈心统计', hint: '各处谈了多少，只有数字', url: '/work/talk-counts/talk-counts' };
const DESK = { label: '全部工作', url: '/work/desk/desk' };

const only = (holds: boolean, ...doors: Door[]): Door[] => (holds ? doors : []);

/** All there is to do for those who work for the neighbourhood, by their roles: a section a feature, in the order of use. */
export function workSections(me: Me): WorkSection[] {
  const sections: WorkSection[] = [
    {
      title: '心愿',
      doors: [...only(isHelper(me), TODAY, NEARBY), ...only(moderates(me), MODERATE), ...only(isSecretary(me), LATE)],
    },
    {
      title: '事件',
      doors: [
        ...only(seesIncidents(me), INCIDENTS),
        ...only(isSecretary(me) || isSupervisor(me), SPOTS),
        ...only(isSupervisor(me) || isAdmin(me), TARGETS),
      ],
    },
    {
      title: '走访',
      doors: [
        ...only(bearsDuties(me) || isSupervisor(me), DUTIES),
        ...only(looksAfter(me), CARES),
        ...only(isVisitor(me), LOG),
        ...only(isVisitor(me) || isSupervisor(me), VISITS),
        ...only(bearsDuties(me), HAPPENED),
        ...only(isAdmin(me), DUTY_PACKS),
      ],
    },
    {
      title: '议事',
      doors: [
        ...only(isSecretary(me), { ...TOPICS, url: `${TOPICS.url}?area=${areasOf(me, ['secretary'])[0]}` }),
        ...only(isAdmin(me), PACKS),
      ],
    },
    { title: '居民', doors: [...only(isStaff(me), CALLS, PEOPLE)] },
    {
      title: '谈心',
      doors: [
        ...only(isSecretary(me) || isWorker(me), TALKS, DIFFICULTIES),
        ...only(isSecretary(me), CARE_VISITS),
        ...only(isSecretary(me) || isSupervisor(me), TALK_COUNTS),
      ],
    },
    { title: '数字', doors: only(isSecretary(me) || isSupervisor(me), BOARD) },
  ];
  return sections.filter(({ doors }) => doors.length > 0);
}

/** Few enough for the home page: what is opened first every day, and the way to the rest. */
export function workDoors(me: Me): Door[] {
  const sections = workSections(me);
  const all = sections.flatMap(({ doors }) => doors);
  const desk = { ...DESK, hint: sections.map(({ title }) => title).join('、') };
  if (all.length <= 4) return all;
  // What presses stands at home, however many wishes there are: incidents, and the week's visits.
  const daily = [INCIDENTS, DUTIES].filter((door) => all.includes(door));
  const others = all.filter((door) => !daily.includes(door) && door !== TARGETS).slice(0, 3 - daily.length);
  return [...others, ...daily, desk];
}

/** 早上好 and so on, by the hour in China. */
export function greeting(now: Date): string {
  const hour = (now.getUTCHours() + 8) % 24;
  if (hour < 5) return '夜深了';
  if (hour < 9) return '早上好';
  if (hour < 12) return '上午好';
  if (hour < 14) return '中午好';
  return hour < 18 ? '下午好' : '晚上好';
}
