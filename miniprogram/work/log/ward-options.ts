import type { Answer } from '../../api/ask';
import { dateWord } from '../../logic/when';
import type { Option } from '../components/fields/field';

/** Those one serves, by what is shown of their names; two who look the same are told apart by when they were seen. */
export function wardOptions(wards: Answer<'getCare'>['items'], now: Date): Option[] {
  const short = wards.map(({ person, colourWord }) => `${person.name}（${colourWord}）`);
  return wards.map(({ person, colourWord, lastVisit }, at) => {
    const label = short[at] ?? '';
    if (short.filter((one) => one === label).length === 1) return { value: person.id, label };
    const seen = lastVisit === undefined ? '还没走访过' : `上次${dateWord(lastVisit, now)}`;
    return {
      value: person.id,
      label: `${person.name}（${colourWord}，${seen}）`,
    };
  });
}
