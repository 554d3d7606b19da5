import { make } from './make.ts';

interface DialogOptions<T> {
  className: string;
  /** What a screen reader calls it. */
  label: string;
  /** The answer when it is left with Escape; without it Escape does nothing. */
  dismissed?: T;
  build(close: (answer: T) => void): (Node | string)[];
}

/** Shows a dialog over the phone: the browser keeps the focus in it and gives it back afterwards. */
export function openDialog<T>({ className, label, dismissed, build }: DialogOptions<T>): Promise<T> {
  return new Promise((resolve) => {
    const dialog = make('dialog', { className });
    dialog.setAttribute('aria-label', label);
    const close = (answer: T): void => {
      dialog.close();
      dialog.remove();
      resolve(answer);
    };
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      if (dismissed !== undefined) close(dismissed);
    });
    // Beside the sheet lies only the dialog's own backdrop.
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog && dismissed !== undefined) close(dismissed);
    });
    dialog.append(make('div', { className: 'phone-card' }, build(close)));
    document.body.append(dialog);
    dialog.showModal();
  });
}
