/** Reads one row of a register of people in care: every cell by itself, nothing looked up. Pure. */
import type { Day } from '../../../core/time.ts';
import type { TableRow } from '../../areas/index.ts';
import { plainIdNumber, plainPhone } from '../../people/index.ts';
import { COLOUR_WORDS, type Colour, FLAG_KINDS, FLAGS, type FlagKind } from '../kinds.ts';
import { importWords as words } from '../messages.ts';
import { CONSENTS, type ConsentBy } from '../model.ts';

export const HEADINGS = {
  name: ['姓名', 'name', '名字'],
  phone: ['手机号', 'phone', '手机', '手机号码', '电话', '联系电话', '联系方式'],
  idNumber: ['身份证号', 'id_number', 'idnumber', '身份证', '身份证号码', '证件号码', '公民身份号码'],
  kinds: ['关爱类别', 'kinds', '类别', '对象类别', '人员类别', '标签'],
  colour: ['颜色', 'colour', 'color', '关爱等级', '等级', '风险等级', '风险颜色'],
  reason: ['原因', 'reason', '情况', '情况说明', '登记原因'],
  consentBy: ['同意方式', 'consent', '同意人', '由谁同意'],
  consentAt: ['同意日期', 'consent_at', '同意时间'],
  reviewBy: ['复核日期', 'review_by', '下次复核日期', '复核时间'],
  sentinel: ['守望哨手机号', 'sentinel', '守望哨', '守望哨电话'],
  lead: ['联户长手机号', 'lead', '联户长', '联户长电话', '包联人手机号'],
} as const;
export type Field = keyof typeof HEADINGS;

/** A row whose every cell makes sense. */
export interface ReadRow {
  line: number;
  name: string;
  phone?: string;
  idNumber?: string;
  kinds: FlagKind[];
  colour: Colour;
  reason: string;
  consent: { by: ConsentBy; at: Day };
  reviewBy: Day;
  /** Telephones. */
  sentinel?: string;
  lead?: string;
}

export type Objection = (field: Field, reason: string) => void;

const MARKS_BETWEEN = /[、,，;；/\s]+/u;
const LONGEST_REASON = 500;

/** Every way a word may be written in a cell, with what it stands for. */
const named = <T extends string>(all: Readonly<Record<T, string>>, short: (word: string) => string): Map<string, T> =>
  new Map(
    (Object.entries(all) as [T, string][]).flatMap(([code, word]) =>
      [code, word, short(word)].map((one) => [one, code]),
    ),
  );

const KINDS = named(FLAGS, (word) => word.replace(/老人$|儿童$|家庭$/u, ''));
const COLOUR_OF = named(COLOUR_WORDS, (word) => word.slice(0, 1));
const CONSENT_OF = named(CONSENTS, (word) => word.replace(/同意$|登记$/u, ''));

const DATE = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/u;

/** 2026-03-09, 2026/3/9, 2026年3月9日. */
function dayIn(cell: string): Day | undefined {
  const [, year = '', month = '', date = ''] = DATE.exec(cell.normalize('NFKC')) ?? [];
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const real = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(real.getTime()) && real.toISOString().startsWith(day) ? day : undefined;
}

/** The row, or `undefined` after at least one objection. */
export function readRow(row: TableRow<Field>, object: Objection): ReadRow | undefined {
  let sound = true;
  const objecting: Objection = (field, reason) => {
    sound = false;
    object(field, reason);
  };
  const { cells } = row;
  for (const field of ['name', 'reason'] as const) if (cells[field] === undefined) objecting(field, words.missing);
  if ((cells.reason?.length ?? 0) > LONGEST_REASON) objecting('reason', words.tooLong(LONGEST_REASON));
  if (cells.phone === undefined && cells.idNumber === undefined) objecting('phone', words.noNumber);
  for (const field of ['phone', 'idNumber', 'sentinel', 'lead'] as const) {
    if (row.rounded.includes(field)) objecting(field, words.rounded);
  }
  const kinds = kindsIn(cells.kinds, objecting);
  const colour = wordIn(cells, 'colour', COLOUR_OF, words.notAColour, objecting);
  const by = wordIn(cells, 'consentBy', CONSENT_OF, words.notAConsent(Object.values(CONSENTS).join('、')), objecting);
  const at = dateIn(cells, 'consentAt', objecting);
  const reviewBy = dateIn(cells, 'reviewBy', objecting);
  if (!sound || !colour || !by || !at || !reviewBy) return undefined;
  return {
    line: row.line,
    name: cells.name ?? '',
    ...(cells.phone === undefined ? {} : { phone: plainPhone(cells.phone) }),
    ...(cells.idNumber === undefined ? {} : { idNumber: plainIdNumber(cells.idNumber) }),
    kinds,
    colour,
    reason: cells.reason ?? '',
    consent: { by, at },
    reviewBy,
    ...(cells.sentinel === undefined ? {} : { sentinel: plainPhone(cells.sentinel) }),
    ...(cells.lead === undefined ? {} : { lead: plainPhone(cells.lead) }),
  };
}

function kindsIn(cell: string | undefined, object: Objection): FlagKind[] {
  const kinds = new Set<FlagKind>();
  for (const name of (cell ?? '').split(MARKS_BETWEEN).filter(Boolean)) {
    const kind = KINDS.get(name.toLowerCase());
    if (kind === undefined) object('kinds', words.notAKind(name, FLAG_KINDS.map((one) => FLAGS[one]).join('、')));
    else kinds.add(kind);
  }
  if (cell === undefined) object('kinds', words.missing);
  return [...kinds];
}

function wordIn<T extends string>(
  cells: TableRow<Field>['cells'],
  field: Field,
  known: ReadonlyMap<string, T>,
  wrong: string,
  object: Objection,
): T | undefined {
  const cell = cells[field];
  const found = cell === undefined ? undefined : known.get(cell.toLowerCase());
  if (found === undefined) object(field, cell === undefined ? words.missing : wrong);
  return found;
}

function dateIn(cells: TableRow<Field>['cells'], field: Field, object: Objection): Day | undefined {
  const cell = cells[field];
  const day = cell === undefined ? undefined : dayIn(cell);
  if (day === undefined) object(field, cell === undefined ? words.missing : words.notADay);
  return day;
}
