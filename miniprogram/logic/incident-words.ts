import type { Body } from '../api/ask';

/** The words incidents are chosen by. */

export type IncidentCategory = NonNullable<Body<'postIncidents'>['category']>;

export const INCIDENT_CATEGORIES: readonly { category: IncidentCategory; label: string; hints: RegExp }[] = [
  { category: 'facility', label: '公共设施坏了', hints: /路灯|井盖|电梯|水管|停水|停电|护栏|健身|门禁|感应灯|坑|坏了/ },
  { category: 'sanitation', label: '环境卫生', hints: /垃圾|脏|臭|污水|堵|老鼠|蟑螂|粪|卫生/ },
  { category: 'safety', label: '安全隐患', hints: /电线|漏电|煤气|燃气|掉|裂|飞线|充电|消防|危险|塌/ },
  { category: 'noise', label: '太吵了', hints: /吵|噪|广场舞|唱歌|施工|半夜/ },
  { category: 'dispute', label: '邻里纠纷', hints: /吵架|纠纷|占|打架|漏到|不讲理|矛盾/ },
  { category: 'other', label: '其他', hints: /(?!)/ },
];

/** What the words sound like; a chip is set by it until somebody sets one themselves. */
export const guessIncidentCategory = (text: string): IncidentCategory =>
  INCIDENT_CATEGORIES.find(({ hints }) => hints.test(text))?.category ?? 'other';

/** How pressing something is, in the words of those who decide. */
export const URGENCIES = [
  { value: 'danger', label: '危及生命' },
  { value: 'urgent', label: '紧急' },
  { value: 'soon', label: '较急' },
  { value: 'usual', label: '一般' },
  { value: 'long', label: '需要时间' },
] as const;
