import type { HaolinError } from '../../../core/errors.ts';
import type { Patch } from '../../../core/lifecycle.ts';
import { photoMissing } from '../../../core/photos.ts';
import type { IncidentDoc, Note } from '../model.ts';
import type { IncidentContext } from '../table.ts';

/** What people add to an incident: words and photos. */

export const photosThere = (
  _incident: IncidentDoc,
  { photos }: { photos: readonly string[] },
  { facts }: IncidentContext,
): HaolinError | undefined => (photos.length === (facts.photos ?? []).length ? undefined : photoMissing());

/** Whatever is shown later, every photo that ever came to it is guarded by this incident. */
export function withPhotos(
  { photoIds = [] }: IncidentDoc,
  { facts: { photos = [] } }: IncidentContext,
): Patch<IncidentDoc> {
  return photos.length === 0 ? {} : { photoIds: [...photoIds, ...photos.map((photo) => photo.id)] };
}

export const noteOf = (text: string, toReporters: boolean, { actor, facts, now }: IncidentContext): Note => ({
  by: { id: actor.id, name: actor.name },
  text,
  photos: facts.photos ?? [],
  at: now,
  toReporters,
});
