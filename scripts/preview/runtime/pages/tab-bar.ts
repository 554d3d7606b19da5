import type { Facts, TabBarConfig } from '../facts.ts';
import { theme } from '../settings.ts';
import { themed } from '../theme-values.ts';

interface Tab {
  button: HTMLButtonElement;
  icon: HTMLImageElement;
  label: HTMLElement;
  badge: HTMLElement;
}

/** The bar of tabs at the bottom, drawn as the phone's own and not by the mini-program. */
export class TabBar {
  readonly element = document.createElement('nav');
  readonly #facts: Facts;
  readonly #config: TabBarConfig;
  readonly #tabs: Tab[];
  #selected: string | undefined;

  constructor(facts: Facts, config: TabBarConfig, press: (index: number) => void) {
    this.#facts = facts;
    this.#config = config;
    this.element.className = 'phone-tab-bar';
    this.element.setAttribute('aria-label', '标签栏');
    this.#tabs = config.list.map((_item, index) => this.#tab(() => press(index)));
    this.element.append(...this.#tabs.map(({ button }) => button));
    theme.onChange(() => this.#draw());
    queueMicrotask(() => this.#draw());
  }

  select(path: string | undefined): void {
    this.#selected = path;
    this.element.hidden = path === undefined;
    this.#draw();
  }

  /** The red mark of a tab: a text, a dot (empty text), or none. */
  badge(index: number, text: string | undefined): void {
    const badge = this.#tabs[index]?.badge;
    if (!badge) throw new Error('invalid index');
    badge.hidden = text === undefined;
    badge.textContent = text ?? '';
    badge.classList.toggle('phone-dot', text === '');
  }

  #tab(press: () => void): Tab {
    const button = document.createElement('button');
    button.type = 'button';
    button.addEventListener('click', press);
    const [holder, badge, label] = ['span', 'span', 'span'].map((name) => document.createElement(name)) as [
      HTMLElement,
      HTMLElement,
      HTMLElement,
    ];
    const icon = document.createElement('img');
    icon.alt = '';
    holder.className = 'phone-tab-icon';
    badge.className = 'phone-badge';
    badge.hidden = true;
    holder.append(icon, badge);
    button.append(holder, label);
    return { button, icon, label, badge };
  }

  #draw(): void {
    const { color, selectedColor, backgroundColor, list } = this.#config;
    this.element.style.setProperty('--tab-bar', themed(backgroundColor) ?? '');
    for (const [index, { button, icon, label }] of this.#tabs.entries()) {
      const item = list[index];
      if (!item) continue;
      const on = item.pagePath === this.#selected;
      if (on) button.setAttribute('aria-current', 'page');
      else button.removeAttribute('aria-current');
      label.textContent = item.text;
      button.style.color = themed(on ? selectedColor : color) ?? '';
      const picture = themed(on ? (item.selectedIconPath ?? item.iconPath) : item.iconPath);
      icon.hidden = !picture;
      if (picture) icon.src = this.#facts.assets[`/${picture.replace(/^\//u, '')}`] ?? '';
    }
  }
}
