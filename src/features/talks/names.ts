import { maskName } from '../../core/text.ts';
import type { Worker } from './serving.ts';

const TITLES = '(?:哥|姐|叔|姨|孃|师傅|老师|主任|站长|委员|同志)';
const GRID = /网格员/u;

/** How somebody may be called, the surest way first: 张小敏; 小敏; 小张, 张姐; 阿敏. */
function formsOf(name: string): readonly (readonly RegExp[])[] {
  const surname = maskName(name).replace('*', '');
  const given = [...name].slice([...surname].length);
  const last = given.at(-1);
  const forms = (...patterns: readonly string[]) => patterns.map((pattern) => new RegExp(pattern, 'u'));
  return [
    forms(name),
    given.length > 1 ? forms(given.join('')) : [],
    surname === '' ? [] : forms(`[小老]${surname}`, `${surname}${TITLES}`),
    given.length > 0 && last !== undefined ? forms(`[小阿]${last}`, `${last}${TITLES}`) : [],
  ];
}

/** Those a text names, by the surest way anybody is named in it; of several a 网格员 where it says so. Pure. */
export function namedIn(text: string, workers: readonly Worker[]): Worker[] {
  const forms = workers.map((worker) => ({ worker, forms: formsOf(worker.name) }));
  for (let way = 0; way < 4; way += 1) {
    const found = forms
      .filter((one) => one.forms[way]?.some((pattern) => pattern.test(text)))
      .map(({ worker }) => worker);
    if (found.length === 0) continue;
    const keepers = GRID.test(text) ? found.filter(({ grid }) => grid) : [];
    return keepers.length > 0 ? keepers : found;
  }
  return [];
}

/** What was said without the names of those it may be about: 周一鸣 is no Monday. Pure. */
export function withoutNames(text: string, workers: readonly Worker[]): string {
  return workers.reduce((left, { name }) => left.replaceAll(name, ''), text);
}
