/** A photo of a form on its way to the house. */
export interface Picked {
  /** On the phone. */
  path: string;
  /** Of 0 to 100. */
  percent: number;
  /** The house's, once it is there. */
  id?: string;
  failed?: boolean;
}

/** Adds a photo that is about to be sent, or begins again with one that failed. */
export function added(photos: readonly Picked[], path: string): Picked[] {
  return [...without(photos, path), { path, percent: 0 }];
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

/** How many more there may be. */
export function roomFor(photos: readonly Picked[], most: number): number {
  return Math.max(0, most - photos.length);
}
