import { offer } from './cast.ts';
import { type Line, onLine, type Person, say, show } from './house.ts';

/** What somebody new might say, by what they do here. */
const IDEAS: readonly (readonly [role: string, ideas: readonly string[]])[] = [
  ['secretary', ['待办', '发布1号']],
  ['worker', ['有什么可以认领的', '认领1号', '1号联系过了']],
  ['grid_worker', ['待办', '发布1号']],
  ['resident', ['想要一个小点的电饭煲', '确认', '我的心愿到哪一步了', '满意，谢谢']],
];

/**
 * The chat beside the phones: one person's own, or the neighbours' group.
 * @param first who speaks until another is chosen
 */
export function openChat(people: readonly Person[], first: string): void {
  const speaker = find<HTMLSelectElement>('speaker');
  const group = find<HTMLInputElement>('group');
  const words = find<HTMLInputElement>('words');
  const picture = find<HTMLInputElement>('picture');
  const list = find<HTMLOListElement>('lines');
  const ideas = find<HTMLFieldSetElement>('ideas');
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const lines: Line[] = [];
  offer(speaker, people);
  speaker.value = first;

  const belongs = (line: Line) => (group.checked ? line.person === undefined : line.person === speaker.value);

  function put(line: Line): void {
    const item = document.createElement('li');
    const mine = line.from === speaker.value;
    item.className = mine ? 'mine' : '';
    const who = document.createElement('b');
    who.textContent = line.from === undefined ? '好邻' : (names.get(line.from) ?? line.from);
    item.append(who, line.text);
    list.append(item);
    item.scrollIntoView({ block: 'nearest' });
  }

  function redraw(): void {
    list.replaceChildren();
    for (const line of lines.filter(belongs)) put(line);
    const roles = people.find(({ id }) => id === speaker.value)?.roles ?? [];
    const [, here] = IDEAS.find(([role]) => roles.some((one) => one.role === role)) ?? IDEAS[IDEAS.length - 1] ?? [];
    ideas.replaceChildren(
      ...(here ?? []).map((idea) => {
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = idea;
        button.addEventListener('click', () => void speak(idea));
        return button;
      }),
    );
  }

  async function speak(text: string): Promise<void> {
    await say(speaker.value, text, group.checked).catch(complain);
  }

  const complain = (error: unknown) =>
    put({ id: '', at: '', text: error instanceof Error ? error.message : String(error) });

  find<HTMLFormElement>('say').addEventListener('submit', (event) => {
    event.preventDefault();
    const text = words.value;
    if (text.trim() === '') return;
    words.value = '';
    void speak(text);
  });
  picture.addEventListener('change', () => {
    const [file] = picture.files ?? [];
    picture.value = '';
    if (file) void show(speaker.value, file).catch(complain);
  });
  speaker.addEventListener('change', redraw);
  group.addEventListener('change', redraw);
  onLine((line) => {
    lines.push(line);
    if (belongs(line)) put(line);
  });
  redraw();
}

function find<E extends HTMLElement>(id: string): E {
  return document.getElementById(id) as E;
}
