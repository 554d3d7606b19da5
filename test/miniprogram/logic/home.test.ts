import { describe, expect, it } from 'vitest';
import type { Me } from '../../../miniprogram/api/session';
import { workDoors, workSections } from '../../../miniprogram/logic/home';
import { seesIncidents } from '../../../miniprogram/logic/people';

const somebody = (...roles: Me['roles'][number]['role'][]): Me =>
  ({ id: 'x', name: '李敏', areas: [], roles: roles.map((role) => ({ role, area: '520201001001' })) }) as unknown as Me;
const labels = (me: Me) =>
  workSections(me).map(({ title, doors }) => `${title}：${doors.map(({ label }) => label).join('、')}`);

describe('the way to work', () => {
  it('has a section a feature, with what the role is for and nothing else', () => {
    expect(labels(somebody('resident'))).toEqual([]);
    expect(labels(somebody('volunteer'))).toEqual(['心愿：今天要办的、附近的心愿']);
    expect(labels(somebody('worker'))).toEqual([
      '心愿：今天要办的、附近的心愿',
      '事件：事件',
      '走访：本周走访、关爱对象、记一次走访、走访记录、报一件事',
      '居民：居民找社区、我照看的人',
      '谈心：谈心谈话、实际问题',
    ]);
    expect(labels(somebody('secretary'))).toEqual([
      '心愿：等您受理、超期的',
      '事件：事件、哪里问题多',
      '走访：本周走访、关爱对象、记一次走访、走访记录、报一件事',
      '议事：社区的议题',
      '居民：居民找社区、我照看的人',
      '谈心：谈心谈话、实际问题、走访慰问、谈心统计',
      '数字：看板',
    ]);
    expect(labels(somebody('supervisor'))).toEqual([
      '事件：哪里问题多、事件时限',
      '走访：本周走访、走访记录',
      '谈心：谈心统计',
      '数字：看板',
    ]);
    expect(labels(somebody('admin'))).toEqual(['事件：事件时限', '走访：任务规则', '议事：表决规则']);
  });

  it('has at most four doors at home, one of them to all the rest', () => {
    const doors = (me: Me) => workDoors(me).map(({ label }) => label);
    expect(doors(somebody('supervisor'))).toEqual(['哪里问题多', '走访记录', '本周走访', '全部工作']);
    expect(doors(somebody('care_keeper'))).toEqual(['关爱对象', '记一次走访', '本周走访', '全部工作']);
    expect(doors(somebody('household_lead'))).toEqual(['事件', '关爱对象', '记一次走访', '走访记录']);
    expect(doors(somebody('worker', 'secretary'))).toEqual(['今天要办的', '事件', '本周走访', '全部工作']);
    expect(workDoors(somebody('worker')).at(-1)?.hint).toBe('心愿、事件、走访、居民、谈心');
  });

  it('shows a street what came up to it, and nobody else', () => {
    const street = { ...somebody('supervisor'), roles: [{ role: 'supervisor' as const, area: '520201001' }] };
    expect([
      seesIncidents(street),
      seesIncidents(somebody('supervisor')),
      seesIncidents(somebody('volunteer')),
    ]).toEqual([true, false, false]);
  });
});
