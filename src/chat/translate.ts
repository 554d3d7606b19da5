import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Message, types as Types } from 'wechaty';
import { namedError } from '../core/errors.ts';
import type { Incoming } from './incoming.ts';

const LARGEST_PICTURE = 20 * 1024 * 1024;
export const pictureTooLarge = namedError('picture_too_large', 413, () => '照片太大了，请发 20MB 以内的。');

/** A Wechaty message as the pipeline takes it. */
export async function translate(message: Message, types: typeof Types): Promise<Incoming> {
  const room = message.room();
  const type = message.type();
  const mentioned = room !== undefined && (await message.mentionSelf());
  const text = type === types.Message.Text ? message.text() : '';
  const kind = kindOf(message, types);
  return {
    id: message.id,
    contact: message.talker().id,
    ...(room ? { room: room.id } : {}),
    kind,
    text: mentioned ? withoutMention(text, message.wechaty.currentUser.name()) : text,
    mentioned,
    self: message.self(),
    at: message.date(),
    ...(kind === 'picture' ? { savePicture: (folder: string) => saveFile(message, folder) } : {}),
    ...(kind === 'voice' ? { saveVoice: (folder: string) => saveFile(message, folder) } : {}),
  };
}

function kindOf(message: Message, { Message: type, Contact }: typeof Types): Incoming['kind'] {
  // 微信团队, 文件传输助手 and official accounts are no residents.
  if (message.talker().type() === Contact.Official) return 'notice';
  switch (message.type()) {
    case type.Text:
      return 'text';
    case type.Image:
      return 'picture';
    case type.Audio:
      return 'voice';
    case type.Unknown:
    case type.GroupNote:
    case type.Recalled:
      return 'notice';
    default:
      return 'other';
  }
}

/** WeChat ends a mention with U+2005; typed by hand it is a space. */
function withoutMention(text: string, name: string): string {
  const mention = `@${name}`;
  const at = name === '' ? -1 : text.indexOf(mention);
  if (at >= 0) return `${text.slice(0, at)} ${text.slice(at + mention.length).replace(/^[\u2005\s]+/u, '')}`.trim();
  // In the group it may bear another name.
  return text.replace(/^\s*@[^\s\u2005@]{1,30}[\u2005\s]*/u, '');
}

async function saveFile(message: Message, folder: string): Promise<string> {
  const file = await message.toFileBox();
  const path = join(folder, `${randomUUID()}${extname(file.name).slice(0, 8)}`);
  let bytes = 0;
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > LARGEST_PICTURE) done(pictureTooLarge());
      else done(null, chunk);
    },
  });
  try {
    await pipeline(await file.toStream(), measured, createWriteStream(path));
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return path;
}
