/** `npm run demo`: the whole house on embedded parts, with you as everybody; `-- --once` plays one story and ends. */
import { createInterface } from 'node:readline';
import { civil } from '../src/core/time.ts';
import { isPort, runCommand, sentenceOf, WRONG_USAGE } from './command-line.ts';
import { spanOf } from './demo/span.ts';
import { openStage } from './demo/stage.ts';
import { playStory } from './demo/story.ts';

const HELP = `  /as 名字      换一个人说话，例如 /as 李敏
  /who          这个社区有哪些人
  /group 话     在邻里群里 @好邻 说一句
  /clock +3d    让时间往前走（d 天，h 小时，m 分钟）
  /inbox        看现在这个人的收件箱
  /help         看这些命令
  /quit         离开`;

/** Marks what was typed here: it is on the screen already. */
const TERMINAL = 'terminal';

async function play(folder: string, port: number): Promise<void> {
  let speaker = '王秀英';
  const line = (text: string) => void process.stdout.write(`${text}\n`);
  const stage = await openStage({ folder, port });
  stage.talk.on(({ person, from, via, text }) => {
    const said = text.split('\n').join('\n    ');
    if (from === undefined) line(`好邻 → ${person === undefined ? '邻里群' : stage.nameOf(person)}：${said}`);
    else if (via !== TERMINAL) line(`${stage.nameOf(from)}：${said}`);
  });
  /** One line after the other: who is speaking holds for the lines that follow, however fast they come. */
  async function hear(text: string): Promise<void> {
    const [word, ...rest] = text.trim().split(/\s+/u);
    if (!word) return;
    if (word.startsWith('/')) return obey(word, rest.join(' '));
    await say(text);
  }

  async function say(text: string, group = false): Promise<void> {
    await stage.talk.say(stage.people[speaker] ?? speaker, text, { group, via: TERMINAL });
    await stage.settle();
  }

  async function obey(word: string, rest: string): Promise<void> {
    switch (word) {
      case '/as':
        if (!stage.people[rest]) return line(`没有叫“${rest}”的人。/who 看看有谁。`);
        speaker = rest;
        return line(`现在说话的是${speaker}。`);
      case '/who':
        return line(Object.keys(stage.people).join('、'));
      case '/clock': {
        const ms = spanOf(rest);
        if (ms === undefined) return line('这样写：/clock +3d，或 +2h30m');
        await stage.pass(ms);
        return line(`现在是${clockFace(stage.now())}。`);
      }
      case '/group':
        return rest === '' ? line('这样写：/group 想要一个电饭煲') : say(rest, true);
      case '/inbox':
        return showInbox();
      case '/quit':
        await stage.close();
        return process.exit(0);
      default:
        return line(HELP);
    }
  }

  async function showInbox(): Promise<void> {
    const rows = await stage.app.house.db
      .collection('deliveries')
      .find({ to: stage.people[speaker] })
      .sort({ createdAt: -1 })
      .limit(20)
      .toArray();
    line(rows.length === 0 ? '收件箱是空的。' : rows.map((row) => `  · ${row.title}：${row.text}`).join('\n'));
  }

  line(`好邻演示：幸福里社区（人物全是虚构的），现在是${clockFace(stage.now())}。
  打开看看    ${stage.address}/   两部手机、聊天、推送都在这一页
  接口        ${stage.address}/api/v1
  接口说明    ${stage.address}/api/docs
  OpenAPI     ${stage.address}/api/openapi.json
  数据在      ${folder}

您现在是${speaker}，81岁，独居。直接打字就是和“好邻”说话，比如：想要一个小点的电饭煲
${HELP}
（聊天机器人正在上线，几秒钟就好）`);
  let last = Promise.resolve();
  const lines = createInterface({ input: process.stdin, terminal: false });
  lines.on('line', (text) => {
    last = last.then(() => hear(text)).catch((error: unknown) => line(sentenceOf(error)));
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stage.close().finally(() => process.exit(0)));
  }
  lines.on('close', () => {
    // Without a terminal there was nobody to begin with; the page goes on.
    if (process.stdin.isTTY) void last.then(() => stage.close()).finally(() => process.exit(0));
  });
}

function clockFace(at: Date): string {
  const { year, month, day, hour, minute, weekday } = civil(at);
  return `${year}年${month}月${day}日 星期${'一二三四五六日'[weekday - 1]} ${hour}:${String(minute).padStart(2, '0')}`;
}

const USAGE = `用法 Usage：npm run demo        打开演示；浏览器和这个终端都能用 / the whole house to try, here and in a browser
  -- --once           放一遍心愿的故事就结束 / plays the story of a wish and ends
  -- --port 3001      换一个端口（也认环境变量 PORT）/ another port; PORT does it too
  -- --folder 目录    数据放在别处 / another folder for the data`;

const port = process.env.PORT ?? '3000';

await runCommand({
  usage: USAGE,
  options: {
    once: { type: 'boolean', default: false },
    folder: { type: 'string', default: 'data/demo' },
    port: { type: 'string', default: port },
  },
  async run(values) {
    if (!isPort(values.port)) return WRONG_USAGE;
    if (!values.once) return play(values.folder, Number(values.port));
    await playStory((line) => process.stdout.write(`${line}\n`));
    return process.exit(0);
  },
  sentence: (error) => {
    const { code, port: taken } = error as NodeJS.ErrnoException & { port?: number };
    if (code !== 'EADDRINUSE') return undefined;
    const another = `npm run demo -- --port ${Number(taken) + 1}`;
    return `端口 ${taken} 已经有程序在用。换一个端口：${another}\nPort ${taken} is in use. Another: ${another}`;
  },
});
