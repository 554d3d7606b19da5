import { allow, inArea, own } from '../../core/ability.ts';
import type { Feature } from '../../core/feature.ts';
import { directoryOf } from './directory.ts';
import { auditSchema, bindingCodeSchema, contactSchema, personSchema } from './model.ts';

export { attach, bindContact, contactsOf, issueBindingCode } from './binding.ts';
export { MINIPROGRAM } from './directory.ts';
export { type MaskedPerson, maskedPerson } from './masking.ts';
export type { Contact, Gender, Person } from './model.ts';
export {
  actorOf,
  addPerson,
  findPeople,
  findPerson,
  type NewPerson,
  personChanged,
  personDocument,
  sentinelOf,
  wardsOf,
} from './service.ts';

/** Who people are: roles by area, their chats, their numbers under seal. */
export const people: Feature = {
  name: 'people',
  uses: ['areas'],
  models: { people: personSchema, contacts: contactSchema, binding_codes: bindingCodeSchema, audits: auditSchema },
  rules: [
    allow('anyone', ['read', 'bind'], 'person', own('_id')),
    allow(['worker', 'grid_worker', 'secretary'], ['read', 'bind'], 'person', inArea),
  ],
  lifecycles: [],
  routes: [],
  intents: [],
  jobs: [],
  messages: {},
  directory: directoryOf,
};
