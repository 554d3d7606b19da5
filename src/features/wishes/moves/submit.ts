import { can, NOT_DRAWN } from '../../../core/lifecycle.ts';
import { areaMissing, personMissing } from '../../../core/matter-errors.ts';
import type { Named } from '../../../core/named.ts';
import { maskPersonal } from '../../../core/personal.ts';
import { photoMissing } from '../../../core/photos.ts';
import { startTarget } from '../due.ts';
import { noPlace } from '../errors.ts';
import { type SubmitInput, submitInput } from '../inputs.ts';
import type { WishDoc } from '../model.ts';
import { start, type WishContext } from '../table.ts';
import { toAuthors, toGrid, toSecretary } from '../tellings.ts';
import { titleOf } from '../title.ts';
import { wallText } from '../wall.ts';

/** A resident's own wish, or one made for an elder or child: then both are recorded. */
export const submit = start({
  to: 'submitted',
  by: can('submit'),
  input: submitInput,
  build(input, ctx) {
    const { facts, now } = ctx;
    const { place } = facts;
    if (!place) throw input.area === undefined ? noPlace() : areaMissing();
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
