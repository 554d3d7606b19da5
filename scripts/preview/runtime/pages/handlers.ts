import { phone } from '../phone.ts';

/**
 * Says at once which handlers a template names and the page does not have: on a phone pressing such a thing does
 * nothing, and nobody is told.
 */
export function checkHandlers(instance: Record<string, unknown>, path: string): void {
  for (const { name, place } of phone.facts.handlers[path] ?? []) {
    if (typeof instance[name] === 'function') continue;
    console.error(`${place}: ${path} has no method "${name}"`);
  }
}
