import { openDialog } from './dialog.ts';
import { button, freshId, make } from './make.ts';

const ROW_PX = 44;
/** A wheel that has not moved this long has come to rest. */
const REST_MS = 150;

export interface Wheel {
  label: string;
  rows: string[];
  at: number;
}

export interface Wheels {
  title: string;
  wheels: Wheel[];
  /** A wheel came to rest on another row; what it returns is shown instead, where it returns anything. */
  turned?(wheel: number, row: number, rows: readonly number[]): Wheel[] | undefined;
}

/** An open set of wheels, so that whoever opened it can change what is on them. */
export interface OpenWheels {
  answer: Promise<number[] | undefined>;
  show(wheels: Wheel[]): void;
}

/** The wheels a phone brings up from below to choose a line, a date, a time. Undefined means it was left. */
export function openWheels({ title, wheels, turned }: Wheels): OpenWheels {
  const holder = make('div', { className: 'phone-wheels' });
  let lists: WheelList[] = [];
  const show = (next: Wheel[]): void => {
    if (lists.length !== next.length) {
      lists = next.map((_wheel, index) => new WheelList((row) => tell(index, row)));
      holder.replaceChildren(...lists.map(({ element }) => element));
    }
    for (const [index, wheel] of next.entries()) lists[index]?.show(wheel);
  };
  const rows = (): number[] => lists.map(({ at }) => at);
  const tell = (wheel: number, row: number): void => {
    const changed = turned?.(wheel, row, rows());
    if (changed) show(changed);
  };
  const answer = openDialog<number[] | undefined | null>({
    className: 'phone-sheet phone-picker',
    label: title || '请选择',
    dismissed: null,
    build: (close) => [
      make('div', { className: 'phone-picker-bar' }, [
        button('取消', () => close(null), 'phone-text'),
        ...(title ? [make('h2', {}, [title])] : []),
        button('确定', () => close(rows()), 'phone-text phone-confirm'),
      ]),
      holder,
    ],
  });
  show(wheels);
  return { answer: answer.then((chosen) => chosen ?? undefined), show };
}

/** One wheel: a list whose middle row is the chosen one. Turned by scrolling, pressing a row, or the arrow keys. */
class WheelList {
  readonly element = make('ul', { className: 'phone-wheel', tabIndex: 0 });
  at = 0;
  #texts: readonly string[] = [];
  #rows: HTMLLIElement[] = [];
  readonly #turned: (row: number) => void;
  #timer = 0;

  constructor(turned: (row: number) => void) {
    this.#turned = turned;
    this.element.setAttribute('role', 'listbox');
    this.element.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.element.addEventListener('keydown', (event) => this.#key(event));
  }

  show({ label, rows, at }: Wheel): void {
    this.element.setAttribute('aria-label', label);
    if (rows.join('\n') !== this.#texts.join('\n')) this.#write(rows);
    this.at = this.#within(at);
    this.#settle();
  }

  #write(texts: readonly string[]): void {
    this.#texts = texts;
    this.#rows = texts.map((text, index) => {
      const row = make('li', { id: freshId('row') }, [text]);
      row.setAttribute('role', 'option');
      row.addEventListener('click', () => this.#turn(index));
      return row;
    });
    this.element.replaceChildren(...this.#rows);
  }

  /** Brings the chosen row to the middle, at once: a wheel on its way would be taken for one that is turned. */
  #settle(): void {
    this.element.scrollTop = this.at * ROW_PX;
    for (const [index, row] of this.#rows.entries()) row.setAttribute('aria-selected', String(index === this.at));
    const chosen = this.#rows[this.at];
    if (chosen) this.element.setAttribute('aria-activedescendant', chosen.id);
  }

  #key(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.#turn(this.at + step);
  }

  #scrolled(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#turn(Math.round(this.element.scrollTop / ROW_PX)), REST_MS);
  }

  #turn(to: number): void {
    const row = this.#within(to);
    if (row === this.at) return;
    this.at = row;
    this.#settle();
    this.#turned(row);
  }

  #within(row: number): number {
    return Math.max(0, Math.min(row, this.#rows.length - 1));
  }
}
