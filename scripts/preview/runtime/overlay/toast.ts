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
  card.append(make('span', {}, [title]));
  shown = make('div', { className: mask ? 'phone-over phone-mask' : 'phone-over' }, [card]);
  // There from the start and filled a moment later, or screen readers keep silent.
  card.setAttribute('role', icon === 'error' ? 'alert' : 'status');
  document.body.append(shown);
  if (durationMs !== undefined) timer = window.setTimeout(hideToast, durationMs);
}

export function hideToast(): void {
  clearTimeout(timer);
  shown?.remove();
  shown = undefined;
}
