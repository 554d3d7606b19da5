import { Readable } from 'node:stream';
import type { Caller } from '../../../core/caller.ts';
import type { House } from '../../../core/house.ts';
import { dayOf } from '../../../core/time.ts';
import { type MinutesView, readMinutes } from '../meeting/minutes.ts';
import { type Block, type Docx, docxLibrary } from './docx-library.ts';
import { heldWords, spanWords, MINUTES_WORDS as WORDS } from './messages.ts';

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** As official papers are set: 仿宋 for the text, 黑体 for headings, whatever the letters. Sizes are half points. */
const FONT = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋' };
const HEADING_FONT = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '黑体' };
const TEXT_SIZE = 28;
const TITLE_SIZE = 40;
/** Twentieths of a point. */
const LINE = { line: 480, after: 80 };
const INDENT = { firstLine: 560 };

/**
 * The minutes of a sitting as a document, of what the caller may read.
 * @throws HaolinError not_found, no_meeting, minutes_not_yet
 */
export async function minutesDocument(
  house: House,
  caller: Caller,
  id: string,
  session?: number,
): Promise<{ body: Readable; filename: string }> {
  const minutes = await readMinutes(house, caller, id, session);
  const docx = await docxLibrary();
  const document = new docx.Document({
    creator: WORDS.heading(minutes.place),
    title: WORDS.title(minutes.session),
    styles: { default: { document: { run: { font: FONT, size: TEXT_SIZE } } } },
    sections: [{ children: childrenOf(docx, minutes) }],
  });
  const bytes = await docx.Packer.toBuffer(document);
  const filename = WORDS.fileName(minutes.number, minutes.session, dayOf(new Date(minutes.startsAt)));
  return { body: Readable.from([bytes]), filename };
}

function childrenOf(docx: Docx, minutes: MinutesView): Block[] {
  const sections = sectionsOf(minutes).filter(({ lines }) => lines.length > 0);
  return [
    title(docx, WORDS.heading(minutes.place)),
    title(docx, WORDS.title(minutes.session)),
    factsTable(docx, minutes),
    ...sections.flatMap(({ heading, lines }, at) => [
      line(docx, `${WORDS.numerals[at] ?? ''}、${heading}`, 'heading'),
      ...lines.flatMap((text) => text.split('\n').map((one) => line(docx, one, 'text'))),
    ]),
    ...WORDS.signatures.map((text) => signature(docx, text)),
  ];
}

interface Section {
  heading: string;
  lines: string[];
}

function sectionsOf({
  attendance,
  agenda,
  written,
  statements,
  adjourned,
  resolution,
  result,
  corrections,
}: MinutesView): Section[] {
  const talk = written.points.flatMap(({ agenda: one, words }, at) => [
    `${at + 1}. ${one}`,
    words === '' ? WORDS.nothingWritten : words,
  ]);
  return [
    { heading: WORDS.attendance, lines: attendance.sentences },
    { heading: WORDS.agenda, lines: agenda.map((one, at) => `${at + 1}. ${one}`) },
    { heading: WORDS.talk, lines: talk },
    { heading: WORDS.statements, lines: statements.map((one, at) => `${at + 1}. ${one}`) },
    { heading: WORDS.conclusion, lines: some(written.conclusion) },
    { heading: WORDS.adjourned, lines: some(adjourned) },
    { heading: WORDS.result, lines: result },
    { heading: WORDS.resolution, lines: some(resolution) },
    { heading: WORDS.corrections, lines: corrections.map(({ at, reason }) => WORDS.correction(new Date(at), reason)) },
  ];
}

const some = (text: string | undefined): string[] => (text === undefined || text === '' ? [] : [text]);

function factsTable(docx: Docx, minutes: MinutesView): Block {
  const { facts } = WORDS;
  const { number, title: of, startsAt, endsAt, begunAt, endedAt, venue, host, written } = minutes;
  const begun = heldWords(begunAt, endedAt);
  const rows: [string, string][] = [
    [facts.topic, WORDS.topic(number, of)],
    [facts.time, spanWords(new Date(startsAt), new Date(endsAt))],
    ...(begun === '' ? [] : [[facts.begun, begun] as [string, string]]),
    [facts.venue, [venue.name, venue.address].filter((one) => one !== '').join('，')],
    [facts.host, host ?? WORDS.unsaid],
    [facts.recorder, written.recorder === '' ? WORDS.unsaid : written.recorder],
  ];
  const cell = (text: string, percent: number) =>
    new docx.TableCell({
      width: { size: percent, type: docx.WidthType.PERCENTAGE },
      margins: { top: 60, bottom: 60, left: 120, right: 120 },
      children: [new docx.Paragraph({ children: [new docx.TextRun({ text })] })],
    });
  return new docx.Table({
    width: { size: 100, type: docx.WidthType.PERCENTAGE },
    rows: rows.map(([name, value]) => new docx.TableRow({ children: [cell(name, 22), cell(value, 78)] })),
  });
}

const title = (docx: Docx, text: string): Block =>
  new docx.Paragraph({
    alignment: docx.AlignmentType.CENTER,
    heading: docx.HeadingLevel.TITLE,
    spacing: LINE,
    children: [new docx.TextRun({ text, bold: true, size: TITLE_SIZE, font: HEADING_FONT, color: '000000' })],
  });

function line(docx: Docx, text: string, kind: 'heading' | 'text'): Block {
  const isHeading = kind === 'heading';
  return new docx.Paragraph({
    spacing: LINE,
    ...(isHeading ? { heading: docx.HeadingLevel.HEADING_1, keepNext: true } : { indent: INDENT }),
    children: [
      new docx.TextRun({
        text,
        color: '000000',
        size: TEXT_SIZE,
        ...(isHeading && { font: HEADING_FONT, bold: true }),
      }),
    ],
  });
}

const signature = (docx: Docx, text: string): Block =>
  new docx.Paragraph({ spacing: { before: 360 }, children: [new docx.TextRun({ text: `${text}${'＿'.repeat(10)}` })] });
