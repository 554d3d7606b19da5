import type { Person } from './house.ts';

/** Those the story is told with, in the order in which they come in. */
const STORY = ['王秀英', '李敏', '周强', '赵小燕', '陈建国', '张福生'];

/** Puts people into a choice: those of the story first, then the others by what they do, in the order of the house. */
export function offer(choice: HTMLSelectElement, people: readonly Person[]): void {
  const story = STORY.flatMap((name) => people.filter((one) => one.name === name));
  const groups = new Map<string, Person[]>([['故事里的人', story]]);
  for (const one of people) {
    if (!story.includes(one)) groups.set(one.title, [...(groups.get(one.title) ?? []), one]);
  }
  for (const [label, members] of groups) {
    const group = document.createElement('optgroup');
    group.label = label;
    group.append(...members.map(({ id, name, title, area }) => new Option(`${name} · ${title} · ${area.name}`, id)));
    choice.append(group);
  }
}
