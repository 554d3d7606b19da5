import type { Root } from 'glass-easel-miniprogram-adapter';
import type { Facts, Unit, UnitConfig } from '../facts.ts';
import type { EventChannel } from '../wx/event-channel.ts';
import { Frame, type FrameHandlers } from './frame.ts';
import { checkHandlers } from './handlers.ts';
import type { PageUrl } from './url.ts';

/** What a page's script may define for the phone to call. */
interface PageHooks {
  onLoad?(query: Record<string, string>): void;
  onShow?(): void;
  onReady?(): void;
  onHide?(): void;
  onUnload?(): void;
  onPullDownRefresh?(): void;
  onReachBottom?(): void;
  onPageScroll?(scroll: { scrollTop: number }): void;
  onShareAppMessage?(from: { from: string; target: unknown }): unknown;
  onTabItemTap?(item: { index: number; pagePath: string; text: string }): void;
  route?: string;
  options?: Record<string, string>;
}

/** What lies around a page: ways out of it, and messages between it and the page that opened it. */
type Around = Pick<FrameHandlers, 'back' | 'home'> & { events: EventChannel };

type Hook = 'onShow' | 'onReady' | 'onHide' | 'onUnload' | 'onPullDownRefresh' | 'onReachBottom';

/** A page that lies on the stack: its frame on the screen and its life. */
export class Page {
  readonly path: string;
  readonly url: PageUrl;
  readonly frame: Frame;
  /** `this` of the page's script. */
  readonly instance: PageHooks;
  readonly #root: Root;
  #shown = false;
  #ready = false;
  #gone = false;

  constructor(root: Root, { path, config }: Unit, url: PageUrl, facts: Facts, { events, ...handlers }: Around) {
    this.path = path;
    this.url = url;
    this.#root = root;
    this.instance = root.get() as unknown as PageHooks;
    const merged: UnitConfig = { ...facts.app.window, ...config };
    this.frame = new Frame(path, merged, {
      ...handlers,
      refresh: () => this.#call('onPullDownRefresh'),
      bottom: () => this.#call('onReachBottom'),
      scroll: (scrollTop) => this.instance.onPageScroll?.({ scrollTop }),
    });
    Object.assign(this.instance, { route: path, options: url.query, getOpenerEventChannel: () => events });
    checkHandlers(this.instance as Record<string, unknown>, path);
  }

  /** Puts it on the screen for the first time. */
  load(screen: HTMLElement, { back, home, how }: { back: boolean; home: boolean; how?: 'push' | undefined }): void {
    this.frame.nav?.ways(back, home);
    screen.append(this.frame.element);
    if (how) this.frame.comeIn();
    const placeholder = document.createElement('div');
    this.frame.scroller.append(placeholder);
    type Backend = Parameters<Root['attach']>[0];
    this.#root.attach(this.frame.scroller as unknown as Backend, placeholder as unknown as Backend);
    const element = this.frame.scroller.firstElementChild;
    element?.setAttribute('data-page', this.path);
    this.#guarded(() => this.instance.onLoad?.(this.url.query));
  }

  /** Asks the page what is sent on when it is shared, by a button or by WeChat's own menu. */
  share(button?: unknown): unknown {
    return this.instance.onShareAppMessage?.({ from: button ? 'button' : 'menu', target: button });
  }

  /** The element a selector of the page's own template finds. */
  find(selector: string): Element | undefined {
    const found = this.#root.getComponent().getShadowRoot()?.querySelector(selector);
    return found?.getBackendElement() as unknown as Element | undefined;
  }

  set visible(on: boolean) {
    this.frame.visible = on;
  }

  show(): void {
    if (this.#shown || this.#gone) return;
    this.#shown = true;
    this.#root.getComponent().triggerPageLifetime('show', []);
    this.#call('onShow');
    if (this.#ready) return;
    this.#ready = true;
    requestAnimationFrame(() => {
      if (!this.#gone) this.#call('onReady');
    });
  }

  hide(): void {
    if (!this.#shown) return;
    this.#shown = false;
    this.#root.getComponent().triggerPageLifetime('hide', []);
    this.#call('onHide');
  }

  unload(how?: 'pop'): void {
    this.#gone = true;
    this.#call('onUnload');
    this.#root.release();
    this.frame.remove(how);
  }

  #call(hook: Hook): void {
    this.#guarded(() => this.instance[hook]?.());
  }

  /** An error in a page's hook is the page's: it is reported, and the phone goes on. */
  #guarded(call: () => void): void {
    try {
      call();
    } catch (error) {
      reportError(error);
    }
  }
}
