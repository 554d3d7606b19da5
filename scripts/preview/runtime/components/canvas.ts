import { textOf, WxElement } from '../dom/wx-element.ts';

type WxCanvas = HTMLCanvasElement & {
  createImage?(): HTMLImageElement;
  requestAnimationFrame?(draw: FrameRequestCallback): number;
  cancelAnimationFrame?(id: number): void;
};

/** `<canvas type="2d">`: its node, got with a selector query, draws like a browser's. */
export class CanvasElement extends WxElement {
  readonly #canvas: WxCanvas = document.createElement('canvas');

  override build(): void {
    this.#canvas.setAttribute('part', 'canvas');
    this.#canvas.createImage = () => new Image();
    this.#canvas.requestAnimationFrame = (draw) => requestAnimationFrame(draw);
    this.#canvas.cancelAnimationFrame = (id) => cancelAnimationFrame(id);
    this.attachShadow({ mode: 'open' }).append(this.#canvas, document.createElement('slot'));
  }

  override update(name: string, value: unknown): void {
    if (name === 'type' && textOf(value) !== '2d') console.error('<canvas>: only type="2d" is shown');
  }
}
