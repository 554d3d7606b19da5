/** The house as this page asks it: everything here exists in demo mode only. */

export interface Person {
  id: string;
  name: string;
  roles: { role: string; area: string }[];
  /** What they do. */
  title: string;
  area: { name: string };
}

/** One line of the demo's chats. */
export interface Line {
  id: string;
  at: string;
  person?: string;
  from?: string;
  text: string;
}

export interface Push {
  key: string;
  to: string;
  title: string;
  text: string;
  link?: string;
  state: string;
  at: string;
}

async function ask<T>(method: string, path: string, body?: object | FormData): Promise<T> {
  const answer = await fetch(`/api/v1${path}`, {
    method,
    ...(body instanceof FormData ? { body } : {}),
    ...(body && !(body instanceof FormData)
      ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
      : {}),
  });
  const found = await answer.json();
  if (!answer.ok) throw new Error(found.detail ?? answer.statusText);
  return found as T;
}

export const peopleHere = () => ask<{ items: Person[] }>('GET', '/demo/people');
export const pushesNow = () => ask<{ now: string; items: Push[] }>('GET', '/demo/pushes');
export const moveClock = (by: { hours?: number; days?: number }) => ask<{ now: string }>('POST', '/demo/clock', by);
export const signInAs = (person: string) => ask<object>('POST', '/session/demo', { person });
export const say = (person: string, text: string, group: boolean) => ask('POST', '/demo/chat', { person, text, group });

export function show(person: string, picture: File): Promise<unknown> {
  const form = new FormData();
  form.set('file', picture);
  return ask('POST', `/demo/chat/${person}/picture`, form);
}

/** Every line of every chat once, the old ones first; connects again by itself. */
export function onLine(listener: (line: Line) => void): void {
  const stream = new EventSource('/api/v1/demo/chat/live');
  /** Whoever connects again is told the old lines too. */
  const heard = new Set<string>();
  stream.addEventListener('line', ({ data }) => {
    const line = JSON.parse(data) as Line;
    if (heard.has(line.id)) return;
    heard.add(line.id);
    listener(line);
  });
}
