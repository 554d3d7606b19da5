import { civil } from '../../src/core/time.ts';
import type { Stage } from './stage.ts';

/** Something in the story did not go as it must. */
export class Surprise extends Error {
  override readonly name = 'Surprise';
}

export interface Answered<T> {
  status: number;
  body: T;
}

/** Whoever plays a story on a stage and writes down what is said and done: people by their names, line by line. */
export type Teller = ReturnType<typeof tellerOn>;

const MOST_NAMED = 3;
const namesOf = (names: readonly string[]): string =>
  names.length <= MOST_NAMED ? names.join('、') : `${names.slice(0, MOST_NAMED).join('、')}等${names.length}人`;

/** @param write takes the transcript line by line */
export function tellerOn(stage: Stage, write: (line: string) => void) {
  const heard: { to: string; text: string }[] = [];
  /** What the bot says to many in the same words is one line. */
  let said: { text: string; to: string[] } = { text: '', to: [] };
  const print = (line: string): void => {
    const { to, text } = said;
    said = { text: '', to: [] };
    if (to.length > 0) write(`  好邻 → ${namesOf(to)}：${text.split('\n').join('\n      ')}`);
    if (line !== '') write(line);
  };
  stage.talk.on(({ person, from, text }) => {
    if (from !== undefined || person === undefined) return;
    const name = stage.nameOf(person);
    heard.push({ to: name, text });
    if (said.text !== text) print('');
    said = { text, to: [...said.to, name] };
  });
  const idOf = (name: string): string => {
    const id = stage.people[name];
    if (id === undefined) throw new Surprise(`没有叫${name}的人`);
    return id;
  };
  const must = (holds: boolean, what: string): void => {
    if (!holds) throw new Surprise(what);
  };

  const scene = (title: string) => {
    const { month, day, hour, minute } = civil(stage.now());
    print(`\n【${month}月${day}日 ${hour}:${String(minute).padStart(2, '0')}】${title}`);
  };
  const settled = () => stage.settle();

  async function says(name: string, text: string, ...expected: RegExp[]): Promise<void> {
    print(`  ${name} → 好邻：${text}`);
    const from = heard.length;
    await stage.talk.say(idOf(name), text);
    const answers = heard.slice(from).filter((one) => one.to === name);
    must(answers.length > 0, `好邻没有回答${name}的“${text}”`);
    for (const one of expected) {
      must(
        answers.some((answer) => one.test(answer.text)),
        `好邻对${name}的“${text}”的回答里没有 ${one}`,
      );
    }
    await settled();
  }

  const tokens = new Map<string, string>();
  async function call<T>(name: string, method: string, path: string, body?: unknown, type = 'application/json') {
    const token = tokens.get(name);
    const response = await fetch(`${stage.address}/api/v1${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as T };
  }
  async function signIn(name: string): Promise<void> {
    const { status, body } = await call<{ token: string }>('', 'POST', '/session/demo', { person: idOf(name) });
    must(status === 200 || status === 201, `${name}不能登录：${status}`);
    tokens.set(name, body.token);
  }
  const report = (name: string, what: string, { status, body }: Answered<unknown>): void => {
    const { detail, state } = body as { detail?: string; state?: string };
    print(`  ${name}在小程序里${what} ⇒ ${status}${detail ? ` ${detail}` : state ? ` ${state}` : ''}`);
  };
  /** Makes a move on something and must find it in this state afterwards. @param path of that thing, `/wishes/…` */
  async function moves(name: string, path: string, move: string, what: string, input: unknown, state: string) {
    const answer = await call<{ state: string }>(name, 'POST', `${path}/${move}`, input);
    report(name, what, answer);
    must(
      answer.status === 200 && answer.body.state === state,
      `${what}之后应当是${state}，却是${JSON.stringify(answer)}`,
    );
    await settled();
  }
  const wasTold = (name: string, from: number, what: RegExp) =>
    must(
      heard.slice(from).some((one) => one.to === name && what.test(one.text)),
      `${name}没有收到 ${what}`,
    );
  /** How much was heard so far; what comes after it, `wasTold` is asked of. */
  const mark = (): number => heard.length;

  return { stage, print, must, scene, settled, says, call, signIn, report, moves, wasTold, mark };
}
