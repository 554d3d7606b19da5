import { openDialog } from '../overlay/dialog.ts';
import { button, make } from '../overlay/make.ts';
import { showToast } from '../overlay/toast.ts';
import { call, cancelled } from './call.ts';
import { withPrivacy } from './privacy.ts';

const nothing = () => ({});

/** No camera here: the person types what the code says. */
async function scanCode() {
  const result = await openDialog<string>({
    className: 'phone-modal',
    label: '扫一扫',
    dismissed: '',
    build: (close) => {
      const field = make('input', { type: 'text', autofocus: true });
      field.setAttribute('aria-label', '二维码的内容');
      field.addEventListener('keydown', ({ key }) => key === 'Enter' && close(field.value));
      return [
        make('h2', {}, ['扫一扫']),
        make('p', {}, ['预览里没有摄像头，请输入二维码的内容。']),
        field,
        make('div', { className: 'phone-buttons' }, [
          button('取消', () => close('')),
          button('确定', () => close(field.value), 'phone-confirm'),
        ]),
      ];
    },
  });
  if (!result) throw cancelled();
  return { result, scanType: 'QR_CODE', charSet: 'utf-8', rawData: btoa(encodeURIComponent(result)) };
}

async function makePhoneCall({ phoneNumber }: { phoneNumber: string }) {
  const called = await openDialog<boolean>({
    className: 'phone-sheet',
    label: '打电话',
    dismissed: false,
    build: (close) => [
      button(`呼叫 ${phoneNumber}`, () => close(true), 'phone-item'),
      button('取消', () => close(false), 'phone-item phone-apart'),
    ],
  });
  if (!called) throw cancelled();
  return {};
}

interface Planned {
  title: string;
  /** In seconds since 1970. */
  startTime: number;
  location?: string;
}

/** Nothing is kept of it: the browser has no calendar. */
async function addPhoneCalendar({ title, startTime, location = '' }: Planned) {
  await withPrivacy('addPhoneCalendar');
  const when = new Date(startTime * 1_000).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false });
  const added = await openDialog<boolean>({
    className: 'phone-modal',
    label: '加到日历',
    dismissed: false,
    build: (close) => [
      make('h2', {}, [title]),
      make('p', {}, [[when, location].filter(Boolean).join(' ')]),
      make('div', { className: 'phone-buttons' }, [
        button('取消', () => close(false)),
        button('添加', () => close(true), 'phone-confirm'),
      ]),
    ],
  });
  if (!added) throw cancelled();
  return {};
}

let clipboard = '';

export const device = {
  scanCode: call('scanCode', scanCode),
  makePhoneCall: call('makePhoneCall', makePhoneCall),
  addPhoneCalendar: call('addPhoneCalendar', addPhoneCalendar),
  vibrateShort: call('vibrateShort', nothing),
  vibrateLong: call('vibrateLong', nothing),
  setClipboardData: call('setClipboardData', async ({ data }: { data: string }) => {
    await withPrivacy('setClipboardData');
    clipboard = data;
    showToast({ title: '内容已复制', icon: 'success', mask: false }, 1500);
    return {};
  }),
  getClipboardData: call('getClipboardData', async () => {
    await withPrivacy('getClipboardData');
    return { data: clipboard };
  }),
  hideKeyboard: call('hideKeyboard', () => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    return {};
  }),
};
