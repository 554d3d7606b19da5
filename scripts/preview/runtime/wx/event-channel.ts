type Listener = (...args: unknown[]) => void;

/** What a page and the one it opened tell each other: `getOpenerEventChannel()`. */
export class EventChannel {
  readonly #listeners = new Map<string, { listener: Listener; once: boolean }[]>();

  on(name: string, listener: Listener): void {
    this.#add(name, listener, false);
  }

  once(name: string, listener: Listener): void {
    this.#add(name, listener, true);
  }

  off(name: string, listener?: Listener): void {
    const kept = this.#listeners.get(name)?.filter((each) => listener && each.listener !== listener) ?? [];
    this.#listeners.set(name, kept);
  }

  emit(name: string, ...args: unknown[]): void {
    const told = this.#listeners.get(name) ?? [];
    this.#listeners.set(
      name,
      told.filter(({ once }) => !once),
    );
    for (const { listener } of told) listener(...args);
  }

  #add(name: string, listener: Listener, once: boolean): void {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), { listener, once }]);
  }
}
