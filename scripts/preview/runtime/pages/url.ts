/** A page and its query, as `navigateTo` and deep links write them. */
export interface PageUrl {
  path: string;
  query: Record<string, string>;
}

/**
 * Reads `/pages/a/a?id=1` or `../b/b?id=1`.
 * @param from the path of the page it is written in, for relative ones
 */
export function parsePageUrl(url: string, from = ''): PageUrl {
  const [written = '', search = ''] = url.split(/\?(.*)/su);
  const resolved = new URL(written.replace(/\.html$/u, ''), `http://page/${from}`);
  return { path: resolved.pathname.slice(1), query: parseQuery(search) };
}

/** WeChat hands the query over as it was written: nothing is decoded. */
function parseQuery(search: string): Record<string, string> {
  const query: Record<string, string> = {};
  for (const pair of search.split('&').filter(Boolean)) {
    const [name = '', value = ''] = pair.split(/=(.*)/su);
    query[name] = value;
  }
  return query;
}

export const formatPageUrl = ({ path, query }: PageUrl): string => {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return `/${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
};
