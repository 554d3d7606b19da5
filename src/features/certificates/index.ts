import type { Feature } from '../../core/feature.ts';
import { ask } from './chat.ts';
import { certificateRoutes } from './http.ts';
import { listDocSchema } from './model.ts';
import { certificateRules } from './rules.ts';

export { certificateNamed, certificatesIn, searched } from './find.ts';
export { type CertificateList, inForce, type Listed, listSchema } from './list.ts';
export { SHIPPED } from './registry.ts';

/** 证明: which ones the community does not issue, who does instead, and where that is written. */
export const certificates: Feature = {
  name: 'certificates',
  uses: ['areas'],
  models: { certificate_lists: listDocSchema },
  rules: certificateRules,
  lifecycles: [],
  routes: certificateRoutes,
  intents: [ask],
  jobs: [],
  messages: {},
};
