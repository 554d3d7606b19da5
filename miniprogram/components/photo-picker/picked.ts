/** A photo of a form on its way to the house. */
export interface Picked {
  /** On the phone, of one chosen here; of one from an earlier visit its id. */
  path: string;
  /** What is shown of it; empty until it was fetched. */
  src: string;
  /** Of 0 to 100. */
  percent: number;
  /** The house's, once it is there. */
  id?: string;
  failed?: boolean;
}

/** Adds a photo that is about to be sent, or begins again with one that failed. */
export function added(photos: readonly Picked[], path: string): Picked[] {
  return [...without(photos, path), { path, src: path, percent: 0 }];
}

/** Notes how far a photo is; one that was taken out meanwhile stays out. */
export function settled(photos: readonly Picked[], path: string, change: Partial<Picked>): Picked[] {
  return photos.map((one) => (one.path === path ? { ...one, ...change } : one));
}

export function without(photos: readonly Picked[], path: string): Picked[] {
  return photos.filter((one) => one.path !== path);
}

export function sentIds(photos: readonly Picked[]): string[] {
  return photos.flatMap(({ id }) => (id === undefined ? [] : [id]));
}

/** Photos the form had already, as they come back with it. */
export function restored(ids: readonly string[], srcOf: (id: string) => string | undefined): Picked[] {
  return ids.map((id) => ({ path: id, src: srcOf(id) ?? '', percent: 100, id }));
}

/** What a form has to know of its photos. */
export interface PhotosState {
  ids: string[];
  /** Whether some are still on their way. */
  busy: boolean;
  /** How many did not go through. */
  failed: number;
}

export const NO_PHOTOS: PhotosState = { ids: [], busy: false, failed: 0 };

export function stateOf(photos: readonly Picked[]): PhotosState {
  return {
    ids: sentIds(photos),
    busy: photos.some(({ id, failed }) => id === undefined && !failed),
    failed: photos.filter(({ failed }) => failed).length,
  };
}

/** Why a form cannot go yet, as a sentence: nothing is left behind unsaid. */
export function photosTrouble({ busy, failed }: PhotosState): string | undefined {
  if (busy) return '照片还在传，请稍等一下。';
  if (failed > 0) return `有${failed}张照片没传上：点一下再传，或者点 ✕ 去掉。`;
  return undefined;
}

/** Why no photo could be chosen, by WeChat's words; nothing when somebody just closed the album. */
export function chooseTrouble(errMsg: string): string | undefined {
  if (errMsg.includes('cancel')) return undefined;
  return '没能打开相册或相机。要是没有允许过，请点右上角“…”，在“设置”里打开。';
}

/** How many more there may be. */
export function roomFor(photos: readonly Picked[], most: number): number {
  return Math.max(0, most - photos.length);
}
