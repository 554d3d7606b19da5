import { z } from 'zod';
import { type Actor, may, type Role } from '../../core/ability.ts';
import type { Intent, Turn } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { levelOf } from './codes.ts';
import { groupWords } from './messages.ts';
import type { Area } from './model.ts';
import { officeHours } from './office-hours-chat.ts';
import { searchAreas } from './search.ts';
import { childrenOf, findArea } from './service.ts';
import { areaOfGroup, bindGroup } from './settings.ts';

const BINDERS: readonly Role[] = ['secretary', 'grid_worker', 'admin'];
const MOST_SHOWN = 8;
/** Where a group may belong. */
const PLACES: readonly (string | undefined)[] = ['community', 'grid'];

/** A group and the area it is to belong to, once that is known. */
const planned = z.object({ room: z.string(), area: z.string() });

/**
 * 绑定本群, said in the group: a secretary's or grid worker's word is enough, since they know whose group it is. The
 * list of places is the read-back: nothing is bound before one is picked.
 */
export const bindThisGroup: Intent = {
  name: 'area.bindGroup',
  effect: 'change',
  unbound: true,
  help: { ...groupWords.help, roles: BINDERS },
  command: [
    /^绑定(?:本|这个?|该)群(?:聊|组)?(?:\s*(?:到|在|给|为|[:：,，])?\s*(?<words>[^\s,，。.!！?？]{2,40}))?[。.!！]?$/u,
  ],
  async readBack(turn, house) {
    if (planned.safeParse(turn.kept).success) return { kept: turn.kept ?? {} };
    const { room } = turn.contact;
    if (room === undefined) return { text: groupWords.inTheGroup };
    const found = await placesFor(turn, house);
    if (found.length === 0) return { text: turn.text === '' ? groupWords.which : groupWords.noSuchPlace(turn.text) };
    return {
      text: found.length === 1 ? groupWords.confirm : groupWords.choose,
      options: found.map(({ _id, name }) => ({
        label: name,
        intent: bindThisGroup.name,
        slots: {},
        kept: { room, area: _id },
      })),
    };
  },
  async handle({ kept, contact, actor }, house) {
    const { room, area } = planned.parse(kept);
    const { puppet } = contact;
    const before = await areaOfGroup(house, puppet, room);
    // Bound again where it is bound, a group keeps the word that calls the bot.
    const group = before?.area._id === area ? before.group : { puppet, room };
    await bindGroup(house, area, group, actor);
    return { text: groupWords.bound((await findArea(house, area))?.name ?? ''), private: false };
  },
};

type Place = Pick<Area, '_id' | 'name' | 'areas'>;

/** Where this person may mean: the places they serve or, when they name one, those of that name inside them. */
async function placesFor({ actor, ability, text }: Turn, house: House): Promise<Place[]> {
  const served = await servedBy(actor, house);
  const found = text === '' ? served : await named(text, served, house);
  return found
    .filter((place) => PLACES.includes(levelOf(place._id)) && may(ability, 'bind', 'area', place))
    .slice(0, MOST_SHOWN);
}

async function servedBy({ roles }: Actor, house: House): Promise<Place[]> {
  const codes = new Set(roles.filter(({ role }) => BINDERS.includes(role)).map(({ area }) => area));
  const found = await Promise.all([...codes].map((code) => findArea(house, code)));
  return found.filter((area) => area !== undefined);
}

async function named(text: string, served: readonly Place[], house: House): Promise<Place[]> {
  const found = await Promise.all(
    served.map(async (place) => [
      ...(place.name.includes(text) ? [place] : []),
      ...(levelOf(place._id) === 'community' ? await gridsNamed(text, place, house) : []),
      ...(await searchAreas(house, text, { under: place._id, level: 'community', limit: MOST_SHOWN })),
    ]),
  );
  return [...new Map(found.flat().map((place) => [place._id, place])).values()];
}

/** Grids are not among the names searched: there are thousands, and each is known only within its community. */
async function gridsNamed(text: string, { _id }: Place, house: House): Promise<Place[]> {
  return (await childrenOf(house, _id)).filter((grid) => grid.name.includes(text));
}

export const intents: readonly Intent[] = [bindThisGroup, officeHours];
