import { namedError } from '../../core/errors.ts';

/** Where the next code comes from. Whoever signs in on the phone has no mini-program to take one from yet. */
const ANOTHER = {
  phone: '请向社区或网格员再要一个。',
  chat: '请在小程序里重新取一个，再发给我。',
};
type Where = keyof typeof ANOTHER;

export const codeUnknown = namedError(
  'binding_code_unknown',
  404,
  (where: Where) => `这个绑定码不对或者已经过期了，${ANOTHER[where]}`,
);
export const codeUsed = namedError(
  'binding_code_used',
  409,
  (where: Where) => `这个绑定码已经用过了，${ANOTHER[where]}`,
);
export const ownRole = namedError('own_role', 409, () => '不能取消自己的这个身份，请让其他管理员来操作。');
export const nameTooWide = namedError('name_too_wide', 422, () => '按姓名只能在一个社区或网格里找，请先选一个。');

export const notMutable = namedError('not_mutable', 422, () => '这种消息不能关掉，只有列出来的提醒可以关。');
