import { ask, type Me } from '../../api/session';
import { areasOf } from '../../logic/people';
import { named } from '../areas';
import type { Option } from '../components/fields/field';

/** Down to here places have rules of their own. */
const LOWEST = new Set(['county', 'street']);

/**
 * The counties and streets an admin may give rules of their own, those right below their areas first.
 * @throws Trouble
 */
export async function placesToRule(person: Me): Promise<Option[]> {
  const areas = areasOf(person, ['admin']);
  const own = (await named(areas)).filter(({ code }) => code.length >= 6 && code.length <= 9);
  const below = await Promise.all(areas.map((code) => childrenOf(code)));
  const deeper = await Promise.all(below.flat().map((place) => childrenOf(place.code, `（${place.name}）`)));
  return [...own, ...below.flat(), ...deeper.flat()].map(({ code, name }) => ({ value: code, label: name }));
}

async function childrenOf(code: string, suffix = '') {
  const { items } = await ask('getAreasByCodeChildren', { path: { code } });
  return items
    .filter(({ level }) => LOWEST.has(level))
    .map(({ code: child, name }) => ({ code: child, name: `${name}${suffix}` }));
}
