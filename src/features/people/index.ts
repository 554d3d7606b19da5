import type { Feature } from '../../core/feature.ts';
import { intents } from './chat.ts';
import { directoryOf } from './directory.ts';
import { routes } from './http.ts';
import { auditSchema, bindingCodeSchema, contactSchema, personSchema } from './model.ts';
import { rules } from './rules.ts';

export { audit } from './audit.ts';
export { attach, bindContact, boundTo, issueBindingCode } from './binding.ts';
export { type ContactDetails, contactsOf } from './contacts.ts';
export { importPeople } from './import/plan.ts';
export { knownPeople, type Register } from './import/register.ts';
export { looksAfter } from './looking-after.ts';
export { type MaskedPerson, maskedPerson, type PersonalField, publicName, publicNames, unmask } from './masking.ts';
export { ROLE_WORDS } from './messages.ts';
export { type Contact, type Gender, MINIPROGRAM, type Person } from './model.ts';
export { neighboursNamedIn } from './neighbours.ts';
export { type Post, postsOf, postsWithin } from './posts.ts';
export { muteReminders } from './reminders.ts';
export { grantRole, revokeRole } from './roles.ts';
export {
  actorOf,
  addPerson,
  endSignIns,
  fieldPlace,
  findByPhone,
  findPeople,
  findPerson,
  idNumberFingerprint,
  type NewPerson,
  personChanged,
  personDocument,
  phoneFingerprint,
  plainIdNumber,
  plainPhone,
  readablePerson,
  sentinelOf,
  setSentinel,
  wardsOf,
} from './service.ts';
export { holdersWithin, type Serving } from './serving.ts';

/** Who people are: roles by area, their chats, their numbers under seal. */
export const people: Feature = {
  name: 'people',
  uses: ['areas'],
  models: { people: personSchema, contacts: contactSchema, binding_codes: bindingCodeSchema, audits: auditSchema },
  rules,
  lifecycles: [],
  routes,
  intents,
  jobs: [],
  messages: {},
  directory: directoryOf,
};
