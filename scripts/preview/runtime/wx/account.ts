import { phoneName } from '../settings.ts';
import { call } from './call.ts';

export const account = {
  /** The code names the phone, so that a server that plays WeChat knows whose it is. */
  login: call('login', () => ({
    code: `preview:${phoneName}:${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`,
  })),
  checkSession: call('checkSession', () => ({})),
  getAccountInfoSync: () => ({
    miniProgram: { appId: 'preview', envVersion: 'develop', version: '' },
    plugin: { appId: '', version: '' },
  }),
  getExtConfigSync: () => ({}),
};
