import type { Clock } from '../../core/time.ts';
import type { Conversation } from '../incoming.ts';
import { LocalPuppet } from './local.ts';
import type { WebChannel } from './web-channel.ts';

/** Messages in and out through a channel of this process: the preview page, the demo, tests. */
export class WebPuppet extends LocalPuppet {
  readonly #channel: WebChannel;

  constructor(channel: WebChannel, clock: Clock) {
    super(clock);
    this.#channel = channel;
  }

  override async onStart(): Promise<void> {
    await super.onStart();
    this.#channel.plug(this);
  }

  override async onStop(): Promise<void> {
    this.#channel.plug(undefined);
    await super.onStop();
  }

  protected override tell(to: Conversation, text: string, at: Date): void {
    this.#channel.said({ to, text, at });
  }
}
