import type { LifecycleOutline } from './feature.ts';

/** A lifecycle's state diagram as Mermaid text, read from its table. Moves that only the house makes are in brackets. */
export function diagramOf(lifecycle: LifecycleOutline): string {
  const names = Object.entries(lifecycle.states).map(([state, word]) => `  ${state}: ${word}`);
  const starts = Object.entries(lifecycle.start).map(([name, { to }]) => `  [*] --> ${String(to)}: ${name}`);
  const arrows = new Map<string, string[]>();
  for (const [name, definition] of Object.entries(lifecycle.moves)) {
    const label = definition.by === 'system' ? `[${name}]` : name;
    for (const from of definition.from) {
      for (const target of targetsFrom(definition, from)) {
        const arrow = `${from} --> ${target}`;
        arrows.set(arrow, [...(arrows.get(arrow) ?? []), label]);
      }
    }
  }
  const lines = [...arrows].map(([arrow, labels]) => `  ${arrow}: ${labels.join(', ')}`);
  const leaving = new Set([...arrows.keys()].flatMap((arrow) => (isLoop(arrow) ? [] : [arrow.split(' ')[0]])));
  const ends = Object.keys(lifecycle.states)
    .filter((state) => !leaving.has(state))
    .map((state) => `  ${state} --> [*]`);
  return ['stateDiagram-v2', ...names, ...starts, ...lines, ...ends, ''].join('\n');
}

/** A move whose targets are its own sources keeps the state it finds. */
function targetsFrom({ from, to }: LifecycleOutline['moves'][string], state: string): readonly string[] {
  if (typeof to === 'string') return [to];
  const stays = to.among.length === from.length && to.among.every((one) => from.includes(one));
  return stays ? [state] : to.among;
}

function isLoop(arrow: string): boolean {
  const [from, target] = arrow.split(' --> ');
  return from === target;
}
