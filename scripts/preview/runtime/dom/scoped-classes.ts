import type { Element as GlassElement } from 'glass-easel';

/**
 * Class names as they are written in a template, turned into those its style sheet has: a component's carry its scope.
 * For elements that glass-easel does not know.
 */
export function scopedClasses(node: GlassElement | undefined, names: string): string[] {
  const written = names.split(/\s+/u).filter(Boolean);
  const owner = node?.ownerShadowRoot?.getHostNode();
  if (!owner) return written;
  const { styleScope, extraStyleScope } = owner.getComponentOptions();
  const manager = owner.getRootBehavior().ownerSpace.styleScopeManager;
  const scopes = [styleScope, extraStyleScope].filter((scope) => scope !== null && scope !== undefined);
  const prefixes = scopes.map((scope) => manager.queryName(scope)).map((scope) => (scope ? `${scope}--` : ''));
  return (prefixes.length > 0 ? prefixes : ['']).flatMap((prefix) => written.map((name) => prefix + name));
}
