import type { Puppet } from 'wechaty-puppet';
import type { Clock } from '../../core/time.ts';
import type { PuppetSpec } from './spec.ts';

/** A puppet, and how it is told that the bot is done with a message. */
export interface Loaded {
  puppet: Puppet;
  handled(messageId: string): void;
}

/** Makes the puppet asked for. Each is imported only when it is: Wechaty alone takes seconds to load. */
export async function loadPuppet(spec: PuppetSpec, clock: Clock): Promise<Loaded> {
  switch (spec.kind) {
    case 'web': {
      const { WebPuppet } = await import('./web.ts');
      const puppet = new WebPuppet(spec.channel, clock);
      return { puppet, handled: (id) => puppet.handled(id) };
    }
    case 'console': {
      const { ConsolePuppet } = await import('./console.ts');
      const puppet = new ConsolePuppet(spec, clock);
      return { puppet, handled: (id) => puppet.handled(id) };
    }
    case 'mock':
      return { puppet: spec.puppet, handled: nothing };
    case 'service': {
      const { PuppetService } = await import('wechaty-puppet-service');
      const { token, endpoint, insecure } = spec;
      const where = endpoint === undefined ? {} : { endpoint };
      return { puppet: new PuppetService({ token, ...where, tls: { disable: insecure === true } }), handled: nothing };
    }
    case 'wechat4u': {
      const { PuppetWechat4u } = await import('wechaty-puppet-wechat4u');
      return { puppet: new PuppetWechat4u({ uos: true }), handled: nothing };
    }
  }
}

const nothing = (): void => undefined;
