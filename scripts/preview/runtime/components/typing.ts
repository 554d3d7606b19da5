import { scopedClasses } from '../dom/scoped-classes.ts';
import { rpxToUnits } from '../dom/units.ts';
import { numberOf, textOf, truthy } from '../dom/wx-element.ts';
import { FieldElement } from './field.ts';

const MAX_LENGTH = 140;

/** What `<input>` and `<textarea>` have in common: text that is typed, and the placeholder drawn over it. */
export abstract class TypingElement extends FieldElement {
  protected readonly field: HTMLInputElement | HTMLTextAreaElement;
  readonly #placeholder = document.createElement('div');
  #initially = '';
  #confirmHold = false;

  constructor(field: HTMLInputElement | HTMLTextAreaElement) {
    super();
    this.field = field;
  }

  override build(): void {
    const { field } = this;
    field.maxLength = MAX_LENGTH;
    field.autocomplete = 'off';
    this.#placeholder.className = 'wx-placeholder';
    this.#placeholder.setAttribute('aria-hidden', 'true');
    this.append(this.#placeholder, field);
    field.addEventListener('input', () => this.#typed());
    field.addEventListener('focus', () => this.emit('focus', { value: field.value, height: 0 }));
    field.addEventListener('blur', () => this.emit('blur', { value: field.value, cursor: field.selectionStart ?? 0 }));
    field.addEventListener('keydown', (event) => this.key(event as KeyboardEvent));
    this.#drawPlaceholder();
  }

  override get ariaTarget(): HTMLElement {
    return this.field;
  }

  override get deaf(): boolean {
    return this.field.disabled;
  }

  override activate(): void {
    this.field.focus();
  }

  override get formValue(): string {
    return this.field.value;
  }

  override reset(): void {
    this.text = this.#initially;
  }

  override update(name: string, value: unknown): void {
    super.update(name, value);
    const { field } = this;
    switch (name) {
      case 'value':
        this.#initially = textOf(value);
        this.text = this.#initially;
        break;
      case 'placeholder':
        field.placeholder = textOf(value);
        this.#placeholder.textContent = textOf(value);
        break;
      case 'placeholder-style':
        this.#placeholder.style.cssText = rpxToUnits(textOf(value));
        this.#drawPlaceholder();
        break;
      case 'placeholder-class':
        // Whose class it is, is known once the element is on its page.
        queueMicrotask(() => {
          this.#placeholder.className = ['wx-placeholder', ...scopedClasses(this.__wxElement, textOf(value))].join(' ');
        });
        break;
      case 'disabled':
        field.disabled = truthy(value);
        break;
      case 'maxlength': {
        const length = numberOf(value, MAX_LENGTH);
        if (length < 0) field.removeAttribute('maxlength');
        else field.maxLength = length;
        break;
      }
      case 'focus':
      case 'auto-focus':
        if (truthy(value)) setTimeout(() => field.focus());
        else if (name === 'focus' && document.activeElement === field) field.blur();
        break;
      case 'confirm-type':
        field.enterKeyHint = (textOf(value) || 'done') as HTMLElement['enterKeyHint'];
        break;
      case 'confirm-hold':
        this.#confirmHold = truthy(value);
        break;
      default:
    }
  }

  protected key(_event: KeyboardEvent): void {}

  protected confirm(): void {
    this.emit('confirm', { value: this.field.value });
    if (!this.#confirmHold) this.field.blur();
  }

  /** Called whenever the text is another one. */
  protected textChanged(): void {}

  protected set text(value: string) {
    if (this.field.value !== value) this.field.value = value;
    this.#drawPlaceholder();
    this.textChanged();
  }

  #typed(): void {
    this.#drawPlaceholder();
    this.textChanged();
    this.writeBack('value', this.field.value);
    this.emit('input', {
      value: this.field.value,
      cursor: this.field.selectionStart ?? this.field.value.length,
      keyCode: 0,
    });
  }

  #drawPlaceholder(): void {
    this.#placeholder.style.display = this.field.value ? 'none' : '';
  }
}
