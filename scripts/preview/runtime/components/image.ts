import { textOf, truthy, WxElement } from '../dom/wx-element.ts';
import { phone } from '../phone.ts';

/** `<image>`: a picture of the package, of the network, or of the person's choosing. */
export class ImageElement extends WxElement {
  readonly #image = document.createElement('img');

  override build(): void {
    this.#image.alt = '';
    this.#image.draggable = false;
    this.#image.addEventListener('load', () => {
      this.emit('load', { width: this.#image.naturalWidth, height: this.#image.naturalHeight });
    });
    this.#image.addEventListener('error', () => this.emit('error', { errMsg: `GET ${this.#image.src} failed` }));
    this.append(this.#image);
  }

  override get ariaTarget(): HTMLElement {
    return this.#image;
  }

  override update(name: string, value: unknown): void {
    if (name === 'src') this.#show(textOf(value));
    else if (name === 'mode') this.setDom('mode', textOf(value) || undefined);
    else if (name === 'lazy-load') this.#image.loading = truthy(value) ? 'lazy' : 'eager';
    else if (name === 'alt') this.#image.alt = textOf(value);
  }

  #show(src: string): void {
    if (src) this.#image.src = phone.facts.assets[src] ?? src;
    else this.#image.removeAttribute('src');
  }
}
