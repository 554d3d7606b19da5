import { WxElement } from './wx-element.ts';

export interface GestureSink {
  gesture(target: EventTarget | null, type: string, detail: unknown, extra: Record<string, unknown>): void;
  /** Whether anybody from this element upwards listens. */
  hears(target: EventTarget | null, type: string): boolean;
}

interface Point {
  identifier: number;
  clientX: number;
  clientY: number;
  pageX: number;
  pageY: number;
}

const LONG_PRESS_MS = 350;
const MOVED_PX = 10;

/**
 * Turns what a browser tells of fingers, mice and keys into WeChat's gestures, for the whole phone at once. A tap is the
 * browser's own click, so that a finger, a mouse, Enter, Space and a screen reader all press the same thing.
 */
export function listenToGestures(sink: GestureSink): void {
  document.addEventListener('click', (event) => tap(sink, event));
  document.addEventListener('keydown', pressByKey);
  watchTouches(sink);
  watchMouse(sink);
}

function tap(sink: GestureSink, event: MouseEvent): void {
  const path = event.composedPath();
  if (swallowed) {
    swallowed = false;
    return;
  }
  if (path.some((each) => each instanceof WxElement && each.deaf)) return;
  const point = pointOf(0, event);
  const detail = { x: event.pageX, y: event.pageY };
  sink.gesture(event.target, 'tap', detail, { touches: [], changedTouches: [point] });
  for (const each of path) {
    if (each instanceof WxElement && each.activates) {
      each.activate(detail);
      return;
    }
  }
}

function pressByKey(event: KeyboardEvent): void {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement) || !target.hasAttribute('tabindex') || event.defaultPrevented) return;
  if (event.key !== 'Enter' && event.key !== ' ') return;
  if (target.matches('input, textarea, button, a, select, [contenteditable]')) return;
  event.preventDefault();
  target.click();
}

/** Set by a long press that somebody heard: the click that ends it is no tap. */
let swallowed = false;

let press: { x: number; y: number; timer: number; over: WxElement[] } | undefined;

function pressStarts(sink: GestureSink, event: Event, point: Point): void {
  pressEnds();
  swallowed = false;
  const target = event.target;
  const over = event.composedPath().filter((each) => each instanceof WxElement);
  if (over.some((each) => each.deaf)) return;
  for (const each of over) each.pressed(true);
  const timer = window.setTimeout(() => {
    swallowed = sink.hears(target, 'longpress') || sink.hears(target, 'longtap');
    const detail = { x: point.pageX, y: point.pageY };
    for (const type of ['longpress', 'longtap']) {
      sink.gesture(target, type, detail, { touches: [point], changedTouches: [point] });
    }
  }, LONG_PRESS_MS);
  press = { x: point.clientX, y: point.clientY, timer, over };
}

function pressMoves({ clientX, clientY }: Point): void {
  if (press && Math.hypot(clientX - press.x, clientY - press.y) > MOVED_PX) pressEnds();
}

function pressEnds(): void {
  if (!press) return;
  clearTimeout(press.timer);
  for (const each of press.over) each.pressed(false);
  press = undefined;
}

function watchTouches(sink: GestureSink): void {
  const passive = { passive: true, capture: true };
  for (const type of ['touchstart', 'touchmove', 'touchend', 'touchcancel'] as const) {
    document.addEventListener(
      type,
      (event) => {
        const changed = [...event.changedTouches].map((touch) => pointOf(touch.identifier, touch));
        const touches = [...event.touches].map((touch) => pointOf(touch.identifier, touch));
        sink.gesture(event.target, type, {}, { touches, changedTouches: changed });
        const [point] = changed;
        if (!point) return;
        if (type === 'touchstart') pressStarts(sink, event, point);
        else if (type === 'touchmove') pressMoves(point);
        else pressEnds();
      },
      passive,
    );
  }
}

/** A mouse is a finger that touches while its button is down. */
function watchMouse(sink: GestureSink): void {
  let down = false;
  let target: EventTarget | null = null;
  const tell = (type: string, event: PointerEvent): Point => {
    const point = pointOf(0, event);
    sink.gesture(target, type, {}, { touches: type === 'touchend' ? [] : [point], changedTouches: [point] });
    return point;
  };
  document.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'mouse' || event.button !== 0) return;
    down = true;
    target = event.target;
    pressStarts(sink, event, tell('touchstart', event));
  });
  document.addEventListener('pointermove', (event) => {
    if (down && event.pointerType === 'mouse') pressMoves(tell('touchmove', event));
  });
  document.addEventListener('pointerup', (event) => {
    if (!down || event.pointerType !== 'mouse') return;
    down = false;
    tell('touchend', event);
    pressEnds();
  });
}

const pointOf = (
  identifier: number,
  at: { clientX: number; clientY: number; pageX: number; pageY: number },
): Point => ({
  identifier,
  clientX: at.clientX,
  clientY: at.clientY,
  pageX: at.pageX,
  pageY: at.pageY,
});
