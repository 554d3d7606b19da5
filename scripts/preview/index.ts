export type { Problem } from './compile/problems.ts';
export { PreviewError, problemLine } from './compile/problems.ts';
export { compilePreview, type Preview, type PreviewOptions } from './preview.ts';
