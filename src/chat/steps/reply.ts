import type { Outcome } from '../book.ts';
import { ANSWERED_PRIVATELY, CANNOT_WRITE_PRIVATELY } from '../messages.ts';
import type { Parts } from '../parts.ts';

/** Says what was decided. In a group the person's own matter goes to the person, and the group sees one neutral line. */
export async function say({ say }: Pick<Parts, 'say'>, { to, reply }: Outcome): Promise<void> {
  if (!reply) return;
  const alone = { contact: to.contact };
  if (to.room === undefined) {
    await say(alone, reply.text, 'answer');
    return;
  }
  const everybody = { room: to.room };
  if (!reply.private) {
    await say(everybody, reply.text, 'answer');
    return;
  }
  const line = await say(alone, reply.text, 'answer').then(
    () => ANSWERED_PRIVATELY,
    // Most likely no friend of the bot's: WeChat lets it write to friends only.
    () => CANNOT_WRITE_PRIVATELY,
  );
  await say(everybody, line, 'answer');
}
