import { account } from './account.ts';
import { device } from './device.ts';
import { media } from './media.ts';
import { navigation } from './navigation.ts';
import { network } from './network.ts';
import { pageCalls } from './page-calls.ts';
import { privacy } from './privacy.ts';
import { prompts } from './prompts.ts';
import { selecting } from './selector-query.ts';
import { storage } from './storage.ts';
import { subscription } from './subscription.ts';
import { system } from './system.ts';

/** Every call of `wx` the preview has. */
export const calls = {
  ...account,
  ...device,
  ...media,
  ...navigation,
  ...network,
  ...pageCalls,
  ...privacy,
  ...prompts,
  ...selecting,
  ...storage,
  ...subscription,
  ...system,
};
