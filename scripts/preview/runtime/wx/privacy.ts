import { openDialog } from '../overlay/dialog.ts';
import { button, make } from '../overlay/make.ts';
import { phoneName } from '../settings.ts';
import { call, WxFailure } from './call.ts';

type Answer = { event: 'agree' | 'disagree' | 'exposureAuthorization'; buttonId?: string };
type Asker = (resolve: (answer: Answer) => void, info: { referrer: string }) => void;

const KEY = `haolin-privacy:${phoneName}`;
const CONTRACT = '《小程序隐私保护指引》';

let asker: Asker | undefined;

const agreed = (): boolean => localStorage.getItem(KEY) === 'agreed';

/** Noted by a `<button open-type="agreePrivacyAuthorization">`, which alone counts as the person's word. */
export const agreeToPrivacy = (): void => localStorage.setItem(KEY, 'agreed');

/**
 * Lets a call that touches personal data go on, after the person agreed: asked by the mini-program itself where it
 * listens with `wx.onNeedPrivacyAuthorization`, else by WeChat's own dialog.
 * @throws WxFailure when the person does not agree
 */
export async function withPrivacy(referrer: string): Promise<void> {
  if (agreed()) return;
  const answer = asker ? await askThrough(asker, referrer) : await ask();
  if (answer && agreed()) return;
  throw new WxFailure('privacy permission is not authorized', { errno: 104 });
}

function askThrough(listener: Asker, referrer: string): Promise<boolean> {
  return new Promise((resolve) => {
    const take = ({ event }: Answer): void => {
      // Showing the question only is no answer.
      if (event !== 'exposureAuthorization') resolve(event === 'agree');
    };
    listener(take, { referrer });
  });
}

const ask = (): Promise<boolean> =>
  openDialog<boolean>({
    className: 'phone-modal',
    label: '用户隐私保护提示',
    build: (close) => [
      make('h2', {}, ['用户隐私保护提示']),
      make('p', {}, [`使用前请阅读并同意${CONTRACT}。`]),
      make('div', { className: 'phone-buttons' }, [
        button('拒绝', () => close(false)),
        button(
          '同意',
          () => {
            agreeToPrivacy();
            close(true);
          },
          'phone-confirm',
        ),
      ]),
    ],
  });

export const privacy = {
  getPrivacySetting: call('getPrivacySetting', () => ({
    needAuthorization: !agreed(),
    privacyContractName: CONTRACT,
  })),
  onNeedPrivacyAuthorization: (listener: Asker): void => {
    asker = listener;
  },
  requirePrivacyAuthorize: call('requirePrivacyAuthorize', async () => {
    await withPrivacy('requirePrivacyAuthorize');
    return {};
  }),
  openPrivacyContract: call('openPrivacyContract', async () => {
    await openDialog<boolean>({
      className: 'phone-modal',
      label: CONTRACT,
      dismissed: true,
      build: (close) => [
        make('h2', {}, [CONTRACT]),
        make('p', {}, ['在微信里，这里是运营者在小程序后台填写的隐私保护指引。']),
        make('div', { className: 'phone-buttons' }, [button('知道了', () => close(true), 'phone-confirm')]),
      ],
    });
    return {};
  }),
};
