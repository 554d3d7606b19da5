import type { Me } from '../api/session';
import { homeCommunity, isHelper, isSecretary, isStaff, isSupervisor, moderates } from './people';

/** A way from the home page or the work page to another. */
export interface Door {
  label: string;
  /** What stands behind it, in a few words. */
  hint: string;
  url: string;
}

/** What everybody who lives somewhere here can do. Topics, incidents and visits get their doors here with their features. */
export const residentDoors = (me: Me): Door[] => (homeCommunity(me) === undefined ? [] : RESIDENT_DOORS);

const RESIDENT_DOORS: Door[] = [
  { label: '许个心愿', hint: '家里缺点什么、想请人帮忙', url: '/pages/make/make' },
  { label: '替别人许愿', hint: '替老人、孩子、邻居说一声', url: '/pages/make/make?for=other' },
];

/** What there is to do for those who work for the neighbourhood, by their roles. */
export function workDoors(me: Me): Door[] {
  return [
    ...(isHelper(me) ? [{ label: '今天要办的', hint: '到期的、超期的、新来的', url: '/work/today/today' }] : []),
    ...(isHelper(me) ? [{ label: '附近的心愿', hint: '等人认领的，可以筛选和搜索', url: '/work/nearby/nearby' }] : []),
    ...(moderates(me) ? [{ label: '等您受理', hint: '新许的心愿，看过再公开', url: '/work/moderate/moderate' }] : []),
    ...(isStaff(me) ? [{ label: '我照看的人', hint: '号码打码，看全号会留记录', url: '/work/people/people' }] : []),
    ...(isSecretary(me) ? [{ label: '超期的', hint: '最久的在前', url: '/work/late/late' }] : []),
    ...(isSecretary(me) || isSupervisor(me)
      ? [{ label: '看板', hint: '数量、进度、导出表格', url: '/work/board/board' }]
      : []),
  ];
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
