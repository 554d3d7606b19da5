import { URGENCIES, type Urgency } from '../../areas/index.ts';

/** 不是很紧急 is not 紧急, and what it is then is not said. */
const DENIED =
  /(?:不|没|并非|谈不上|算不上)(?:是|有|算|至于|会)?(?:很|太|那么|特别|非常|多|怎么)?(?:危及生命|紧急|较急)/gu;

/** How urgent a text says it is; nothing unless it says just one thing. Pure. */
export function urgencyIn(text: string): Urgency | undefined {
  const said = text.replace(DENIED, '');
  const named = (Object.entries(URGENCIES) as [Urgency, string][]).filter(([, word]) => said.includes(word));
  const [only] = named;
  if (named.length > 1) return undefined;
  return only?.[0] ?? (/不急|不着急/u.test(text) ? 'usual' : undefined);
}
