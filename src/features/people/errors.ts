import { namedError } from '../../core/errors.ts';

export const codeUnknown = namedError(
  'binding_code_unknown',
  404,
  () => '这个绑定码不对或者已经过期了，请在小程序里重新取一个，再发给我。',
);
export const codeUsed = namedError('binding_code_used', 409, () => '这个绑定码已经用过了，请在小程序里重新取一个。');
export const ownRole = namedError('own_role', 409, () => '不能取消自己的这个身份，请让其他管理员来操作。');
