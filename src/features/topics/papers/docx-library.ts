/**
 * What is used of the docx package. Its own declarations name their files without endings, which TypeScript does not find
 * for an ES module of Node (`nodenext`): they come out empty.
 */
export interface Docx {
  Document: new (options: {
    creator: string;
    title: string;
    styles: object;
    sections: { children: Block[] }[];
  }) => Paper;
  Packer: { toBuffer(document: Paper): Promise<Buffer> };
  Paragraph: new (options: {
    children: Run[];
    alignment?: string;
    heading?: string;
    keepNext?: boolean;
    spacing?: { before?: number; after?: number; line?: number };
    indent?: { firstLine: number };
  }) => Block;
  TextRun: new (options: { text: string; bold?: boolean; size?: number; color?: string; font?: Font }) => Run;
  Table: new (options: { width: Width; rows: Row[] }) => Block;
  TableRow: new (options: { children: Cell[] }) => Row;
  TableCell: new (options: { width: Width; margins: Record<Side, number>; children: Block[] }) => Cell;
  AlignmentType: { CENTER: string };
  HeadingLevel: { TITLE: string; HEADING_1: string };
  WidthType: { PERCENTAGE: string };
}

/** A paragraph or a table. */
export type Block = object;
/** Letters, by the script they belong to. */
export interface Font {
  ascii: string;
  hAnsi: string;
  eastAsia: string;
}
type Run = object;
type Row = object;
type Cell = object;
type Paper = object;
type Side = 'top' | 'bottom' | 'left' | 'right';
interface Width {
  size: number;
  type: string;
}

/** Loaded when a document is asked for, and not before. */
export async function docxLibrary(): Promise<Docx> {
  return (await import('docx')) as unknown as Docx;
}
