import { randomUUID } from 'node:crypto';
import { createInterface, type Interface } from 'node:readline';
import type { Clock } from '../../core/time.ts';
import type { Conversation } from '../incoming.ts';
import { LocalPuppet } from './local.ts';
import type { ConsoleSpec } from './spec.ts';

/** This terminal: a line is a message, and what the bot says is printed. */
export class ConsolePuppet extends LocalPuppet {
  readonly #spec: ConsoleSpec;
  #lines: Interface | undefined;

  constructor(spec: ConsoleSpec, clock: Clock) {
    super(clock);
    this.#spec = spec;
  }

  override async onStart(): Promise<void> {
    await super.onStart();
    const { input = process.stdin } = this.#spec;
    this.#lines = createInterface({ input, terminal: false });
    this.#lines.on('line', (line) => {
      void this.#hear(line).catch((error: unknown) => this.emit('error', error));
    });
  }

  override async onStop(): Promise<void> {
    this.#lines?.close();
    await super.onStop();
  }

  protected override tell(to: Conversation, text: string): void {
    const { output = process.stdout, nameOf = idOf } = this.#spec;
    output.write(`好邻 → ${nameOf(to)}：${text.split('\n').join('\n    ')}\n`);
  }

  async #hear(line: string): Promise<void> {
    if (await this.#spec.command?.(line)) return;
    const contact = this.#spec.speaker?.() ?? 'console';
    await this.deliver({ id: randomUUID(), contact, mention: false, content: { text: line } });
  }
}

const idOf = (to: Conversation): string => ('room' in to ? to.room : to.contact);
