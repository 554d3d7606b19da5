import { make } from './make.ts';

interface Toast {
  title: string;
  icon: 'success' | 'error' | 'loading' | 'none';
  image?: string | undefined;
  /** Whether the page below can be pressed meanwhile. */
  mask: boolean;
}

let shown: HTMLElement | undefined;
let timer = 0;

/** Shows a short word over the page; the one before it goes. Without a time it stays. */
export function showToast({ title, icon, image, mask }: Toast, durationMs?: number): void {
  hideToast();
  const card = make('div', { className: `phone-toast phone-toast-${icon}` });
  if (image) card.append(make('img', { src: image, alt: '' }));
  else if (icon !== 'none') card.append(make('i', { className: 'phone-toast-icon' }));
  const words = make('span');
  card.append(words);
  shown = make('div', { className: mask ? 'phone-over phone-mask' : 'phone-over' }, [card]);
  card.setAttribute('role', icon === 'error' ? 'alert' : 'status');
  document.body.append(shown);
  // Screen readers read what is put into a status, and keep silent over one that comes filled.
  setTimeout(() => words.append(title), 20);
  if (durationMs !== undefined) timer = window.setTimeout(hideToast, durationMs);
}

export function hideToast(): void {
  clearTimeout(timer);
  shown?.remove();
  shown = undefined;
}
