import { type Push, pushesNow } from './house.ts';

const LOOK_MS = 2_000;
const STATES: Record<string, string> = {
  queued: '等着送',
  trying: '正在送',
  leased: '正在送',
  sent: '已送达',
  dead: '没送到',
};
const FACE = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  month: 'long',
  day: 'numeric',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const stepOf = ({ key, state }: Push): string => `${key} ${state}`;

/**
 * Shows what is pushed to whom, and what time it is in the demo.
 * @param open what pressing a push does
 * @param tell told what time it is, now and then, and whom something new reached
 */
export function watchPushes(
  nameOf: (id: string) => string,
  open: (to: string, link: string) => void,
  tell: { clock(now: Date): void; arrived(to: ReadonlySet<string>): void },
): { look(): void } {
  const feed = document.getElementById('feed') as HTMLOListElement;
  const count = document.getElementById('count') as HTMLElement;
  const now = document.getElementById('now') as HTMLOutputElement;
  let drawn = '';
  /** What is shown already: a push that reached its person counts anew. */
  let known: ReadonlySet<string> | undefined;

  function itemOf({ to, title, text, link, state, at }: Push): HTMLLIElement {
    const item = document.createElement('li');
    const head = document.createElement('div');
    head.className = 'soft';
    head.textContent = `${nameOf(to)} · ${FACE.format(new Date(at))} · ${STATES[state] ?? state}`;
    const words = document.createElement('div');
    words.textContent = `${title}：${text}`;
    item.append(head, words);
    if (link !== undefined) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = `在${nameOf(to)}的手机上打开`;
      button.addEventListener('click', () => open(to, link));
      item.append(button);
    }
    return item;
  }

  async function look(): Promise<void> {
    const { now: at, items } = await pushesNow();
    const time = new Date(at);
    now.textContent = FACE.format(time);
    tell.clock(time);
    const next = JSON.stringify(items);
    if (next === drawn) return;
    drawn = next;
    const fresh = known && items.filter((push) => !known?.has(stepOf(push)));
    known = new Set(items.map(stepOf));
    if (fresh && fresh.length > 0) tell.arrived(new Set(fresh.map(({ to }) => to)));
    count.textContent = items.length > 0 ? `最近 ${items.length} 条` : '还没有';
    feed.replaceChildren(...items.map(itemOf));
  }

  const again = () => void look().catch(() => undefined);
  setInterval(again, LOOK_MS);
  again();
  return { look: again };
}
