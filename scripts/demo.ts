/** `npm run demo`: the whole house on embedded parts, with you as everybody; `-- --once` plays one story and ends. */
import { parseArgs } from 'node:util';
import { civil } from '../src/core/time.ts';
import { spanOf } from './demo/span.ts';
import { openStage } from './demo/stage.ts';
import { playStory } from './demo/story.ts';

const HELP = `  /as 名字      换一个人说话，例如 /as 李敏
  /who          这个社区有哪些人
  /clock +3d    让时间往前走（d 天，h 小时，m 分钟）
  /inbox        看现在这个人的收件箱
  /help         看这些命令
  /quit         离开`;

async function play(folder: string, port: number): Promise<void> {
  let speaker = '王秀英';
  const line = (text: string) => void process.stdout.write(`${text}\n`);
  const stage = await openStage({
    folder,
    port,
    puppet: {
      kind: 'console',
      speaker: () => stage.people[speaker] ?? speaker,
      nameOf: (to) => stage.nameOf('contact' in to ? to.contact : to.room),
      command,
    },
  });

  async function command(text: string): Promise<boolean> {
    const [word, ...rest] = text.trim().split(/\s+/u);
    if (!word?.startsWith('/')) {
      // Pushes of what this message does follow its answer.
      if (text.trim()) setTimeout(() => void stage.settle(), 500);
      return text.trim() === '';
    }
    await obey(word, rest.join(' '));
    return true;
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
  接口        ${stage.address}/api/v1
  接口说明    ${stage.address}/api/docs
  OpenAPI     ${stage.address}/api/openapi.json
  数据在      ${folder}

您现在是${speaker}，81岁，独居。直接打字就是和“好邻”说话，比如：想要一个小点的电饭煲
${HELP}
（聊天机器人正在上线，几秒钟就好）`);
  process.on('SIGINT', () => void stage.close().finally(() => process.exit(0)));
  process.stdin.on('end', () => setTimeout(() => void stage.close().finally(() => process.exit(0)), 3_000));
}

function clockFace(at: Date): string {
  const { year, month, day, hour, minute, weekday } = civil(at);
  return `${year}年${month}月${day}日 星期${'一二三四五六日'[weekday - 1]} ${hour}:${String(minute).padStart(2, '0')}`;
}

function adviceFor(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return `端口 ${values.port} 已经有程序在用。换一个端口：npm run demo -- --port ${Number(values.port) + 1}`;
  return `演示没能开始：${message}`;
}

const { values } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    folder: { type: 'string', default: 'data/demo' },
    port: { type: 'string', default: '3000' },
  },
});
if (values.once) {
  await playStory((line) => process.stdout.write(`${line}\n`)).then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`\n出乎意料：${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exit(1);
    },
  );
} else {
  await play(values.folder, Number(values.port)).catch((error: unknown) => {
    process.stderr.write(`${adviceFor(error)}\n`);
    process.exit(1);
  });
}
