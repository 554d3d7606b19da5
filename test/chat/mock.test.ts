import type { EventEmitter } from 'node:events';
import { FileBox } from 'file-box';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type mock, PuppetMock } from 'wechaty-puppet-mock';
import { type Chat, createChat } from '../../src/chat/index.ts';
import { wishProgress } from '../../src/features/wishes/chat/looking.ts';
import { wishIntents } from '../../src/features/wishes/chat.ts';
import { chatWorld, type World } from './world.ts';

/** The whole way through Wechaty's own mock puppet: contacts and rooms of its mocker talk to the bot. */

let world: World;
let chat: Chat;
let puppet: PuppetMock;
type Mocker = InstanceType<typeof mock.Mocker>;
let mocker: Mocker;
let bot: ReturnType<Mocker['createContact']>;

beforeAll(async () => {
  world = await chatWorld();
  puppet = new PuppetMock();
  mocker = puppet.mocker;
  chat = createChat({
    house: world.house,
    intents: wishIntents,
    progress: [wishProgress],
    puppet: { kind: 'mock', puppet },
    log: world.house.log,
    options: { groupOf: async () => ({ area: world.community.community, prefix: '小邻' }) },
  });
  await chat.start();
  bot = mocker.createContact({ id: 'bot', name: '好邻' });
  mocker.login(bot);
}, 60_000);
afterAll(async () => {
  await chat.stop();
  await world.close();
});

/** A contact of the mocker, and what it hears. */
function somebody(id: string) {
  const contact = mocker.createContact({ id, name: `昵称${id}` });
  const heard: string[] = [];
  hear(contact, heard);
  return {
    contact,
    heard,
    async says(text: string | FileBox): Promise<string> {
      const from = heard.length;
      contact.say(text as string).to(bot);
      for (let tries = 0; tries < 500 && heard.length === from; tries += 1) await pause(10);
      return heard.slice(from).join('\n');
    },
  };
}

/** Keeps what the bot says to a contact or room. The mock's own types leave its events out. */
function hear(listener: object, heard: string[]): void {
  const events = listener as EventEmitter;
  events.on('message', (message: { talker(): { id: string }; text(): string | undefined }) => {
    if (message.talker().id === bot.id) heard.push(message.text() ?? '');
  });
}
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('through the mock puppet', () => {
  it('a wish is made, read back and confirmed', async () => {
    const granny = somebody('granny');
    expect(await granny.says('想要一个电饭煲')).toContain('要登记微心愿：想要一个电饭煲');
    expect(await granny.says('确认')).toContain('登记好了');
    expect(await world.wishes()).toMatchObject([{ title: '想要一个电饭煲', requester: { name: '王桂芳' } }]);
    expect((await world.wishes())[0]?.history[0]?.channel).toBe('chat');
    const image = await sharp({ create: { width: 20, height: 20, channels: 3, background: '#333' } })
      .jpeg()
      .toBuffer();
    expect(await granny.says(FileBox.fromBase64(image.toString('base64'), 'lid.jpg'))).toContain('收到照片');
    // The bot's answers come back to it as messages of its own.
    await pause(50);
    expect(granny.heard).toHaveLength(3);
  });

  it('a nickname is nobody', async () => {
    const stranger = somebody('somebody-else');
    expect(await stranger.says('想要一个电饭煲')).toContain('绑定');
  });

  it('a group needs a real mention, and private answers stay private', async () => {
    const li = somebody('li');
    // Without an @ the mock takes a room's id for a contact's.
    const room = mocker.createRoom({ id: 'yard@chatroom', memberIdList: ['bot', 'li'] });
    const seen: string[] = [];
    hear(room, seen);
    li.contact.say('@好邻 我的心愿到哪一步了').to(room);
    await pause(100);
    expect(seen).toEqual([]);
    li.contact.say('@好邻\u2005我的心愿到哪一步了', [bot]).to(room);
    for (let tries = 0; tries < 500 && seen.length === 0; tries += 1) await pause(10);
    expect(seen).toEqual(['已私下回复，请看私聊消息。']);
    expect(li.heard.join()).toContain('您现在没有登记的心愿');
  });

  it('pushes are said once, and an unknown contact is refused by name', async () => {
    const zhao = somebody('zhao');
    await chat.say('zhao', '有新心愿可认领', 'd1');
    await chat.say('zhao', '有新心愿可认领', 'd1');
    expect(zhao.heard).toEqual(['有新心愿可认领']);
    await expect(chat.say('nobody', '提醒', 'd2')).rejects.toMatchObject({ code: 'contact_unknown' });
  });

  it('a friend request is accepted, and the new friend is told how to bind', async () => {
    const friend = somebody('friend');
    const accepted: string[] = [];
    Object.assign(puppet, {
      friendshipRawPayload: async (id: string) => ({ id, type: 2, contactId: 'friend', timestamp: 0 }),
      friendshipAccept: async (id: string) => void accepted.push(id),
    });
    puppet.emit('friendship', { friendshipId: 'f1' });
    for (let tries = 0; tries < 300 && friend.heard.length === 0; tries += 1) await pause(10);
    expect(accepted).toEqual(['f1']);
    expect(friend.heard.join()).toContain('绑定码');
  });

  it('errors, scans and signing out are logged with advice, and nothing falls over', async () => {
    puppet.emit('error', new Error('电话13800000000'));
    mocker.scan('https://login.weixin.qq.com/l/abc');
    await pause(50);
    await puppet.logout('kicked off');
    await pause(50);
    await expect(chat.say('zhao', '提醒', 'd3')).rejects.toMatchObject({ code: 'chat_offline', status: 503 });
    const log = JSON.stringify(world.log.filter((one) => one.level !== 'debug'));
    expect(log).toContain('the puppet reported an error');
    expect(log).toContain('has to be signed in');
    expect(log).toContain('https://wechaty.js.org/qrcode/');
    expect(log).toContain('the bot is signed out');
    expect(log).not.toContain('13800000000');
    mocker.login(bot);
    await pause(50);
    await chat.say('zhao', '提醒', 'd3');
  });
});
