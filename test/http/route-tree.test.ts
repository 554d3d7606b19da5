import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RouteTree } from '../../src/http/route-tree.ts';

function tree(...routes: string[]): RouteTree<string> {
  const made = new RouteTree<string>();
  for (const one of routes) {
    const [method = '', pattern = ''] = one.split(' ');
    made.add(method, pattern, one);
  }
  return made;
}

test('fixed segments win over braces, and braces are gone back to when the fixed way has no such method', () => {
  const routes = tree('get /wishes/{id}', 'get /wishes/mine', 'delete /wishes/{id}', 'get /wishes/{id}/photos/{n}');
  expect(routes.find('GET', '/wishes/mine')).toMatchObject({ value: 'get /wishes/mine', params: {} });
  expect(routes.find('DELETE', '/wishes/mine')).toMatchObject({ value: 'delete /wishes/{id}', params: { id: 'mine' } });
  expect(routes.find('GET', '/wishes/mine/photos/2')).toMatchObject({ params: { id: 'mine', n: '2' } });
  expect(routes.find('GET', '/wishes/')).toEqual({ kind: 'nowhere' });
  expect(routes.find('GET', '/wishes')).toEqual({ kind: 'nowhere' });
  expect(routes.find('GET', '/Wishes/1')).toEqual({ kind: 'nowhere' });
  expect(routes.find('PUT', '/wishes/mine')).toEqual({ kind: 'method', allow: ['GET', 'DELETE', 'HEAD', 'OPTIONS'] });
});

test('routes that differ only in the names in their braces keep their own names', () => {
  const routes = tree('get /areas/{code}', 'post /areas/{id}');
  expect(routes.find('GET', '/areas/1')).toMatchObject({ params: { code: '1' } });
  expect(routes.find('POST', '/areas/1')).toMatchObject({ params: { id: '1' } });
});

test('whatever the path, a route is found that fits it, or none, and never an error', () => {
  const routes = tree('get /', 'get /a', 'get /a/{x}', 'get /{y}/b', 'get /{y}/b/{z}');
  const segment = fc.constantFrom('a', 'b', '', '__proto__', 'constructor', '{x}', '..', '%41');
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 4 }), (segments) => {
      const path = `/${segments.join('/')}`;
      const found = routes.find('GET', path);
      if (found.kind !== 'route') return true;
      const rebuilt = found.pattern.replace(/\{(\w+)\}/g, (_all, name: string) => found.params[name] ?? '?');
      return rebuilt === path.replaceAll('%41', 'A');
    }),
    { numRuns: 2_000 },
  );
});
