import sharp from 'sharp';
import { HOUR, MINUTE } from '../../src/core/time.ts';
import type { Stage } from '../demo/stage.ts';
import type { Ask } from './furnish-ballots.ts';

/** Ids of incidents in the states the pictures show. */
export interface FurnishedIncidents {
  reported: string;
  handled: string;
  resolved: string;
  danger: string;
  street: string;
}

/** A few days of problems, each somewhere on its way. */
export async function furnishIncidents(stage: Stage, ask: Ask): Promise<FurnishedIncidents> {
  const report = async (who: string, body: object) => (await ask<{ id: string }>(who, 'POST', '/incidents', body)).id;
  const move = (who: string, id: string, name: string, body: object = {}) =>
    ask(who, 'POST', `/incidents/${id}/${name}`, body);

  await ask('陈建国', 'PUT', '/areas/990001001001/duty-phone', { phone: '0858-8200001' });
  const confirmed = await report('马德福', { text: '6栋门口的垃圾桶满了三天没人收', category: 'sanitation' });
  const street = await report('潘美玲', { text: '小区门口的大树斜了，怕压到过路的人', category: 'safety' });
  const resolved = await report('王秀英', {
    text: '3栋楼下的路灯坏了，晚上看不见路，我差点绊倒',
    category: 'facility',
    place: { address: '3栋2单元门口' },
    photos: [await photoOf(stage, '王秀英', '#3a3f4b')],
  });
  const handled = await report('卢明芬', { text: '4栋楼道的感应灯坏了，上下楼看不见', category: 'facility' });
  await move('孙桂芳', resolved, 'look', { words: '灯罩掉了，灯泡也不亮' });
  await stage.pass(HOUR);
  await move('罗志勇', confirmed, 'take');
  await move('何春梅', resolved, 'triage', { urgency: 'soon', category: 'facility' });
  await move('何春梅', resolved, 'take');
  await move('何春梅', handled, 'triage', { urgency: 'usual' });
  await move('何春梅', handled, 'take');
  await move('罗志勇', street, 'triage', { urgency: 'urgent' });
  await move('罗志勇', street, 'raise', { reason: '要吊车，网格没有' });
  await move('陈建国', street, 'raise', { reason: '要请园林来看，社区锯不了' });
  await stage.pass(HOUR);
  await move('何春梅', resolved, 'note', { text: '已联系供电所，下午来换', toReporters: true });
  await move('何春梅', handled, 'assist', { person: stage.people.周强, words: '带梯子来换灯' });
  await move('罗志勇', confirmed, 'resolve', { note: '垃圾清走了，加了一个桶' });
  await move('马德福', confirmed, 'confirm', { satisfied: true, words: '收得干净' });
  const photos = [await photoOf(stage, '何春梅', '#e7c35a')];
  await move('何春梅', resolved, 'resolve', { note: '换了新灯泡，晚上看过，亮了', photos });
  const reported = await report('王秀英', { text: '半夜楼上总是拖桌子，睡不着', category: 'noise' });
  const danger = await report('石有才', { text: '4栋1单元有燃气味，头晕', danger: true });
  await stage.pass(5 * MINUTE);
  return { reported, handled, resolved, danger, street };
}

/** A photo of one colour, as sent from somebody's phone. */
async function photoOf(stage: Stage, who: string, background: string): Promise<string> {
  const file = await sharp({ create: { width: 400, height: 300, channels: 3, background } })
    .jpeg()
    .toBuffer();
  const form = new FormData();
  form.set('file', new Blob([Uint8Array.from(file)]), 'file');
  const answer = await fetch(`${stage.address}/api/v1/photos`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await stage.app.http.issueToken(stage.people[who] ?? '')}` },
    body: form,
  });
  return ((await answer.json()) as { id: string }).id;
}
