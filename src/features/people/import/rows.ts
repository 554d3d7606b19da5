/** Reads one row of a register of people: every cell by itself, nothing looked up. Pure. */
import type { Role, RoleGrant } from '../../../core/ability.ts';
import { communityOf, levelOf, lineage, type TableRow } from '../../areas/index.ts';
import { ROLE_WORDS, importWords as words } from '../messages.ts';
import type { Gender } from '../model.ts';
import { plainIdNumber, plainPhone } from '../service.ts';
import { readIdNumber } from './id-number.ts';

export const HEADINGS = {
  name: ['姓名', 'name', '名字'],
  area: ['区域编码', 'area', '所属区域', '所属区域编码', '区域代码', '网格编码', '社区编码', 'area_code'],
  gender: ['性别', 'gender'],
  birthYear: ['出生年份', 'birth_year', 'birthyear', '出生日期', '出生年月', '出生年'],
  phone: ['手机号', 'phone', '手机', '手机号码', '电话', '联系电话', '联系方式', 'mobile'],
  idNumber: ['身份证号', 'id_number', 'idnumber', '身份证', '身份证号码', '证件号码', '公民身份号码'],
  address: ['住址', 'address', '地址', '家庭住址', '居住地址', '详细地址'],
  roles: ['身份', 'roles', 'role', '角色', '岗位', '职务'],
  roleArea: ['任职区域编码', 'role_area', 'rolearea', '任职区域', '身份区域', '角色区域'],
  sentinel: ['守望哨手机号', 'sentinel', '守望哨', '守望哨电话'],
  skills: ['技能', 'skills', '特长', '服务技能'],
  household: ['户号', 'household', '户编号'],
} as const;
export type Field = keyof typeof HEADINGS;

/** A row whose every cell makes sense. */
export interface ReadRow {
  line: number;
  name: string;
  area: string;
  roles: RoleGrant[];
  gender?: Gender;
  birthYear?: number;
  phone?: string;
  idNumber?: string;
  address?: string;
  /** Telephone of the sentinel. */
  sentinel?: string;
  skills?: string[];
  household?: string;
}

const GENDERS: Record<string, Gender> = {
  男: 'male',
  女: 'female',
  male: 'male',
  female: 'female',
  m: 'male',
  f: 'female',
};
const ROLE_OF = new Map<string, Role>(
  (Object.entries(ROLE_WORDS) as [Role, readonly string[]][]).flatMap(([role, names]) =>
    [role, ...names].map((name): [string, Role] => [name.toLowerCase(), role]),
  ),
);
const PHONE = /^(?:1[3-9]\d{9}|0\d{9,11})$/u;
const NAME = /^[\p{L}\p{M}·•.' -]{1,30}$/u;
const ROUNDED = /^\d(?:\.\d+)?e\+?\d+$/iu;
const MARKS_BETWEEN = /[、,，;；/\s]+/u;
const LONGEST = { address: 120, household: 40, skill: 20 };
const MOST_SKILLS = 20;

/** An area code as it is kept. */
export const plainCode = (cell: string): string => cell.normalize('NFKC').toUpperCase();

type Objection = (field: Field, reason: string) => void;

/** The row as a person, or `undefined` after at least one objection. `year` is the present one. */
export function readRow(row: TableRow<Field>, year: number, object: Objection): ReadRow | undefined {
  let sound = true;
  const objecting: Objection = (field, reason) => {
    sound = false;
    object(field, reason);
  };
  const { cells } = row;
  if (cells.name === undefined) objecting('name', words.missing);
  else if (!NAME.test(cells.name)) objecting('name', words.notAName);
  const area = cells.area && plainCode(cells.area);
  if (area === undefined) objecting('area', words.missing);
  else if (row.rounded.includes('area') || levelOf(area) === undefined) objecting('area', words.notACode(area));

  const phone = phoneIn(row, 'phone', objecting);
  const idNumber = idNumberIn(row, objecting);
  if (cells.phone === undefined && cells.idNumber === undefined) objecting('phone', words.noNumber);
  const sentinel = phoneIn(row, 'sentinel', objecting);
  const { gender, birthYear } = birthIn(row, idNumber, year, objecting);
  const roles = rolesIn(row, area ?? '', objecting);
  const skills = skillsIn(row, objecting);
  for (const field of ['address', 'household'] as const) {
    if ((cells[field]?.length ?? 0) > LONGEST[field]) objecting(field, words.tooLong(LONGEST[field]));
  }
  if (!sound) return undefined;
  return {
    line: row.line,
    name: cells.name ?? '',
    area: area ?? '',
    roles,
    ...given({ gender, birthYear, phone, idNumber, sentinel, skills }),
    ...given({ address: cells.address, household: cells.household }),
  };
}

/** The fields that have a value: an absent one and an undefined one are not the same to a type or a database. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function phoneIn(row: TableRow<Field>, field: 'phone' | 'sentinel', object: Objection): string | undefined {
  const cell = row.cells[field];
  if (cell === undefined) return undefined;
  const phone = plainPhone(cell);
  if (!row.rounded.includes(field) && !ROUNDED.test(cell) && !/\p{L}/u.test(cell) && PHONE.test(phone)) return phone;
  object(field, row.rounded.includes(field) || ROUNDED.test(cell) ? words.rounded : words.notAPhone);
  return undefined;
}

function idNumberIn(row: TableRow<Field>, object: Objection): string | undefined {
  const cell = row.cells.idNumber;
  if (cell === undefined) return undefined;
  const idNumber = plainIdNumber(cell);
  const rounded = row.rounded.includes('idNumber') || ROUNDED.test(cell);
  if (!rounded && readIdNumber(idNumber)) return idNumber;
  object('idNumber', rounded ? words.rounded : words.notAnIdNumber);
  return undefined;
}

function birthIn(row: TableRow<Field>, idNumber: string | undefined, year: number, object: Objection) {
  const { gender: genderCell, birthYear: yearCell } = row.cells;
  const told = idNumber === undefined ? undefined : readIdNumber(idNumber);
  const gender = genderCell === undefined ? told?.gender : GENDERS[genderCell.toLowerCase()];
  if (genderCell !== undefined && gender === undefined) object('gender', words.notAGender);
  else if (told && gender !== told.gender) object('gender', words.otherThanId);
  const birthYear =
    yearCell === undefined ? told?.birthYear : Number(/^(\d{4})(?!\d{1,3}$)/u.exec(yearCell.normalize('NFKC'))?.[1]);
  if (birthYear !== undefined && !(birthYear >= 1900 && birthYear <= year)) object('birthYear', words.notAYear);
  else if (told && birthYear !== told.birthYear) object('birthYear', words.otherThanId);
  return { gender, birthYear };
}

function rolesIn(row: TableRow<Field>, area: string, object: Objection): RoleGrant[] {
  const place = row.cells.roleArea && plainCode(row.cells.roleArea);
  if (place !== undefined && (row.rounded.includes('roleArea') || levelOf(place) === undefined)) {
    object('roleArea', words.notACode(place));
  }
  const roles: RoleGrant[] = [];
  for (const name of (row.cells.roles ?? 'resident').split(MARKS_BETWEEN).filter(Boolean)) {
    const role = ROLE_OF.get(name.toLowerCase());
    if (role === undefined) object('roles', words.notARole(name));
    else if (!roles.some((grant) => grant.role === role)) roles.push({ role, area: place ?? usualArea(role, area) });
  }
  return roles;
}

/** A grid's people serve their grid; the others who live in a grid, or serve from there, belong to its community. */
function usualArea(role: Role, area: string): string {
  if (role === 'grid_worker' || role === 'household_lead') return area;
  return communityOf(lineage(area)) ?? area;
}

function skillsIn(row: TableRow<Field>, object: Objection): string[] | undefined {
  const skills = row.cells.skills?.split(MARKS_BETWEEN).filter(Boolean);
  if (skills && (skills.length > MOST_SKILLS || skills.some((skill) => skill.length > LONGEST.skill))) {
    object('skills', words.tooManySkills(MOST_SKILLS, LONGEST.skill));
  }
  return skills && [...new Set(skills)];
}
