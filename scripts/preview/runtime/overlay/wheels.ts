import { openDialog } from './dialog.ts';
import { button, make } from './make.ts';

const ROW_PX = 44;

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
    const focused = lists.findIndex(({ element }) => element === document.activeElement);
    lists = next.map(
      (wheel, index) =>
        new WheelList(wheel, (row) => {
          const changed = turned?.(
            index,
            row,
            lists.map(({ at }) => at),
          );
          if (changed) show(changed);
        }),
    );
    holder.replaceChildren(...lists.map(({ element }) => element));
    for (const list of lists) list.settle();
    lists[focused]?.element.focus();
  };
  const answer = openDialog<number[] | undefined | null>({
    className: 'phone-sheet phone-picker',
    label: title || '请选择',
    dismissed: null,
    build: (close) => [
      make('div', { className: 'phone-picker-bar' }, [
        button('取消', () => close(null), 'phone-text'),
        make('h2', {}, [title]),
        button('确定', () => close(lists.map(({ at }) => at)), 'phone-text phone-confirm'),
      ]),
      holder,
    ],
  });
  show(wheels);
  return { answer: answer.then((rows) => rows ?? undefined), show };
}

/** One wheel: a list whose middle row is the chosen one. Turned by scrolling, pressing a row, or the arrow keys. */
class WheelList {
  readonly element = make('ul', { className: 'phone-wheel', tabIndex: 0 });
  at: number;
  readonly #rows: HTMLLIElement[];
  readonly #turned: (row: number) => void;
  #timer = 0;

  constructor({ label, rows, at }: Wheel, turned: (row: number) => void) {
    this.at = Math.max(0, Math.min(at, rows.length - 1));
    this.#turned = turned;
    this.element.setAttribute('role', 'listbox');
    this.element.setAttribute('aria-label', label);
    this.#rows = rows.map((text, index) => {
      const row = make('li', { id: `wheel-${crypto.randomUUID()}` }, [text]);
      row.setAttribute('role', 'option');
      row.addEventListener('click', () => this.#turn(index));
      return row;
    });
    this.element.append(...this.#rows);
    this.element.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.#mark();
  }

  /** Brings the chosen row to the middle; possible once it is on the screen. */
  settle(): void {
    this.element.scrollTop = this.at * ROW_PX;
  }

  #key(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.#turn(Math.max(0, Math.min(this.at + step, this.#rows.length - 1)));
  }

  #turn(row: number): void {
    this.element.scrollTo({ top: row * ROW_PX, behavior: 'smooth' });
    this.#arrive(row);
  }

  #scrolled(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.#arrive(Math.max(0, Math.min(Math.round(this.element.scrollTop / ROW_PX), this.#rows.length - 1)));
    }, 150);
  }

  #arrive(row: number): void {
    if (row === this.at) return;
    this.at = row;
    this.#mark();
    this.#turned(row);
  }

  #mark(): void {
    for (const [index, row] of this.#rows.entries()) row.setAttribute('aria-selected', String(index === this.at));
    const chosen = this.#rows[this.at];
    if (chosen) this.element.setAttribute('aria-activedescendant', chosen.id);
  }
}
