import type { Role } from '../../../src/core/ability.ts';

/** Who speaks in the recorded dialogues: one small neighbourhood, the same in each. */
export interface Neighbour {
  name: string;
  roles: readonly Role[];
  /** Which of the two grids they live in. */
  grid: 0 | 1;
  /** Their roles hold for the whole street. */
  street?: true;
}

export const NEIGHBOURS: Readonly<Record<string, Neighbour>> = {
  王奶奶: { name: '王桂芳', roles: ['resident'], grid: 0 },
  刘小燕: { name: '刘小燕', roles: ['resident'], grid: 0 },
  周大爷: { name: '周德明', roles: ['resident'], grid: 1 },
  杨嬢: { name: '杨秀英', roles: ['resident', 'household_lead'], grid: 1 },
  赵磊: { name: '赵磊', roles: ['volunteer'], grid: 0 },
  孙静: { name: '孙静', roles: ['social_worker'], grid: 0 },
  李强: { name: '李强', roles: ['worker'], grid: 0 },
  张敏: { name: '张敏', roles: ['worker'], grid: 0 },
  吴刚: { name: '吴刚', roles: ['grid_worker'], grid: 0 },
  何叔: { name: '何正明', roles: ['resident', 'facilitator'], grid: 0 },
  陈书记: { name: '陈建国', roles: ['secretary'], grid: 0 },
  郑主任: { name: '郑国栋', roles: ['supervisor'], grid: 1, street: true },
};
