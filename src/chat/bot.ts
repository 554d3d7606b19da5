import { join } from 'node:path';
import type { Wechaty } from 'wechaty';
import { namedError } from '../core/errors.ts';
import type { Log } from '../core/house.ts';
import type { Clock } from '../core/time.ts';
import { faultOf } from './fault.ts';
import type { Conversation, Incoming } from './incoming.ts';
import { loadPuppet } from './puppets/load.ts';
import type { PuppetSpec } from './puppets/spec.ts';
import { translate } from './translate.ts';
import type { Kept } from './upkeep.ts';

/** The bot's account on its channel, through Wechaty. */
export interface Bot extends Kept {
  /** Whether it is signed in. */
  online(): boolean;
  /** @throws HaolinError chat_offline while nobody is signed in; contact_unknown when the channel does not know them. */
  send(to: Conversation, text: string): Promise<void>;
}

export interface BotParts {
  spec: PuppetSpec;
  clock: Clock;
  log: Log;
  /** Where a personal account's session is kept. */
  folder: string;
  onMessage(incoming: Incoming): Promise<void>;
  onSignedIn(): Promise<void>;
  onSignedOut(): Promise<void>;
  /** Somebody became a friend. */
  onFriend(contact: string): Promise<void>;
}

export const offline = namedError('chat_offline', 503, () => '聊天机器人现在不在线，请到小程序里查看。');
export const contactUnknown = namedError('contact_unknown', 404, () => '聊天里找不到这位联系人，请重新绑定。');

/** Puts Wechaty on the puppet asked for. Imports it now and not before. */
export async function buildBot(parts: BotParts): Promise<Bot> {
  const { spec, clock, log, folder } = parts;
  const { puppet, handled } = await loadPuppet(spec, clock);
  const { WechatyBuilder, log: wechatyLog, types } = await import('wechaty');
  // Its own log writes what people say; everything the operator needs arrives as events.
  wechatyLog.level('silent');
  const lasting = spec.kind === 'wechat4u' || spec.kind === 'service';
  const bot: Wechaty = WechatyBuilder.build({ puppet, ...(lasting ? { name: join(folder, spec.kind) } : {}) });

  /** An event listener that can only log. */
  const safely =
    <A extends unknown[]>(what: string, work: (...args: A) => Promise<void>) =>
    (...args: A): void => {
      work(...args).catch((error: unknown) => log.error({ puppet: spec.kind, ...faultOf(error) }, what));
    };

  bot.on('error', (error) => {
    log.error(
      { puppet: spec.kind, ...faultOf(error) },
      'the puppet reported an error; it recovers or is started again',
    );
  });
  bot.on('scan', (code, status) => {
    const waiting = status === types.ScanStatus.Waiting || status === types.ScanStatus.Timeout;
    const advice = waiting ? { advice: 'open the page below and scan it with the bot account’s WeChat' } : {};
    const page = waiting ? { page: signInPage(code) } : {};
    log.warn(
      { puppet: spec.kind, status: types.ScanStatus[status], ...advice, ...page },
      'the bot has to be signed in',
    );
  });
  bot.on(
    'login',
    safely('what was left unsaid could not be said', async () => {
      log.info({ puppet: spec.kind }, 'the bot is signed in');
      await parts.onSignedIn();
    }),
  );
  bot.on(
    'logout',
    safely('the last seen mark could not be read', async () => {
      await parts.onSignedOut();
    }),
  );
  bot.on(
    'message',
    safely('a chat message could not be taken', async (message) => {
      try {
        await parts.onMessage(await translate(message, types));
      } finally {
        handled(message.id);
      }
    }),
  );
  bot.on(
    'friendship',
    safely('a friend request could not be accepted', async (friendship) => {
      if (friendship.type() !== types.Friendship.Receive) return;
      await friendship.accept();
      await parts.onFriend(friendship.contact().id);
    }),
  );
  bot.on(
    'room-invite',
    safely('an invitation to a group could not be accepted', (invitation) => invitation.accept()),
  );

  // Wechaty reports that its puppet did not start, or ended, as an error like any other and says nothing more.
  const running = () => puppet.state.inactive() !== true;

  return {
    async start() {
      await bot.start();
      if (!running()) throw new Error('the puppet did not start');
    },
    stop: () => bot.stop(),
    running,
    online: () => bot.isLoggedIn,
    async send(to, text) {
      if (!bot.isLoggedIn) throw offline();
      const found = 'room' in to ? await bot.Room.find({ id: to.room }) : await bot.Contact.find({ id: to.contact });
      if (!found) throw contactUnknown();
      await found.say(text);
    },
  };
}

/** Wechaty's own page that shows a sign-in code as a picture. */
function signInPage(code: string): string {
  return code === '' ? '' : `https://wechaty.js.org/qrcode/${encodeURIComponent(code)}`;
}
