/** Files the mini-program holds by a path: chosen, downloaded, drawn. They live as long as the page of the browser. */
const files = new Map<string, Blob>();

/** @returns the path to speak of it by; an address an `<image>` can show, unless one was given */
export function keepFile(file: Blob, path?: string): string {
  const kept = path ?? URL.createObjectURL(file);
  files.set(kept, file);
  return kept;
}

export const fileOf = (path: string): Blob | undefined => files.get(path);
