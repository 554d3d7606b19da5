/** The documents both sides hold: any of them can be made anew from its number, so none needs to be remembered. */
import { type IndexDescription, ObjectId } from 'mongodb';

export interface Wish {
  _id: ObjectId;
  phone: string;
  area: string;
  state: string;
  at: Date;
  version: number;
  due: Date;
  text: string;
}

export const STATES = ['published', 'claimed', 'done'] as const;
/** About so many documents share an area and a state, however many there are in all. */
const PER_PAGE = 100;
const FIRST_AT = 1_700_000_000_000;
const TEXT = '想要一台能收听戏曲的收音机，旧的也可以。'.repeat(2);

export const INDEXES: IndexDescription[] = [{ key: { phone: 1 } }, { key: { area: 1, state: 1, at: -1 } }];

export function idOf(number: number): ObjectId {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(0x65000000, 0);
  bytes.writeUIntBE(number, 6, 6);
  return new ObjectId(bytes);
}

export function phoneOf(number: number): string {
  return `1${String((number * 7_919) % 9_999_999_967).padStart(10, '0')}`;
}

/** Areas and states take turns, so that the documents of one page lie far apart, as in life. */
export function areaOf(number: number, size: number): string {
  return `area-${number % Math.max(1, Math.floor(size / (PER_PAGE * STATES.length)))}`;
}

export function wishOf(number: number, size: number): Wish {
  return {
    _id: idOf(number),
    phone: phoneOf(number),
    area: areaOf(number, size),
    state: STATES[number % STATES.length] as string,
    at: new Date(FIRST_AT + ((number * 104_729) % 1_000_003) * 1_000),
    version: 0,
    due: new Date(FIRST_AT),
    text: TEXT,
  };
}
