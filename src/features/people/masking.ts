import { maskName, maskPhone } from '../../core/text.ts';
import type { Vault } from '../../core/vault.ts';
import type { Gender, Person } from './model.ts';

/** A person as others see them unless they ask, and are entitled, to see more. */
export interface MaskedPerson {
  id: string;
  name: string;
  gender?: Gender;
  birthYear?: number;
  phone?: string;
  idNumber?: string;
  hasAddress: boolean;
}

/** 张*, 138****5678, 520***********1234; the address not at all. */
export function maskedPerson(person: Person, vault: Vault): MaskedPerson {
  return {
    id: person._id,
    name: maskName(person.name),
    ...(person.gender === undefined ? {} : { gender: person.gender }),
    ...(person.birthYear === undefined ? {} : { birthYear: person.birthYear }),
    ...(person.phone === undefined ? {} : { phone: maskPhone(vault.open(person.phone)) }),
    ...(person.idNumber === undefined ? {} : { idNumber: maskIdNumber(vault.open(person.idNumber)) }),
    hasAddress: person.address !== undefined,
  };
}

function maskIdNumber(idNumber: string): string {
  return `${idNumber.slice(0, 3)}${'*'.repeat(Math.max(0, idNumber.length - 4))}${idNumber.slice(-1)}`;
}
