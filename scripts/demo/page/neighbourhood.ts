/** The page where a newcomer sees everything: phones, the chat, the clock, and what is pushed to whom. */
import { openChat } from './chat.ts';
import { moveClock, peopleHere, pushesNow } from './house.ts';
import { addPhone } from './phones.ts';
import { watchPushes } from './pushes.ts';

const FIRST = '王秀英';
const SECOND = '李敏';

const [{ items: people }, { now }] = await Promise.all([peopleHere(), pushesNow()]);
const idOf = (name: string) => people.find((person) => person.name === name)?.id ?? people[0]?.id ?? '';
const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? '某人';

const place = document.getElementById('phones') as HTMLElement;
const first = addPhone(place, people, '第一部手机', new Date(now));
const second = addPhone(place, people, '第二部手机', new Date(now));
void first.hold(idOf(FIRST));
void second.hold(idOf(SECOND));

openChat(people, idOf(FIRST));

const pushes = watchPushes(
  nameOf,
  async (to, link) => {
    const phone = [first, second].find((one) => one.holder() === to) ?? second;
    choose(phone === first ? 'phone-1' : 'phone-2');
    if (phone.holder() !== to) await phone.hold(to);
    await phone.open(link);
  },
  {
    clock(time) {
      for (const phone of [first, second]) phone.setClock(time);
    },
    arrived(to) {
      for (const phone of [first, second]) if (to.has(phone.holder())) phone.arrived();
    },
  },
);

for (const button of document.querySelectorAll<HTMLButtonElement>('.clock button')) {
  button.addEventListener('click', async () => {
    button.disabled = true;
    await moveClock({ hours: Number(button.dataset.hours ?? 0), days: Number(button.dataset.days ?? 0) }).catch(
      () => undefined,
    );
    button.disabled = false;
    pushes.look();
  });
}

/** On a small screen one part is seen at a time: `phone-1`, `phone-2`, `chat` or `pushes`. */
function choose(part: string): void {
  const id = part.startsWith('phone') ? 'phones' : part;
  if (id === 'phones') place.dataset.phone = part;
  for (const section of document.querySelectorAll('main section')) section.classList.toggle('shown', section.id === id);
  for (const button of document.querySelectorAll<HTMLButtonElement>('nav button')) {
    button.setAttribute('aria-pressed', String(button.dataset.show === part));
  }
}
for (const button of document.querySelectorAll<HTMLButtonElement>('nav button')) {
  button.addEventListener('click', () => choose(button.dataset.show ?? 'phone-1'));
}
choose('phone-1');
