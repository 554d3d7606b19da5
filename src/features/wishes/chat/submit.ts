import { z } from 'zod';
import { type Beneficiary, beneficiaryIn } from '../../../core/beneficiary.ts';
import type { Answer, Intent, Turn } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import { fitting } from '../../../core/letters.ts';
import { normalise } from '../../../core/text.ts';
import { storedPhotos } from '../../../core/turn-photos.ts';
import { asSaid } from '../../../core/written.ts';
import { askBuilding, askWhere, unknownBuilding, type Where, whereSaid, whereSchema } from '../../areas/index.ts';
import { wardsOf } from '../../people/index.ts';
import { HELP, SUBMIT } from '../chat-messages.ts';
import { category, submitInput } from '../inputs.ts';
import { WISH_CATEGORIES, WISH_STATES, type WishCategory } from '../model.ts';
import { submitWish } from '../service.ts';
import { similarWishes } from '../similar.ts';

const LONGEST = 500;

/** What is known of a wish in the making. */
const draftSchema = z.object({
  /** The wish in the person's own words. */
  text: z.string().optional(),
  /** The words of the turn that were taken in last, to tell more words from the same ones again. */
  heard: z.string().optional(),
  /** What was asked last, so that the next words are known to answer it. */
  asking: z.enum(['text', 'whom']).optional(),
  whom: z
    .object({ person: z.string().optional(), name: z.string(), relation: z.string(), under14: z.boolean() })
    .optional(),
  /** Where it is, of the places the words may mean; `null` when it is none of them. */
  where: whereSchema.nullable().optional(),
  /** It was asked whether a building nobody knows is meant: once is enough. */
  askedBuilding: z.boolean().optional(),
  input: z.record(z.string(), z.unknown()).optional(),
});
type Draft = z.output<typeof draftSchema>;

const draftOf = (turn: Turn): Draft => draftSchema.safeParse(turn.kept ?? {}).data ?? {};

/** 想要一个电饭煲: a wish, asked for what is missing and read back. */
export const submit: Intent = {
  name: 'wish.submit',
  effect: 'create',
  verbs: ['登记'],
  help: HELP.submit,
  async readBack(turn, house) {
    const draft = withWords(turn, draftOf(turn));
    const kept = { ...draft, stored: await storedPhotos(house, turn), asking: undefined };
    const { text } = draft;
    if (text === undefined || text.length < 2) return ask(SUBMIT.askText, turn, { ...kept, asking: 'text' });
    const kind = category.safeParse(turn.slots.category).data;
    if (!kind) return askCategory(turn, kept);
    const proxy = turn.slots.for === 'proxy' || draft.whom !== undefined;
    const whom = proxy ? await whomOf(house, turn, draft, text) : undefined;
    if (proxy && !whom) return ask(SUBMIT.askWhom, turn, { ...kept, asking: 'whom' });
    const unknown =
      draft.where === undefined && !draft.askedBuilding ? await unknownBuilding(house, turn, text) : undefined;
    if (unknown) return askBuilding(submit.name, turn.slots, { ...kept, ...(whom && { whom }) }, unknown);
    const places = draft.where === undefined ? await whereSaid(house, turn, text) : [];
    if (places.length > 1 && !draft.askedBuilding)
      return askWhere(submit.name, turn.slots, { ...kept, ...(whom && { whom }) }, places);
    const where = draft.where ?? (places.length === 1 ? places[0] : undefined);
    const words = fitting(text, LONGEST);
    const urgent = turn.slots.urgent === true;
    const input = {
      text: words,
      category: kind,
      urgent,
      ...(whom ? { for: inputFor(whom) } : {}),
      ...(where ? inputAt(where, whom) : {}),
      photos: Object.values(kept.stored),
    };
    // Refused after 确认, everything said would be gone.
    const wrong = submitInput.safeParse(input).error?.issues[0]?.path[0];
    if (wrong === 'for') {
      const again = { ...kept, whom: undefined, heard: undefined, asking: 'whom' } as const;
      return ask(SUBMIT.askWhomShorter, { ...turn, slots: { ...turn.slots, for: 'proxy' } }, again);
    }
    if (wrong === 'text')
      return ask(SUBMIT.askText, turn, { ...kept, text: undefined, heard: undefined, asking: 'text' });
    const alike = await similarWishes(house, turn, { areas: turn.actor.areas, text: words });
    return {
      readBack: SUBMIT.readBack({
        text: words,
        category: kind,
        whom: whom?.name,
        place: where?.label,
        urgent,
        photos: input.photos.length,
        cut: words !== text,
        alike: alike.map((one) => ({ ...one, stateWord: WISH_STATES[one.state] })),
      }),
      kept: { ...kept, ...(whom ? { whom } : {}), input },
      words: text,
    };
  },
  async handle(turn, house) {
    const { wish } = await submitWish(house, turn, draftOf(turn).input);
    return { text: SUBMIT.done(wish.number, wish.title) };
  },
};

/** Takes in the turn's words: the wish itself, an answer to what was asked, or something to add. */
function withWords(turn: Turn, draft: Draft): Draft {
  const heard = wishWords(turn.text);
  if (heard === '' || heard === draft.heard) return draft;
  const said = asSaid(turn, heard);
  if (turn.whole) return { ...draft, heard, text: said, whom: beneficiaryIn(heard) ?? draft.whom, where: undefined };
  if (draft.asking === 'whom') {
    return { ...draft, heard, whom: beneficiaryIn(heard) ?? { name: said, relation: '邻居', under14: false } };
  }
  if (draft.text === undefined || draft.asking === 'text') return { ...draft, heard, text: said };
  // 是给我妈的 says for whom, and nothing else about what is wanted.
  const whom = FOR_SOMEBODY.test(heard) ? beneficiaryIn(heard) : undefined;
  if (whom) return { ...draft, heard, whom };
  return { ...draft, heard, text: `${draft.text}，${said}`, where: draft.where ?? undefined };
}

const FOR_SOMEBODY = /^(?:不是.*)?(?:是|要)?(?:给|替|帮).{1,12}的?$/u;

/** 我要许愿：…, 登记心愿：…: the command itself is no part of the wish. */
function wishWords(text: string): string {
  return text.replace(/^(?:我?(?:要|想)?(?:登记|提交?|发|许)(?:一?个)?(?:微?心愿|愿望?))[\s：:，,]*/u, '').trim();
}

async function whomOf(
  house: House,
  turn: Turn,
  draft: Draft,
  text: string,
): Promise<(Beneficiary & { person?: string | undefined }) | undefined> {
  if (draft.whom) return draft.whom;
  // A sentinel's own people are in the register.
  const ward = (await wardsOf(house, turn.actor.id)).find((person) => text.includes(person.name));
  if (ward) return { person: ward._id, name: ward.name, relation: '守望对象', under14: false };
  return beneficiaryIn(normalise(text));
}

function inputFor({ person, name, relation, under14 }: Beneficiary & { person?: string | undefined }) {
  return person === undefined ? { name, relation, under14 } : { person, relation, under14 };
}

/** Who is in the register lives where the register says; of anybody else the words know best. */
function inputAt({ grid, exact, close }: Where, whom: { person?: string | undefined } | undefined) {
  return { ...(whom?.person === undefined ? { area: grid } : {}), ...(close ? { address: exact } : {}) };
}

function ask(text: string, turn: Turn, kept: Draft): Answer {
  return { text, ask: { intent: submit.name, slots: turn.slots, kept } };
}

function askCategory(turn: Turn, kept: Draft): Answer {
  const options = (Object.entries(WISH_CATEGORIES) as [WishCategory, string][]).map(([value, label]) => ({
    label,
    intent: submit.name,
    slots: { ...turn.slots, category: value },
    kept,
  }));
  return { text: SUBMIT.askCategory, options };
}
