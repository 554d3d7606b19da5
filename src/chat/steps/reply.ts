import type { Outcome } from '../book.ts';
import { ANSWERED_PRIVATELY, CANNOT_WRITE_PRIVATELY } from '../messages.ts';
import type { Parts } from '../parts.ts';

/**
 * Says what was decided. In a group the person's own matter goes to the person, and the group sees one neutral line.
 * @returns false when the person could not be written to, and the group's line says to look in the mini-program
 */
export async function say({ say }: Pick<Parts, 'say'>, { to, reply }: Outcome): Promise<boolean> {
  if (!reply) return true;
  const alone = { contact: to.contact };
  if (to.room === undefined) {
    await say(alone, reply.text, 'answer');
    return true;
  }
  const everybody = { room: to.room };
  if (!reply.private) {
    await say(everybody, reply.text, 'answer');
    return true;
  }
  const reached = await say(alone, reply.text, 'answer').then(
    () => true,
    // Most likely no friend of the bot's: WeChat lets it write to friends only.
    () => false,
  );
  if (reply.unasked) {
    const open = reply.inGroup ?? (reached ? undefined : CANNOT_WRITE_PRIVATELY);
    if (open !== undefined) await say(everybody, open, 'answer');
    return reached;
  }
  const neutral = reached ? ANSWERED_PRIVATELY : CANNOT_WRITE_PRIVATELY;
  await say(everybody, reply.inGroup === undefined ? neutral : `${reply.inGroup}\n${neutral}`, 'answer');
  return reached;
}
