/** One after the other for the same name, side by side for different ones. */
export interface Turns {
  run<T>(name: string, work: () => Promise<T>): Promise<T>;
}

export function inTurn(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return {
    run(name, work) {
      const before = last.get(name) ?? Promise.resolve();
      const mine = before.then(work, work);
      last.set(name, mine);
      const clear = () => {
        if (last.get(name) === mine) last.delete(name);
      };
      mine.then(clear, clear);
      return mine;
    },
  };
}
