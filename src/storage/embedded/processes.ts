/** What can be told of a process by its number. */
import { readFileSync, readlinkSync } from 'node:fs';

/** Boot and process namespace, as far as the system tells them: within one, a number means one process at a time. */
export function world(): string {
  if (process.platform !== 'linux') return process.platform;
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return process.platform;
  }
}

/** Whether there is a process of that number in this world. */
export function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // One of another user's is there, and may not be asked.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** When a process began, as a mark that tells it from a later one of the same number; undefined where nobody says. */
export function bornOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // It holds nothing any more.
    return fields[0] === 'Z' ? 'zombie' : fields[19];
  } catch {
    return undefined;
  }
}
