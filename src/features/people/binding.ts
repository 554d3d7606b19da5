import { randomInt } from 'node:crypto';
import { type Actor, may, type Role, system } from '../../core/ability.ts';
import { forbidden, tooBusy, tooManyRequests } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { isDuplicate } from '../../core/insert.ts';
import { MINUTE } from '../../core/time.ts';
import { lineage } from '../areas/index.ts';
import { audit } from './audit.ts';
import { codeUnknown, codeUsed } from './errors.ts';
import { type BindingCode, type Contact, contactKey, MINIPROGRAM, type Person } from './model.ts';
import { actorOf, endSignIns, findPerson, personChanged, readablePerson } from './service.ts';

/** No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: what is read aloud or copied from a screen must not be mistaken. */
const ALPHABET = '34679ACDEFGHJKMNPQRTWXY';
const CODE_LENGTH = 6;
const VALID_MS = 30 * MINUTE;

/** Codes one person may be given an hour, and tries one contact has in half an hour. */
const ISSUES = { points: 5, seconds: 3_600 };
const TRIES = { points: 5, seconds: 1_800 };

/** Roles that lend no power over others: whoever looks after these people may help them to a code. */
const POWERLESS: readonly Role[] = ['resident', 'household_lead'];

/**
 * Whether the actor may help this person to a code. Whoever sends it acts as the person from then on, so nobody may give
 * out more than they could grant.
 */
function mayIssue(house: House, actor: Actor, person: Person): boolean {
  if (actor.kind === 'system' || actor.id === person._id) return true;
  const ability = house.abilityOf(actor);
  return (
    may(ability, 'bind', 'person', person) &&
    person.roles
      .filter(({ role }) => !POWERLESS.includes(role))
      .every(({ role, area }) => may(ability, 'grant', 'role', { role, areas: lineage(area) }))
  );
}

/**
 * Gives out a code that binds whoever sends it to this person: for oneself, for somebody in one's care, or for somebody
 * whose roles one could grant. An earlier unused code of the person stops working.
 * @param actor the house itself (`system`) may for anybody: that is how the first admin gets in
 * @throws HaolinError not_found, forbidden, too_many_requests
 */
export async function issueBindingCode(
  house: House,
  personId: string,
  actor: Actor,
): Promise<{ code: string; expiresAt: Date }> {
  const person = await readablePerson(house, personId, actor);
  if (!mayIssue(house, actor, person)) throw forbidden();
  const { retryAfterMs } = await house.coordination.take(`binding-issue:${personId}`, ISSUES.points, ISSUES.seconds);
  if (retryAfterMs > 0) throw tooManyRequests(retryAfterMs / 1_000);

  const expiresAt = new Date(house.clock.now().getTime() + VALID_MS);
  // One's own code needs no witness; a code for somebody else does.
  if (actor.id !== personId) await audit(house, actor, personId, 'binding_code');
  const codes = house.model<BindingCode>('binding_codes');
  await codes.deleteMany({ person: personId, usedBy: { $exists: false } });
  const code = await insertFresh(house, { person: personId, issuedBy: actor.id, expiresAt });
  return { code, expiresAt };
}

/** Always of letters and digits: six of one kind are a word, or a number, like any other. */
export function drawCode(): string {
  for (;;) {
    const code = Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
    if (/\d/u.test(code) && /[A-Z]/u.test(code)) return code;
  }
}

async function insertFresh(house: House, fields: Omit<BindingCode, '_id'>): Promise<string> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const code = drawCode();
    try {
      await house.model<BindingCode>('binding_codes').create({ _id: hashOf(house, code), ...fields });
      return code;
    } catch (error) {
      // The same six letters are out already; draw again.
      if (!isDuplicate(error)) throw error;
    }
  }
  throw tooBusy();
}

const hashOf = (house: House, code: string): string =>
  house.vault.fingerprint(`binding:${code.normalize('NFKC').replace(/[\s-]/gu, '').toUpperCase()}`);

/**
 * Binds a contact to the person a code was given out for. Of several contacts sending one code exactly one wins; the
 * winner may send it again. A contact bound to somebody else moves.
 * @throws HaolinError binding_code_unknown, binding_code_used, too_many_requests
 */
export async function bindContact(
  house: House,
  { puppet, id }: { puppet: string; id: string },
  code: string,
): Promise<Person> {
  const key = contactKey(puppet, id);
  const { retryAfterMs } = await house.coordination.take(`binding-try:${key}`, TRIES.points, TRIES.seconds);
  if (retryAfterMs > 0) throw tooManyRequests(retryAfterMs / 1_000);

  const where = puppet === MINIPROGRAM ? 'phone' : 'chat';
  const now = house.clock.now();
  const codes = house.model<BindingCode>('binding_codes');
  const hash = hashOf(house, code);
  const used = await codes
    .findOneAndUpdate(
      { _id: hash, expiresAt: { $gt: now }, $or: [{ usedBy: { $exists: false } }, { usedBy: key }] },
      { $set: { usedBy: key } },
      { returnDocument: 'after' },
    )
    .lean<BindingCode>();
  if (!used) throw (await codes.exists({ _id: hash, expiresAt: { $gt: now } })) ? codeUsed(where) : codeUnknown(where);
  const person = await findPerson(house, used.person);
  if (!person || !(await stillGood(house, used, person))) throw codeUnknown(where);
  await attach(house, { puppet, id }, person._id, now);
  return person;
}

/** Whether whoever gave the code out still might: the person may have been given a role since, or they have lost theirs. */
async function stillGood(house: House, { issuedBy }: BindingCode, person: Person): Promise<boolean> {
  if (issuedBy === person._id || issuedBy === system().id) return true;
  const issuer = await findPerson(house, issuedBy);
  return issuer !== undefined && mayIssue(house, actorOf(issuer, 'api'), person);
}

/**
 * Makes a contact this person's, whoever's it was; a phone that changes hands is signed out as the one it belonged to. For
 * the house's own use (seeds, the demo): people send a code.
 */
export async function attach(
  house: House,
  { puppet, id }: { puppet: string; id: string },
  personId: string,
  now: Date,
): Promise<void> {
  const contacts = house.model<Contact>('contacts');
  const write = () =>
    contacts
      .findOneAndUpdate(
        { _id: contactKey(puppet, id) },
        { $set: { puppet, contact: id, person: personId, boundAt: now } },
        { upsert: true, returnDocument: 'before' },
      )
      .lean<Contact>();
  // Two first bindings of one contact at once: the loser's insert meets the winner's and is then an update.
  const before = await write().catch((error: unknown) => {
    if (!isDuplicate(error)) throw error;
    return write();
  });
  await personChanged(house, personId);
  if (!before || before.person === personId) return;
  if (puppet === MINIPROGRAM) await endSignIns(house, before.person);
  else await personChanged(house, before.person);
}

/** The chats and phones bound to a person, the latest first. */
export async function boundTo(
  house: House,
  personId: string,
): Promise<{ puppet: string; id: string; boundAt: Date }[]> {
  const contacts = await house
    .model<Contact>('contacts')
    .find({ person: personId })
    .sort({ boundAt: -1 })
    .lean<Contact[]>();
  return contacts.map(({ puppet, contact, boundAt }) => ({ puppet, id: contact, boundAt }));
}
