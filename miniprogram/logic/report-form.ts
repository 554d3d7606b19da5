import type { Body } from '../api/ask';
import { guessIncidentCategory, INCIDENT_CATEGORIES, type IncidentCategory } from './incident-words';

/** What somebody fills in to report a problem. */
export interface ReportForm {
  text: string;
  category: IncidentCategory;
  /** Whether it was chosen by hand: then no guess changes it any more. */
  chosen: boolean;
  /** Somebody's life is in danger now. */
  danger: boolean;
  /** Code of the grid it is in; empty for where one lives. */
  area: string;
  address: string;
  photos: string[];
  other: boolean;
  name: string;
  relation: string;
}

export const EMPTY_REPORT: ReportForm = {
  text: '',
  category: 'other',
  chosen: false,
  danger: false,
  area: '',
  address: '',
  photos: [],
  other: false,
  name: '',
  relation: '',
};

/** The fields that are typed into. */
export const TYPED_IN_REPORT: readonly string[] = [
  'text',
  'address',
  'name',
  'relation',
] satisfies (keyof ReportForm)[];

/** What is said when somebody in need presses without a word. */
export const HELP = '有人有危险，请马上来看';

/** What changes with the words: the kind they sound like, until one was chosen by hand. */
export const written = (form: ReportForm, text: string): Partial<ReportForm> => ({
  text,
  ...(form.chosen ? {} : { category: guessIncidentCategory(text) }),
});

/** What is still missing, as a sentence for the person. Where life is in danger nothing is: one press is enough. */
export function missingInReport(form: ReportForm): string | undefined {
  if (form.danger) return undefined;
  if (form.text.trim().length < 2) return '请写一句出了什么问题。';
  if (form.other && form.name.trim() === '') return '请写明是替谁说的。';
  return undefined;
}

/** The one sentence that is read back before anything is sent. @param place what the chosen place is called */
export function reportReadBack(form: ReportForm, place: string): string {
  const who = form.other ? `替${form.relation.trim() || '邻居'}${form.name.trim()}` : '';
  const kind = INCIDENT_CATEGORIES.find(({ category }) => category === form.category)?.label ?? '其他';
  const more = [
    form.address.trim() ? '附了详细地址' : '',
    form.photos.length > 0 ? `附了${form.photos.length}张照片` : '',
  ].filter(Boolean);
  return `${who}报告一个问题：${form.text.trim()}（${[kind, place, ...more].join('，')}）。`;
}

/** The form as the house takes it. */
export function reportBody(form: ReportForm): Body<'postIncidents'> {
  const text = form.text.trim();
  const address = form.address.trim();
  const name = form.name.trim();
  const relation = form.relation.trim();
  return {
    text: form.danger && text.length < 2 ? HELP : text,
    category: form.danger ? 'safety' : form.category,
    danger: form.danger,
    place: { ...(form.area && { area: form.area }), ...(address.length >= 2 && { address }) },
    photos: form.photos,
    ...(form.other && name && { for: { name, ...(relation && { relation }) } }),
  };
}
