import { openDialog } from '../overlay/dialog.ts';
import { button, make } from '../overlay/make.ts';
import { hideToast, showToast } from '../overlay/toast.ts';
import { call, cancelled } from './call.ts';

interface ToastOptions {
  title: string;
  icon?: 'success' | 'error' | 'loading' | 'none';
  image?: string;
  duration?: number;
  mask?: boolean;
}

interface ModalOptions {
  title?: string;
  content?: string;
  showCancel?: boolean;
  cancelText?: string;
  cancelColor?: string;
  confirmText?: string;
  confirmColor?: string;
  editable?: boolean;
  placeholderText?: string;
}

interface ModalAnswer {
  confirm: boolean;
  cancel: boolean;
  content: string | null;
}

const TOAST_MS = 1500;

function showModal({
  title = '',
  content = '',
  showCancel = true,
  cancelText = '取消',
  cancelColor = '',
  confirmText = '确定',
  confirmColor = '',
  editable = false,
  placeholderText = '',
}: ModalOptions): Promise<ModalAnswer> {
  return openDialog<ModalAnswer>({
    className: 'phone-modal',
    label: title || content || confirmText,
    ...(showCancel && { dismissed: { confirm: false, cancel: true, content: null } }),
    build: (close) => {
      const field = make('textarea', { value: content, placeholder: placeholderText, rows: 3, autofocus: true });
      field.setAttribute('aria-label', placeholderText || title);
      const yes = button(confirmText, () =>
        close({ confirm: true, cancel: false, content: editable ? field.value : null }),
      );
      const no = button(cancelText, () => close({ confirm: false, cancel: true, content: null }));
      yes.className = 'phone-confirm';
      yes.style.color = confirmColor;
      no.style.color = cancelColor;
      return [
        ...(title ? [make('h2', {}, [title])] : []),
        ...(editable ? [field] : content ? [make('p', {}, [content])] : []),
        make('div', { className: 'phone-buttons' }, showCancel ? [no, yes] : [yes]),
      ];
    },
  });
}

/** Answers with the number of the line pressed; leaving it is a failure, as on the phone. */
async function showActionSheet({
  itemList,
  itemColor = '',
  alertText,
}: {
  itemList: string[];
  itemColor?: string;
  alertText?: string;
}) {
  const tapIndex = await openDialog<number>({
    className: 'phone-sheet',
    label: alertText ?? '请选择',
    dismissed: -1,
    build: (close) => [
      ...(alertText ? [make('p', { className: 'phone-hint' }, [alertText])] : []),
      ...itemList.map((text, index) => {
        const item = button(text, () => close(index), 'phone-item');
        item.style.color = itemColor;
        return item;
      }),
      button('取消', () => close(-1), 'phone-item phone-apart'),
    ],
  });
  if (tapIndex < 0) throw cancelled();
  return { tapIndex };
}

export const prompts = {
  showToast: call(
    'showToast',
    ({ title, icon = 'success', image, duration = TOAST_MS, mask = false }: ToastOptions) => {
      showToast({ title, icon: image ? 'none' : icon, image, mask }, duration);
      return {};
    },
  ),
  hideToast: call('hideToast', () => {
    hideToast();
    return {};
  }),
  showLoading: call('showLoading', ({ title, mask = false }: { title: string; mask?: boolean }) => {
    showToast({ title, icon: 'loading', mask });
    return {};
  }),
  hideLoading: call('hideLoading', () => {
    hideToast();
    return {};
  }),
  showModal: call('showModal', showModal),
  showActionSheet: call('showActionSheet', showActionSheet),
};
