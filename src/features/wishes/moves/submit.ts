import { shortened } from '../../../core/letters.ts';
import { can, NOT_DRAWN } from '../../../core/lifecycle.ts';
import { maskPersonal } from '../../../core/personal.ts';
import { onOneLine } from '../../../core/written.ts';
import { startTarget } from '../due.ts';
import { noPlace, personMissing, photoMissing } from '../errors.ts';
import { type SubmitInput, submitInput } from '../inputs.ts';
import type { Named, WishDoc } from '../model.ts';
import { start, type WishContext } from '../table.ts';
import { toAuthors, toGrid, toSecretary } from '../tellings.ts';
import { wallText } from '../wall.ts';

/** A resident's own wish, or one made for an elder or child: then both are recorded. */
export const submit = start({
  to: 'submitted',
  by: can('submit'),
  input: submitInput,
  build(input, ctx) {
    const { facts, now } = ctx;
    const { place } = facts;
    if (!place) throw noPlace();
    const { requester, proxy, beneficiary } = peopleIn(input, ctx);
    const child = (facts.child ?? false) || (beneficiary?.under14 ?? false);
    // It travels in messages, so no number stands in it, whoever wrote it.
    const title = maskPersonal(input.title ?? '') || titleOf(input.text);
    const photos = facts.photos ?? [];
    const names = [requester.name, proxy?.name, beneficiary?.name].filter((name) => name !== undefined);
    return {
      areas: place.areas,
      community: place.community,
      ...(place.grid && { grid: place.grid }),
      number: NOT_DRAWN,
      title,
      text: input.text,
      wall: wallText(
        { title, text: input.text, category: input.category, under14: child },
        { names, addresses: input.address === undefined ? [] : [input.address] },
      ),
      category: input.category,
      urgent: input.urgent,
      priority: 0,
      requester,
      ...(proxy && { proxy }),
      ...(beneficiary && { beneficiary }),
      child,
      authors: [...new Set([requester.id, ...(proxy ? [proxy.id] : [])])],
      place: { label: place.label, ...(facts.sealedAddress && { sealed: facts.sealedAddress }) },
      photos,
      ...(photos.length > 0 && { photoIds: photos.map((photo) => photo.id) }),
      helpers: [],
      extensions: [],
      targets: place.targets,
      ...startTarget({ due: {}, warnAt: {}, warned: {} }, 'publish', place.targets.publish, now, ctx.calendar),
      lapses: 0,
      reopenings: 0,
      postedAt: now,
      state: 'submitted',
      column: 'waiting',
    } satisfies Omit<WishDoc, 'history' | 'outbox' | '_id' | 'version' | 'createdAt' | 'updatedAt'>;
  },
  guard(input, { facts }) {
    if (input.for?.person !== undefined && !facts.subject) return personMissing();
    if (input.photos.length !== (facts.photos ?? []).length) return photoMissing();
    return undefined;
  },
  tell: (wish, ctx) => [
    ...toAuthors(wish, 'wish.submittedFor', { who: ctx.actor.name }),
    ...toSecretary(wish, wish.urgent ? 'wish.toPublishUrgent' : 'wish.toPublish'),
    ...toGrid(wish, wish.urgent ? 'wish.toPublishUrgent' : 'wish.toPublish'),
  ],
});

/** Whose wish it is. For somebody without an account the speaker answers, and the name stays beside it. */
function peopleIn(
  input: SubmitInput,
  { actor, facts }: WishContext,
): Pick<WishDoc, 'requester' | 'proxy' | 'beneficiary'> {
  const speaker: Named = { id: actor.id, name: actor.name };
  if (!input.for) return { requester: speaker };
  const { name, relation, under14 } = input.for;
  const { subject } = facts;
  // Whoever names themselves speaks for nobody.
  if (subject?.id === actor.id) return { requester: speaker };
  return {
    requester: subject ? { id: subject.id, name: subject.name } : speaker,
    proxy: speaker,
    beneficiary: { name: subject?.name ?? name ?? '', relation, under14, cared: subject?.cared ?? false },
  };
}

/** What says that something is asked for, and what only says good day. */
const ASKS = /想要|想请|想找|想有|需要|希望|盼着|求|帮我|帮他|帮她|帮忙|申请|能不能|可不可以/u;
const GREETS = /^(?:您好|你好|同志|书记|老师|社区|幺妹|麻烦|谢谢|不好意思|请问).{0,6}$/u;

/** 您好，同志： before what is said. */
const GREETING =
  /^(?:(?:您好|你好|同志们?|社区的?|书记|老师|幺妹|不好意思|打扰了?|请问|麻烦了?)+[\s，,。！!、：:]+)+(?=\S{2})/u;

/** Numbers that were masked: what stands around them says who, not what. */
const MASKED = /\*{3,}/u;
const LONGEST_TITLE = 20;

/**
 * What a list shows: the whole of a short text, else the clause that says what is wanted, else the first that is more than
 * a greeting.
 */
function titleOf(text: string): string {
  const masked = onOneLine(maskPersonal(text)).replace(GREETING, '');
  const whole = masked.replace(/[，。！？；,.!?;\s]+$/u, '');
  if (shortened(whole, LONGEST_TITLE) === whole && !MASKED.test(whole)) return whole;
  const clauses = masked
    .split(/[，。！？；,.!?;\s]/u)
    .map((part) => part.trim())
    .filter((part) => part.length > 1);
  const plain = clauses.filter((one) => !MASKED.test(one));
  const clause = plain.find((one) => ASKS.test(one)) ?? plain.find((one) => !GREETS.test(one)) ?? clauses[0] ?? masked;
  return shortened(clause, LONGEST_TITLE);
}
