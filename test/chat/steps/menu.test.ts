import { describe, expect, it } from 'vitest';
import { menuFor, servesRole } from '../../../src/chat/steps/menu.ts';
import { menuPartIn } from '../../../src/chat/understanding/commands.ts';
import { understand } from '../../../src/chat/understanding/index.ts';
import { type Actor, ROLES } from '../../../src/core/ability.ts';
import { features } from '../../../src/features/index.ts';
import { MONDAY } from '../../support/house.ts';

const intents = new Map(features.flatMap((feature) => feature.intents).map((intent) => [intent.name, intent]));
const holding = (role: (typeof ROLES)[number]): Actor => ({
  kind: 'person',
  id: role,
  name: role,
  areas: [],
  channel: 'chat',
  roles: [{ role, area: '520201011001' }],
});
const linesOf = (menu: string) => menu.split('\n').filter((line) => line.startsWith('· '));
const ask = (role: (typeof ROLES)[number], text: string) =>
  linesOf(menuFor({ intents }, holding(role), menuPartIn(text)));

describe('the menu', () => {
  it.each(['帮助', '菜单', '帮助 事件', '事件帮助', '帮助：心愿', '议题怎么用', '帮助 全部', '功能 走访'])(
    'is asked for by %s',
    (text) => {
      const meant = understand({ text, role: 'resident', place: 'private', now: new Date(`${MONDAY}+08:00`) });
      expect(meant).toMatchObject({ intent: 'menu', explicit: true });
    },
  );

  it.each(['帮助王奶奶', '帮助老人买菜', '想要帮助'])('is not asked for by %s', (text) => {
    expect(menuPartIn(text)).toBe('');
    const meant = understand({ text, role: 'resident', place: 'private', now: new Date(`${MONDAY}+08:00`) });
    expect(meant.explicit).toBe(false);
  });

  it.each(ROLES)(
    'of a %s is their work where they have any, and each part of it lies within what they can do',
    (role) => {
      const able = [...intents.values()].filter(
        (intent) => servesRole(intent, holding(role)) && !intent.open && intent.help,
      );
      const work = able.filter(({ help }) => help?.roles);
      expect(ask(role, '帮助')).toHaveLength(work.length === 0 ? able.length : work.length);
      const all = ask(role, '帮助 全部');
      expect(all).toHaveLength(able.length);
      for (const part of ['心愿', '事件', '议题', '提醒', '证明', '开会', '投票']) {
        const lines = ask(role, `帮助 ${part}`);
        expect([part, lines.length > 0 && lines.length < all.length]).toEqual([part, true]);
        expect(lines.filter((line) => !all.includes(line))).toEqual([]);
      }
    },
  );

  it('tells a street’s supervisor what can be decided, and a resident only what residents do', () => {
    expect(ask('supervisor', '帮助 事件').join()).toMatch(/待办事件.*派事件12号给周强/su);
    expect(ask('supervisor', '帮助')).toHaveLength(2);
    expect(ask('resident', '帮助 问题').join()).not.toMatch(/接办|派人|核实/u);
    expect(ask('worker', '帮助 居民')).toEqual(ask('resident', '帮助'));
  });
});
