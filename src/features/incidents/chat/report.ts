import { z } from 'zod';
import { HaolinError, keyReused, wrongState } from '../../../core/errors.ts';
import type { Answer, Intent, Turn } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import { fitting } from '../../../core/letters.ts';
import { storedPhotos } from '../../../core/turn-photos.ts';
import { asSaid } from '../../../core/written.ts';
import {
  askBuilding,
  askWhere,
  dutyPhoneFor,
  homeSite,
  lineage,
  siteAt,
  unknownBuilding,
  type Where,
  whereSaid,
  whereSchema,
} from '../../areas/index.ts';
import { DANGER, HELP, REPORT } from '../chat-messages.ts';
import { comesAnyway, noPlace, others } from '../errors.ts';
import { category } from '../inputs.ts';
import { listIncidents } from '../lists.ts';
import { INCIDENT_STATES } from '../model.ts';
import { getIncident, moveIncident, reportIncident } from '../service.ts';
import { likeToReport } from '../similar.ts';
import type { IncidentView, ListedIncident } from '../views.ts';
import { arrivedAt, SAME_DANGER_MS, sayArrived } from './arrival.ts';
import { isPast } from './past.ts';

const LONGEST = 1_000;

/** What is known of a report in the making. */
const draftSchema = z.object({
  text: z.string().optional(),
  /** The words of the turn that were taken in last, to tell more words from the same ones again. */
  heard: z.string().optional(),
  asking: z.enum(['text', 'where']).optional(),
  /** Where it is, of the places the words may mean; `null` when it is none of them. */
  where: whereSchema.nullable().optional(),
  /** It was asked where, and not answered: once is enough. */
  askedWhere: z.boolean().optional(),
  /** It was asked whether a building nobody knows is meant: once is enough. */
  askedBuilding: z.boolean().optional(),
  /** Of a danger that is reported already. */
  id: z.string().optional(),
  number: z.number().optional(),
  move: z.enum(['add', 'withdraw', 'none', 'note', 'look', 'ended']).optional(),
  input: z.record(z.string(), z.unknown()).optional(),
});
type Draft = z.output<typeof draftSchema>;
const draftOf = (turn: Turn): Draft => draftSchema.safeParse(turn.kept ?? {}).data ?? {};

/** What is said in danger is told at once: nobody waits for a 确认. */
const inDanger = ({ slots, confirmed }: Turn): boolean => slots.urgent === true && confirmed;

/** 3单元楼道灯坏了: a problem, asked for what is missing and read back. Of danger to life nothing is asked first. */
export const report: Intent = {
  name: 'incident.report',
  effect: 'create',
  alarm: true,
  verbs: ['上报', '报告', '报'],
  help: HELP.report,
  fits: async ({ actor }, house) => (await homeSite(house, actor.areas)) !== undefined,
  openDanger: (turn, house) => openDanger(house, turn),
  isPast: (turn, house) => isPast(house, turn),
  async readBack(turn, house) {
    if (inDanger(turn)) return { kept: await dangerKept(house, turn) };
    const draft = withWords(turn, draftOf(turn));
    const stored = await storedPhotos(house, turn);
    const kept = { ...draft, stored, asking: undefined };
    const { text } = draft;
    if (text === undefined || text.length < 2) return ask(REPORT.askText, turn, { ...kept, asking: 'text' });
    const home = await homeSite(house, turn.actor.areas);
    // Refused after 确认, everything said would be gone.
    if (!home) throw noPlace();
    const unknown =
      draft.where === undefined && !draft.askedBuilding ? await unknownBuilding(house, turn, text) : undefined;
    if (unknown) return askBuilding(report.name, turn.slots, kept, unknown);
    const places = draft.where === undefined ? await whereSaid(house, turn, text) : [];
    if (places.length > 1 && !draft.askedBuilding) return askWhere(report.name, turn.slots, kept, places);
    const where = draft.where ?? (places.length === 1 ? places[0] : undefined);
    if (!where && !draft.askedWhere && !NAMES_A_PLACE.test(text)) {
      return ask(REPORT.askWhere, turn, { ...kept, asking: 'where', askedWhere: true });
    }
    const words = fitting(text, LONGEST);
    const danger = turn.slots.urgent === true;
    const kind = category.safeParse(turn.slots.category).data ?? 'other';
    const photos = Object.values(stored);
    const place = where && placeAt(where);
    const site = (place && (await siteAt(house, lineage(place.area)))) ?? home;
    const alike = await likeToReport(house, turn, { text: words, areas: site.areas });
    return {
      readBack: REPORT.readBack({
        text: words,
        category: kind,
        place: where?.label,
        site: site.label,
        photos: photos.length,
        danger,
        cut: words !== text,
        alike: alike.map((one) => ({ ...one, stateWord: INCIDENT_STATES[one.state] })),
      }),
      kept: { ...kept, input: { text: words, category: kind, danger, ...(place && { place }), photos } },
      words: text,
    };
  },
  async handle(turn, house) {
    if (inDanger(turn)) return endangered(house, turn);
    const { incident } = await reportIncident(house, turn, draftOf(turn).input);
    return { text: REPORT.done(incident.number, incident.title) };
  },
};

/** Takes in the turn's words: the problem itself, an answer to what was asked, or something to add. */
function withWords(turn: Turn, draft: Draft): Draft {
  const heard = turn.text.replace(OPENING, '').trim();
  if (heard === '' || heard === draft.heard) return draft;
  const said = asSaid(turn, heard);
  const whole = turn.whole || draft.text === undefined || draft.asking === 'text';
  if (whole) return { ...draft, heard, text: said, where: undefined };
  if (draft.asking === 'where' && UNKNOWN.test(heard)) return { ...draft, heard };
  return { ...draft, heard, text: `${draft.text}，${said}`, where: draft.where ?? undefined };
}

/** 上报：…: the command itself is no part of the report. */
const OPENING =
  /^(?:我?(?:要|想)?)(?:上报|报事|报修|举报|投诉|报告|反映)(?:一?个|一下)?(?:问题|事件|情况)?[\s：:，,]+/u;
/** Says where, be it in no gazetteer. */
const NAMES_A_PLACE =
  /[栋幢巷弄村寨组院坝沟]|单元|号楼|楼[道上下顶]|[一二三四五六七八九十\d]楼|门口|大门|路|街|广场|小区|车站|公园|市场|学校|幼儿园|医院|超市|电梯|车库|隔壁|对门|对面|楼下|楼上|旁边|后面|前面|背后|里面|活动室|卫生室|桥|河|塘|坡|山/u;
const UNKNOWN = /^(?:不清楚|不晓得|不知道|说不清|不好说|没有|随便|跳过|哪里?都有)[了啊嘛吧的。.!！\s]*$/u;

function ask(text: string, turn: Turn, kept: Draft): Answer {
  return { text, ask: { intent: report.name, slots: turn.slots, kept } };
}

// ── Danger ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const CLEAR =
  '(?:(?:现在|已经|都|火|我们?|大家)*(?:没事|没得事|没有事|不要紧|没问题|平安)[了啦哈啊咯]*|是?(?:误报|误会|搞错|弄错|发错|点错|开玩笑|虚惊一场|演习)[了的啦]*)';
const THANKS = '(?:谢谢|多谢|感谢|辛苦|不好意思|对不起|抱歉|麻烦|打扰|不用再?来)(?:大家|你们|您|你|各位)?[了啦哈啊]*';
const OUT = '(?:(?:明?火|烟)?(?:已经|都)?(?:被)?(?:扑|熄)?灭[了啦])';
const MARKS = '[，,。.!！~\\s]*';
/** Said to what was asked after an alarm, this takes it back; with anything more besides, it is passed on instead. */
const ALL_CLEAR = new RegExp(
  `^(?:${OUT}${MARKS})?${CLEAR}(?:${MARKS}(?:${CLEAR}|${THANKS}|${OUT})){0,3}${MARKS}$`,
  'u',
);
/** May mean that it is over, or that somebody has given up: those who are on their way come, unless it is said plainly. */
const SOUNDS_OVER = /没事|没得事|没有事|误报|误会|搞错|弄错|算了|不用|不要来|别来|别管|取消|撤回|灭了/u;
const NOD = /^(?:好的?|要得|嗯|哦|行|晓得|知道|收到|谢谢你?们?|谢了|多谢|[了哈啊嘛吧，,。\s])+$/u;

/** Of a danger: the one that was reported already, and what is to become of it. */
async function dangerKept(house: House, turn: Turn): Promise<Draft> {
  const before = draftOf(turn);
  const stored = await storedPhotos(house, turn);
  const input = { photos: Object.values(stored) };
  const asked = before.id === undefined ? undefined : await getIncident(house, turn, before.id);
  const move = asked && moveSaid(turn, asked);
  if (move) return { ...before, input, move };
  const known = await openDanger(house, turn);
  if (known) return { ...known, input, move: 'add' };
  // 着火到场了 of whoever came to help is of what is known.
  const there = await arrivedAt(house, turn);
  if (!there && asked && ENDED_STATES.includes(asked.state) && !turn.means(turn.text).slots.urgent)
    return { ...before, input, move: 'ended' };
  return { ...there, input };
}

/** Nobody comes any more, and whoever goes on may speak of anything: only what alarms by itself begins anew. */
const ENDED_STATES: readonly string[] = ['withdrawn', 'confirmed'];

/** What becomes of the danger they were asked about; undefined when nobody would hear it there any more. */
function moveSaid({ text }: Turn, { moves }: IncidentView): Draft['move'] {
  if (NOD.test(text)) return 'none';
  if (!ALL_CLEAR.test(text)) return moves.includes('add') ? 'add' : undefined;
  if (moves.includes('withdraw')) return 'withdraw';
  return moves.includes('add') ? 'add' : 'none';
}

async function openDanger(house: House, turn: Turn): Promise<Pick<Draft, 'id' | 'number'> | undefined> {
  const { items } = await listIncidents(house, turn, { mine: true, urgency: 'danger', limit: 5 });
  const since = turn.now.getTime() - SAME_DANGER_MS;
  const open = items.find((one) => isOpen(one) && new Date(one.postedAt).getTime() > since);
  return open && { id: open.id, number: open.number };
}

const isOpen = ({ moves, state }: ListedIncident): boolean =>
  moves.includes('add') && state !== 'resolved' && state !== 'declined';

async function endangered(house: House, turn: Turn): Promise<Answer> {
  const { id, number = 0, move, input = {} } = draftOf(turn);
  if (id === undefined) return alarmed(house, turn, input);
  const over = ALL_CLEAR.test(turn.text);
  if (move === 'none') return over ? { text: DANGER.over(number) } : more(DANGER.nod, id, number);
  if (move === 'ended') return ended(house, turn, id);
  if (move === 'note' || move === 'look') {
    const said = sayArrived(house, turn, id, move, photosIn(input)).then(() => true);
    if (!(await unlessEnded(said))) return alarmed(house, turn, input);
    const { title } = await getIncident(house, turn, id);
    return { text: DANGER.arrived(number, title) };
  }
  if (move === 'withdraw' && (await isTakenBack(house, turn, id))) return { text: DANGER.allClear(number) };
  const words = { ...input, text: fitting(turn.written, 500) };
  const added = await unlessEnded(moveIncident(house, turn, id, 'add', words));
  // It ended between: whatever is said of danger begins anew.
  if (!added) return over ? { text: DANGER.over(number) } : alarmed(house, turn, input);
  const { incident, into = incident } = added;
  if (into.column === 'answered' || into.column === 'over')
    return over
      ? { text: DANGER.over(number) }
      : more(DANGER.afterwards(number, INCIDENT_STATES[into.state]), id, number);
  // Said plainly and yet passed on: where others have reported it, too, or of whoever spoke of ending their life.
  if (over && into.mergedFrom) return more(DANGER.othersToo(number), id, number);
  if (over) return more(DANGER.comingAnyway(number), id, number);
  return more(SOUNDS_OVER.test(turn.text) ? DANGER.stillComing(number) : DANGER.added(number), id, number);
}

async function alarmed(house: House, turn: Turn, input: Record<string, unknown>): Promise<Answer> {
  const text = fitting(turn.written === '' ? REPORT.askText : turn.written, LONGEST);
  const place = await placeSaid(house, turn);
  const given = { ...input, ...(place && { place }), text, category: kindOf(turn), danger: true };
  const { incident } = await reportIncident(house, turn, given);
  const phone = await dutyPhoneFor(house, incident.areas);
  return more(DANGER.alarmed(incident.number, phone), incident._id, incident.number);
}

/** That it is over, and what was said as a problem of its own, if they say so: no words are lost, and nobody is called. */
async function ended(house: House, turn: Turn, id: string): Promise<Answer> {
  const { number, stateWord } = await getIncident(house, turn, id);
  const kept = { text: turn.written, heard: turn.text };
  return {
    text: DANGER.ended(number, stateWord),
    options: [{ label: HELP.report.title, intent: report.name, slots: {}, kept }],
  };
}

/** What a move gives; undefined when the incident came to its end before it. */
async function unlessEnded<T>(move: Promise<T>): Promise<T | undefined> {
  try {
    return await move;
  } catch (error) {
    if (error instanceof HaolinError && error.code === ENDED) return undefined;
    throw error;
  }
}
const ENDED = wrongState('').code;

/**
 * Whether the all-clear ends it: what others have joined meanwhile goes on, who spoke of ending their life is looked after,
 * and what has ended or was solved meanwhile needs no end.
 */
async function isTakenBack(house: House, turn: Turn, id: string): Promise<boolean> {
  try {
    await moveIncident(house, turn, id, 'withdraw', { reason: fitting(turn.written, 200) });
    return true;
  } catch (error) {
    if (error instanceof HaolinError && GOES_ON.includes(error.code)) return false;
    throw error;
  }
}

/** After a crash the words may have been passed on already, under the same key. */
const GOES_ON = [others().code, comesAnyway().code, keyReused().code, ENDED];

/** Where they must go, when the words leave no doubt; nothing is asked about first. */
async function placeSaid(house: House, turn: Turn): Promise<{ area: string; address?: string } | undefined> {
  const [where, ...others] = await whereSaid(house, turn, turn.text);
  return where && others.length === 0 ? placeAt(where) : undefined;
}

const placeAt = ({ grid, exact, close }: Where) => ({ area: grid, ...(close && { address: exact }) });

const photosIn = ({ photos }: Record<string, unknown>): string[] => z.array(z.string()).catch([]).parse(photos);

const kindOf = ({ slots }: Turn) => category.safeParse(slots.category).data ?? 'safety';

/** What is said next belongs to it, too. */
function more(text: string, id: string, number: number): Answer {
  return { text, ask: { intent: report.name, slots: { urgent: true }, kept: { id, number }, undo: true } };
}
