import type { Intent, Turn } from '../core/feature.ts';
import type { House } from '../core/house.ts';
import type { Choice, Matter } from './dialogue/state.ts';
import type { Exchange } from './exchange.ts';
import { servesRole } from './steps/menu.ts';
import type { Mention } from './understanding/kinds.ts';

/** What telling kinds of matters apart works with. */
interface Parts {
  intents: ReadonlyMap<string, Intent>;
  house: House;
  ofItsKind(exchange: Exchange, matter: Matter): { matter: Matter } | { other: Required<Mention> };
  turnOf(exchange: Exchange, matter: Matter, confirmed: boolean): Turn;
  title(intent: string, number?: number): string;
}

/** Of several kinds of matters that are spoken of alike (`Intent.like`), which is meant. */
export function alikeOf({ intents, house, ofItsKind, turnOf, title }: Parts) {
  const all = (name: string) =>
    [...intents.values()]
      .filter((one) => one.name === name || one.like === name)
      .sort((a, b) => Number(b.name === name) - Number(a.name === name));
  const as = (matter: Matter, { name }: Intent): Matter => ({ ...matter, intent: name });

  /** The kind that is named, else the one that can be meant now; several of those are asked about. */
  async function ofOneKind(exchange: Exchange, matter: Matter): Promise<{ matter: Matter } | { choices: Choice[] }> {
    const kinds = matter.kept ? [] : all(matter.intent).filter((one) => servesRole(one, exchange.actor));
    if (kinds.length < 2) return { matter };
    const named = kinds.filter((one) => {
      const isCalled = [one.about ?? []].flat().some((kind) => exchange.text.includes(kind));
      return isCalled && 'matter' in ofItsKind(exchange, as(matter, one));
    });
    const [only] = named;
    if (only && named.length === 1) return { matter: as(matter, only) };
    const asked = kinds.map(async (one) => {
      const fits = await one.fits?.(turnOf(exchange, as(matter, one), matter.explicit), house);
      return fits ? [one] : [];
    });
    const fitting = (await Promise.all(asked)).flat();
    const [first] = fitting;
    if (!first) return { matter };
    if (fitting.length === 1) return { matter: as(matter, first) };
    const { number } = matter.slots;
    return { choices: fitting.map((one) => ({ label: title(one.name, number), matter: as(matter, one) })) };
  }

  /** What may be meant by words that name neither a matter nor what is done to it: see `Intent.hears`. */
  async function unnamed(exchange: Exchange, matter: Matter): Promise<Choice[]> {
    const hearing = [...intents.values()].filter((one) => one.hears && servesRole(one, exchange.actor));
    const found = await Promise.all(
      hearing.map(async (one) => {
        const meant = ofItsKind(exchange, as(matter, one));
        if ('other' in meant) return [];
        const heard = (await one.hears?.(turnOf(exchange, meant.matter, false), house)) ?? [];
        return heard.map(({ label, slots }) => ({ label, matter: { ...meant.matter, slots } }));
      }),
    );
    return found.flat();
  }

  async function alarmFor(exchange: Exchange, matter: Matter): Promise<Intent | undefined> {
    for (const intent of intents.values()) {
      if (!intent.alarm || !servesRole(intent, exchange.actor)) continue;
      if ((await intent.fits?.(turnOf(exchange, as(matter, intent), true), house)) ?? true) return intent;
    }
    return undefined;
  }

  async function openDanger(exchange: Exchange, said: Matter): Promise<Matter | undefined> {
    for (const intent of intents.values()) {
      const matter = as(said, intent);
      const kept =
        servesRole(intent, exchange.actor) && (await intent.openDanger?.(turnOf(exchange, matter, true), house));
      if (kept) return { ...matter, kept };
    }
    return undefined;
  }

  async function isPast(exchange: Exchange, danger: Matter): Promise<boolean> {
    const intent = intents.get(danger.intent);
    return (await intent?.isPast?.(turnOf(exchange, danger, true), house)) ?? false;
  }

  function isOfOtherKind(exchange: Exchange, matter: Matter): boolean {
    const kinds = all(matter.intent);
    if (kinds.length === 0) return 'other' in ofItsKind(exchange, matter);
    return kinds.every((one) => 'other' in ofItsKind(exchange, as(matter, one)));
  }

  return { ofOneKind, unnamed, alarmFor, openDanger, isPast, isOfOtherKind };
}
