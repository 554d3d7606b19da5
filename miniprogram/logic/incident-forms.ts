import type { IncidentMove } from './incident-buttons';
import { INCIDENT_CATEGORIES, URGENCIES } from './incident-words';
import { type Field, type MoveForm, reason, text } from './move-form';

/** The forms of all moves of an incident that ask for something. */

const photos: Field = { kind: 'photos', name: 'photos', label: '照片（可以不传）' };
const long = { most: 500, long: true };

export const INCIDENT_FORMS: Partial<Record<IncidentMove, MoveForm>> = {
  confirm: {
    title: '办好了没有？',
    lead: '没办好就照实说，会请人再办。',
    fields: [
      {
        kind: 'choice',
        name: 'satisfied',
        label: '办好了吗',
        options: [
          { value: true, label: '好了，满意', face: '😊' },
          { value: false, label: '没好，再办', face: '😞' },
        ],
        needed: true,
        big: true,
      },
      text('words', '想说的话', '可以不写', false),
    ],
    button: '告诉社区',
  },
  triage: {
    title: '核实',
    lead: '核实以后，就可以派人去办。急不急决定要多快办好。',
    fields: [
      { kind: 'choice', name: 'urgency', label: '急不急', options: [...URGENCIES], needed: true },
      {
        kind: 'choice',
        name: 'category',
        label: '是哪一类',
        options: INCIDENT_CATEGORIES.map(({ category, label }) => ({ value: category, label })),
      },
      text('title', '换个清楚的标题', '例如：3栋楼下路灯不亮。可以不写', false, { most: 30 }),
    ],
    button: '核实好了',
  },
  dispatch: {
    title: '派人去办',
    lead: 'TA 会马上收到消息，按期限处置。',
    fields: [
      { kind: 'person', name: 'to', label: '派给谁', needed: true },
      text('note', '交代几句', '可以不写', false),
    ],
    button: '派给 TA',
  },
  look: {
    title: '我去看过了',
    lead: '把看到的告诉网格员和处置的人。',
    fields: [text('words', '看到了什么', '例如：灯罩掉了，灯泡还亮着', true, long), photos],
    button: '告诉他们',
  },
  add: {
    title: '补充情况',
    lead: '又想起什么、又发生了什么，都可以说。',
    fields: [text('text', '还想说的', '例如：就在3栋和4栋中间', true, long), photos],
    button: '说好了',
  },
  note: {
    title: '登记进展',
    lead: '一起处置的人都看得到。',
    fields: [
      text('text', '进展', '例如：已联系供电所，明天上午来换', true, long),
      photos,
      {
        kind: 'choice',
        name: 'toReporters',
        label: '要不要告诉报告的人',
        options: [
          { value: true, label: '告诉报告的人' },
          { value: false, label: '只记下来' },
        ],
      },
    ],
    button: '记下来',
  },
  assist: {
    title: '请人协助',
    lead: '请一个人，或者一个部门，一起来办。',
    fields: [
      { kind: 'person', name: 'person', label: '请谁', needed: false },
      text('unit', '或者请哪个部门', '例如：城管、供电所。请人就不写', false, { most: 30 }),
      text('words', '请对方做什么', '例如：带梯子来换灯', true),
    ],
    button: '请 TA 帮忙',
    either: { names: ['person', 'unit'], says: '请选一个人，或者写一个部门。' },
  },
  resolve: {
    title: '办好了',
    lead: '报告的人会收到消息，看看是不是真的好了。',
    fields: [
      text('note', '是怎么办的', '例如：路灯换了新灯泡，晚上看过，亮了', true, long),
      { ...photos, label: '办好以后的照片（可以不传）' },
    ],
    button: '办好了',
  },
  partial: {
    title: '解决了一部分',
    lead: '写明办好的和还差的，报告的人看了决定。',
    fields: [text('note', '办好了什么', '', true, long), text('left', '还差什么', '', true), photos],
    button: '记下',
  },
  extend: {
    title: '延期',
    lead: '最多延两次，报告的人会看到原因。',
    fields: [{ kind: 'day', name: 'until', label: '延到哪一天', needed: true }, reason('例如：零件下周才到货')],
    button: '延期',
  },
  raise: {
    title: '上报',
    lead: '这一级解决不了，交给上一级安排：网格交社区，社区交街道。',
    fields: [reason('例如：要动用吊车，社区没有')],
    button: '上报',
  },
  reject: {
    title: '退单',
    lead: '一件事只能退一次。退了以后由书记另外定人。',
    fields: [reason('例如：归供电所管，我们换不了')],
    button: '退单',
  },
  decline: {
    title: '不予受理',
    lead: '报告的人会看到原因，请写得客气、清楚，最好说明可以找谁。',
    fields: [reason('例如：这是公交公司的站牌，电话……')],
    button: '不受理',
  },
  withdraw: {
    title: '撤回',
    lead: '撤回后不再处置。报过危险的，请写一句现在怎么样了。',
    fields: [reason('例如：没事了，人已经好了', false)],
    button: '撤回',
  },
  merge: {
    title: '合并',
    lead: '和更早的那件是同一件事时合并。两边的人照样看到进展，看不到对方是谁。',
    fields: [{ kind: 'number', name: 'into', label: '合并到几号事件', hint: '例如：12' }, reason('可以不写', false)],
    button: '合并',
  },
  refer: {
    title: '转办',
    lead: '转给 12345 或别的部门，写下受理编号好查进度。',
    fields: [
      text('to', '转给谁', '例如：12345、供电所', true, { most: 30 }),
      text('number', '受理编号', '', true, { most: 40 }),
      reason('可以不写', false),
    ],
    button: '转办',
  },
  conclude: {
    title: '登记结果',
    lead: '把结果告诉报告的人，请 TA 看看是不是好了。',
    fields: [text('note', '结果', '', true, long)],
    button: '写好了',
  },
};
