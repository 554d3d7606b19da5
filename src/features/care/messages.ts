import type { Message } from '../../core/feature.ts';
import { atCivil, dayWords } from '../../core/time.ts';
import type { CareDoc } from './model.ts';
import { findCare } from './store.ts';

type Data = Record<string, unknown>;
const words = (value: unknown): string => (typeof value === 'string' ? value : '');
const on = (day: unknown): string => dayWords(atCivil(words(day)));

/** In a push nobody in care is named in full, and why they are in care is not said. */
const message = (title: string, body: (data: Data) => string, rest: Partial<Message> = {}): Message => ({
  title,
  body,
  link: (data) => `/work/care/care?id=${words(data.id)}`,
  ...rest,
});

const asSentinel: Partial<Message> = {
  holds: (document, { to }) => document.state === 'kept' && (document as CareDoc).sentinel === to,
};
const asLead: Partial<Message> = {
  holds: (document, { to }) => document.state === 'kept' && (document as CareDoc).lead === to,
};

/** Every message about people in care. */
export const careMessages = {
  'care.assigned': message(
    '请您当守望哨',
    (d) => `${words(d.who)}（${words(d.colour)}关爱）今后请您一对一照看。情况和联系方式在小程序“关爱对象”里。`,
    asSentinel,
  ),
  'care.recoloured': message(
    '关爱等级改了',
    (d) => `您照看的${words(d.who)}现在是${words(d.colour)}关爱，走访的间隔跟着变了，请在小程序里看看。`,
    asSentinel,
  ),
  'care.taken_over': message(
    '请您接手照看',
    (d) =>
      `${words(d.who)}（${words(d.colour)}关爱）交给您照看了。${
        words(d.last) === '' ? '还没有走访记录' : `最近一次走访是${on(d.last)}`
      }，交接说明和走访记录在小程序“关爱对象”里。`,
    asSentinel,
  ),
  'care.handed_over': message('交接好了', (d) => `${words(d.who)}已经交给别的守望哨照看，您不用再走访了，辛苦了。`),
  'care.lead_assigned': message(
    '请您包联一户',
    (d) => `${words(d.who)}（${words(d.colour)}关爱）请您平时多照应，有情况随时告诉网格员。`,
    asLead,
  ),
  'care.lead_relieved': message('包联换人了', (d) =>
    d.moved === true
      ? `${words(d.who)}搬到别的社区住了，不用再照应了，谢谢您一直以来的关心。`
      : `${words(d.who)}换了别的联户长照应，谢谢您一直以来的关心。`,
  ),
  'care.moved_in': message(
    '有关爱对象搬来了',
    (d) =>
      `${words(d.who)}（${words(d.colour)}关爱）搬到您这里住了，登记和走访记录都转过来了。请尽快指定守望哨接手，交接以前还由原来的守望哨照看。`,
    {
      holds: ({ state }) => state === 'kept',
      // Of the reminder that follows when nobody took over.
      stands: async ({ data }, house) => {
        const care = data.sentinel === undefined ? undefined : await findCare(house, words(data.id));
        return data.sentinel === undefined || (care?.state === 'kept' && care.sentinel === data.sentinel);
      },
    },
  ),
  'care.moved_away': message(
    '您照看的人搬家了',
    (d) => `${words(d.who)}搬到别的社区住了，那边会安排人来接手。交接以前请您照常联系，把情况跟接手的人说清楚。`,
    asSentinel,
  ),
  'care.ended': message('不再列为关爱对象', (d) => `${words(d.who)}已经退出关爱名册，不用再按期走访了，谢谢您。`),
  'care.review_due': message(
    '关爱登记要复核了',
    (d) =>
      `${words(d.who)}的关爱登记到了复核日期（${on(d.by)}）${d.again === true ? '，还没有复核' : ''}，请核对还是不是这样，在小程序里延期或取消。`,
    {
      stands: async ({ data }, house) => {
        const care = await findCare(house, words(data.id));
        return (
          care?.state === 'kept' && care.flags.some(({ kind, reviewBy }) => kind === data.kind && reviewBy === data.by)
        );
      },
    },
  ),
  'care.sentinel_gone': message(
    '守望哨要换人了',
    (d) => `${words(d.who)}（${words(d.colour)}关爱）的守望哨不在这个社区工作了，请尽快交接给别人，免得没人走访。`,
    {
      stands: async ({ data }, house) => {
        const care = await findCare(house, words(data.id));
        return care?.state === 'kept' && care.sentinel === data.sentinel;
      },
    },
  ),
  'care.lost': message(
    '有关爱对象名册里没有了',
    (d) =>
      `${words(d.who)}（${words(d.colour)}关爱）在人员名册里没有了，走访先停下。请核对：不用再关爱的请退出关爱名册，弄错了的请在人员名册里恢复。`,
    {
      stands: async ({ data }, house) => {
        const care = await findCare(house, words(data.id));
        return care?.state === 'kept' && care.missing !== undefined;
      },
    },
  ),
} satisfies Record<string, Message>;

export type CareMessage = keyof typeof careMessages;

/** Why a review is told of, for whoever looks over what will be sent. */
export const reviewReason = (by: string): string => `关爱登记的复核日期是${on(by)}`;

/** In place of a sealed text that does not open any more. */
export const UNREADABLE = '无法读取';
/** In place of somebody the register no longer has. */
export const GONE = '（名册里没有了）';
/** In place of a count that might point at somebody. */
/** Not all that is hidden is small: some of it only hides what is. */
export const FEW = '不显示';

/** Summaries of the moves as the API names them. */
export const CARE_MOVES = {
  flag: '再登记一项关爱类别',
  unflag: '取消一项关爱类别',
  recolour: '改关爱等级颜色',
  review: '复核一项关爱类别，定下一次复核日期',
  assign: '指定守望哨',
  assignLead: '指定包联的联户长',
  handOver: '把关爱对象交接给另一个守望哨',
  note: '写一条记录',
  end: '退出关爱名册',
} as const;

/** Why a row of an import of people in care cannot stand. */
export const importWords = {
  summary: '导入关爱对象表格（CSV、XLSX）；有一行不对就一行也不写入',
  missing: '这一格不能空着',
  noNumber: '手机号和身份证号至少要填一个，不然认不出是谁',
  rounded: '号码被表格软件改成了数字，后几位已经丢了；请把这一列设成文本格式，重新填写',
  notKnown: '人员名册里没有这个人，请先导入人员',
  unclear: '和名册里不止一个人对得上，请填身份证号，或先核对名册',
  notYours: '这个人不在您管理的区域内',
  noCommunity: '还不知道这个人住在哪个社区，请先补登记住处',
  notAKind: (name: string, kinds: string) => `没有“${name}”这种类别；可以填：${kinds}`,
  notAColour: '颜色请填红色、黄色或绿色',
  notAConsent: (ways: string) => `同意方式请填：${ways}`,
  notADay: '日期要写成年月日，例如2026-03-09',
  tooLong: (most: number) => `太长了，最多${most}个字`,
  noSentinel: '没有用这个手机号登记的、这个社区的社区工作者或网格员',
  twoSentinels: '用这个手机号登记的社区工作者不止一个',
  noLead: '没有用这个手机号登记的、这里的联户长',
  twoLeads: '用这个手机号登记的联户长不止一个',
  sameAs: (line: number) => `和第${line}行是同一个人`,
  keptOtherwise: '已经在册，和这一行不一样；情况有变请在小程序里改',
};
