import { features } from '../../src/features/index.ts';
import type { Sent } from './phone';

const ROUTES = features.flatMap(({ routes = [] }) => routes);

/** What of the questions a page sent the house would refuse for how they are asked, as `GET /wishes limit`. */
export function refusedBy(sent: readonly Sent[]): string[] {
  return sent.flatMap(({ method, url }) => {
    const { pathname, searchParams } = new URL(url);
    const path = pathname.replace(/^\/api\/v1/u, '');
    const route = ROUTES.find((one) => one.method.toUpperCase() === method && patternOf(one.path).test(path));
    const problems = route?.query?.safeParse(Object.fromEntries(searchParams)).error?.issues ?? [];
    return problems.map((problem) => `${method} ${path} ${problem.path.join('.')}`);
  });
}

const patternOf = (path: string) => new RegExp(`^${path.replace(/\{\w+\}/gu, '[^/]+')}$`, 'u');
