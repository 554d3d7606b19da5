import type { Intent } from '../../core/feature.ts';
import { officeWords } from './messages.ts';
import { officeHoursFor, officeHoursWords, opensAt, opensWords } from './office-hours.ts';

const POLITE = '(?:你好|您好|请问|麻烦|想?问(?:一?[下哈])?|那|[\\s，,])*';
const WHO =
  '(?:你们|咱们|我们|社区|村里|村委会?|居委会?|服务中心|便民|党群|办事|大厅|中心|窗口|办公室|人工|工作人员|的人?|那边|这边|这里)*';
const WHEN =
  '(?:(?:今天|明天|后天|现在|这会儿?|周末|节假日|过节|放假|(?:周|星期|礼拜)[一二三四五六日天]|早上|上午|中午|下午|晚上|夜里|[和、跟])*(?:都|也|还|的时候)?)';
const HOUR = '(?:几点钟?|好多点|什么时候|啥子?时候|哪个时候|几时|多久)';
const WORKS = '(?:上下?班|下班|开门|关门|办公|办事|有人(?:上班|值班|在岗|办公))';
const ASKED = '(?:吗|么|嘛|不|没|没有|没得|呢|啊|呀|哦|的|了|[。.?？!！~\\s])*';
/** 社区几点上班, 周末上班吗, 上班时间是几点: when the office is open, and nothing more. */
const OFFICE_HOURS = new RegExp(
  `^${POLITE}${WHO}${WHEN}${WHO}(?:` +
    [
      `${HOUR}(?:才|就)?${WORKS}`,
      `(?:上下?班|下班|开门|关门|办公|工作)(?:的)?(?:时间|点)(?:是|到)?(?:${HOUR}(?:到${HOUR})?|怎么(?:安排|定)|多少)?`,
      `(?:要|会|还)?(?:${WORKS}(?:吗|么|嘛|不|没)|(?:上不上|有没有人上|有没得人上)班|开不开门|(?:休息|放假|有人)(?:吗|么|不))`,
    ].join('|') +
    `)${ASKED}$`,
  'u',
);

/** 社区几点上班: told from what the community has set, with whether somebody is there now. */
export const officeHours: Intent = {
  name: 'area.officeHours',
  effect: 'read',
  command: [OFFICE_HOURS],
  async handle({ actor, now }, house) {
    const hours = await officeHoursFor(house, actor.areas);
    const opens = opensAt(hours, now, house.calendar);
    const open = opens?.getTime() === now.getTime();
    const text = officeWords.told(officeHoursWords(hours), open, open ? undefined : opens && opensWords(opens, now));
    // Where and when an office is open is everybody's to know.
    return { text, private: false };
  },
};
