import type { Readable, Writable } from 'node:stream';
import type { PuppetMock } from 'wechaty-puppet-mock';
import type { Conversation } from '../incoming.ts';
import type { WebChannel } from './web-channel.ts';

export interface ConsoleSpec {
  kind: 'console';
  input?: Readable;
  output?: Writable;
  /** Whose line the next one is; one person called `console` when absent. */
  speaker?: () => string;
  /** Sees every line first; true when it was a command of its own (/as, /clock) and no message. */
  command?: (line: string) => Promise<boolean> | boolean;
  /** What somebody is called on the screen; the contact's id when absent. */
  nameOf?: (to: Conversation) => string;
}

/** Which puppet is the bot's channel. */
export type PuppetSpec =
  | ConsoleSpec
  | { kind: 'web'; channel: WebChannel }
  /** For tests: a puppet of wechaty-puppet-mock made by the test. */
  | { kind: 'mock'; puppet: PuppetMock }
  /** A Wechaty puppet service (WeCom, WhatsApp …). */
  | { kind: 'service'; token: string; endpoint?: string; insecure?: boolean }
  /** A personal account over the web protocol. */
  | { kind: 'wechat4u' };
