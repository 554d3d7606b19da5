import { WISH_CATEGORIES, WISH_STATES, type WishDoc } from '../model.ts';
import type { Measure } from './sums.ts';

/** Words of counts and of the sheets they are exported to. */
export const REPORT_WORDS = {
  /** The part of an area where things lie of which it is not known where exactly. */
  loose: '位置未定',
  total: '合计',
  area: '区域',
  /** Stands where a number is not told, however large it is. */
  hidden: '不显示',
  unsaid: '—',
  onTimePercent: '按时办结率（%）',
  averageScore: '平均评分',
  counts: '汇总',
  weeks: '每周',
  week: '周一日期',
  wishes: '心愿明细',
  fileName: (area: string, day: string) => `心愿统计-${area}-${day}.xlsx`,
} as const;

export const MEASURE_WORDS: Record<Measure, string> = {
  waiting: '待受理',
  open: '待认领',
  helping: '办理中',
  answered: '待评价',
  late: '已超期',
  posted: '近12周新增',
  closed: '其中已办结',
  onTime: '其中按时',
};

/** Columns of the sheet of single wishes: heading, width in characters, and what stands in it. Times are Shanghai days. */
export const WISH_COLUMNS: readonly {
  heading: string;
  width: number;
  cell(wish: WishDoc, day: (at: Date | undefined) => string): string | number;
}[] = [
  { heading: '编号', width: 8, cell: (wish) => wish.number },
  { heading: '标题', width: 30, cell: (wish) => wish.title },
  { heading: '内容', width: 50, cell: (wish) => wish.text },
  { heading: '类别', width: 10, cell: (wish) => WISH_CATEGORIES[wish.category] },
  { heading: '状态', width: 10, cell: (wish) => WISH_STATES[wish.state] },
  { heading: '紧急', width: 6, cell: (wish) => (wish.urgent ? '是' : '') },
  { heading: '位置', width: 24, cell: (wish) => wish.place.label },
  { heading: '许愿人', width: 10, cell: (wish) => wish.requester.name },
  { heading: '代办人', width: 10, cell: (wish) => wish.proxy?.name ?? '' },
  { heading: '认领人', width: 10, cell: (wish) => wish.claimant?.name ?? '' },
  { heading: '发布日期', width: 12, cell: (wish, day) => day(wish.postedAt) },
  { heading: '现在的期限', width: 12, cell: (wish, day) => day(wish.dueAt) },
  { heading: '办结日期', width: 12, cell: (wish, day) => day(wish.closedAt) },
  { heading: '评分', width: 6, cell: (wish) => wish.rating?.score ?? '' },
];
