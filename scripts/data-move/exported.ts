/** Opens an export that is to be imported. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Phase } from './export.ts';
import { MANIFEST, type Manifest, readManifest, sha256Of } from './files.ts';
import { exportDamaged, noExport } from './messages.ts';

/**
 * Reads the manifest of the export in `folder` and sees that every file is the one that was exported.
 * @throws DataError no_export, export_damaged
 */
export async function readExport(folder: string, phase: Phase): Promise<Manifest> {
  const manifest = await readManifest(folder).catch(() => {
    throw exportDamaged(join(folder, MANIFEST));
  });
  if (manifest === undefined) throw noExport(folder);
  await verifyFiles(folder, manifest, phase);
  return manifest;
}

async function verifyFiles(folder: string, { databases }: Manifest, phase: Phase): Promise<void> {
  const files = databases.flatMap(({ metadata, collections }) => [
    { ...metadata, documents: 0 },
    ...collections.flatMap((one) => one.files),
  ]);
  const course = phase(
    '核对文件',
    files.reduce((sum, { documents }) => sum + documents, 0),
  );
  try {
    for (const { file, sha256, documents } of files) {
      course.signal.throwIfAborted();
      const path = join(folder, file);
      if (!existsSync(path) || (await sha256Of(path)) !== sha256) throw exportDamaged(path);
      course.step(documents);
    }
  } finally {
    course.end();
  }
}
