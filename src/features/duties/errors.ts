import type { Role } from '../../core/ability.ts';
import { namedError } from '../../core/errors.ts';
import { COLOUR_WORDS, type Colour } from '../care/index.ts';
import { ROLE_WORDS } from '../people/index.ts';

export const noDutyPack = namedError('no_pack', 404, () => '没有这一套任务规则，请刷新后再看。');
export const packVersion = namedError(
  'pack_version',
  409,
  (next: number) => `这套规则已经有人改过了，新的应该是第${next}版。请刷新以后再改。`,
);
export const packOutside = namedError('pack_outside', 403, () => '这套规则要用的地方不归您管，请选自己管理的区域。');
export const unknownEvent = namedError(
  'unknown_event',
  422,
  () => '现行的任务规则里没有这一类事情。请从列表里选，或请管理员先把规则填上。',
);
export const nobodyToCome = namedError('nobody_to_come', 422, (who?: readonly Role[]) =>
  who === undefined
    ? '还没有定由谁去。请选一位负责这里的网格员或社区工作者。'
    : `这件事按规则由${who.map((role) => ROLE_WORDS[role][0]).join('、')}去，请选一位负责这里的。`,
);
export const eventToCome = namedError('event_to_come', 422, () => '事情发生的时间还没到，请改一下时间。');
export const eventLongAgo = namedError('event_long_ago', 422, (days: number) => `只能补报最近${days}天里发生的事。`);
export const packPlaceholder = namedError(
  'pack_placeholder',
  409,
  () => '这套规则里还有没填的项目，不能确认。请先照当地文件把每一项填上。',
);
export const packUncovered = namedError(
  'pack_uncovered',
  422,
  (colours: readonly Colour[]) =>
    `这套规则没有写${colours.map((colour) => COLOUR_WORDS[colour]).join('、')}的关爱对象多久看一次，他们就没有人去看了。请补上再提交。`,
);
