import { make } from '../overlay/make.ts';
import { showToast } from '../overlay/toast.ts';
import { phone } from '../phone.ts';
import { phoneName } from '../settings.ts';
import { keepFile } from '../wx/files.ts';
import { agreeToPrivacy } from '../wx/privacy.ts';
import type { ButtonElement } from './button.ts';

/** What a button does by its `open-type`, beside being pressed. */
export const openTypeActions: Record<string, (button: ButtonElement) => void | Promise<void>> = {
  share(button) {
    const share = phone.stack.top?.share(button.__wxElement) as { title?: string } | undefined;
    showToast({ title: `已转发：${share?.title ?? document.title}`, icon: 'success', mask: false }, 1500);
  },
  contact: (button) => button.emit('contact', {}),
  getPhoneNumber: (button) =>
    button.emit('getphonenumber', { code: `preview:${phoneName}`, errMsg: 'getPhoneNumber:ok' }),
  agreePrivacyAuthorization(button) {
    agreeToPrivacy();
    button.emit('agreeprivacyauthorization', { errMsg: 'agreePrivacyAuthorization:ok' });
  },
  openSetting(button) {
    button.emit('opensetting', { authSetting: {}, errMsg: 'openSetting:ok' });
  },
  feedback: () => showToast({ title: '反馈', icon: 'none', mask: false }, 1500),
  chooseAvatar: (button) =>
    new Promise((resolve) => {
      const field = make('input', { type: 'file', accept: 'image/*' });
      field.addEventListener('cancel', () => resolve());
      field.addEventListener('change', () => {
        const [file] = field.files ?? [];
        if (file) button.emit('chooseavatar', { avatarUrl: keepFile(file) });
        resolve();
      });
      field.click();
    }),
};
