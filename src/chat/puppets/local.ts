import { FileBox, type FileBoxInterface } from 'file-box';
import { Puppet, type payloads, types } from 'wechaty-puppet';
import { LONGEST_TEXT } from '../../core/text.ts';
import type { Clock } from '../../core/time.ts';
import type { Conversation } from '../incoming.ts';
import type { Arrival } from './web-channel.ts';

export const BOT_ID = 'haolin-bot';
const BOT_NAME = '好邻';

interface Delivered extends Arrival {
  at: Date;
}

/**
 * A puppet without WeChat: messages are handed to it by this process and what the bot says is handed back. The console and
 * the web channel are the two ways to do so.
 */
export abstract class LocalPuppet extends Puppet {
  static override readonly VERSION: string = '1.0.0';
  readonly #clock: Clock;
  readonly #arrivals = new Map<string, Delivered>();
  readonly #done = new Map<string, (() => void)[]>();
  /** Rooms and people share one space of ids; these are rooms. */
  readonly #rooms = new Set<string>();

  constructor(clock: Clock) {
    // Whole messages are kept in this cache, and nobody asks for an old one.
    super({ cache: { message: 100 } });
    this.#clock = clock;
  }

  /** Hands on what the bot says. */
  protected abstract tell(to: Conversation, text: string, at: Date): void;

  override name(): string {
    return this.constructor.name;
  }

  override async onStart(): Promise<void> {
    this.login(BOT_ID);
  }

  override async onStop(): Promise<void> {
    for (const waiting of this.#done.values()) for (const done of waiting) done();
    this.#done.clear();
    this.#arrivals.clear();
  }

  /** Gives a message to Wechaty; resolves when `handled` was told of it. */
  deliver(arrival: Arrival): Promise<void> {
    this.#arrivals.set(arrival.id, { ...arrival, at: arrival.at ?? this.#clock.now() });
    return new Promise((resolve) => {
      this.#done.set(arrival.id, [...(this.#done.get(arrival.id) ?? []), resolve]);
      this.emit('message', { messageId: arrival.id });
    });
  }

  /** The bot is done with a message. */
  handled(messageId: string): void {
    const waiting = this.#done.get(messageId) ?? [];
    waiting.shift()?.();
    if (waiting.length > 0) return;
    this.#done.delete(messageId);
    this.#arrivals.delete(messageId);
  }

  override async messageRawPayload(id: string): Promise<payloads.Message> {
    const arrival = this.#arrivals.get(id);
    if (!arrival) throw new Error(`no message ${id}`);
    const { content, contact, room, mention, at } = arrival;
    const base = {
      id,
      talkerId: contact,
      timestamp: at.getTime(),
      type: 'text' in content ? types.Message.Text : 'picture' in content ? types.Message.Image : types.Message.Audio,
      // What is never read need not be held.
      ...('text' in content ? { text: content.text.slice(0, LONGEST_TEXT * 4) } : {}),
    };
    return room === undefined
      ? { ...base, listenerId: BOT_ID }
      : { ...base, roomId: room, mentionIdList: mention ? [BOT_ID] : [] };
  }

  override async messageRawPayloadParser(payload: payloads.Message): Promise<payloads.Message> {
    return payload;
  }

  override async messageFile(id: string): Promise<FileBoxInterface> {
    const content = this.#arrivals.get(id)?.content;
    if (!content || 'text' in content) throw new Error(`message ${id} has no file`);
    return FileBox.fromFile('picture' in content ? content.picture : content.voice);
  }

  override async messageSendText(conversationId: string, text: string): Promise<void> {
    const to = this.#rooms.has(conversationId) ? { room: conversationId } : { contact: conversationId };
    this.tell(to, text, this.#clock.now());
  }

  override async contactRawPayload(id: string): Promise<payloads.Contact> {
    return {
      id,
      name: id === BOT_ID ? BOT_NAME : id,
      avatar: '',
      gender: types.ContactGender.Unknown,
      type: types.Contact.Individual,
      phone: [],
    };
  }

  override async contactRawPayloadParser(payload: payloads.Contact): Promise<payloads.Contact> {
    return payload;
  }

  override async roomRawPayload(id: string): Promise<payloads.Room> {
    this.#rooms.add(id);
    return { id, topic: id, memberIdList: [BOT_ID], adminIdList: [] };
  }

  override async roomRawPayloadParser(payload: payloads.Room): Promise<payloads.Room> {
    return payload;
  }

  override async roomMemberList(): Promise<string[]> {
    return [BOT_ID];
  }
}
