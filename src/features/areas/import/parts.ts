/** The parts of an XLSX file: XML inside a zip, read as a stream that knows when it has been fed too much. */
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import JSZip from 'jszip';
import { SaxesParser } from 'saxes';
import { breather } from '../../../core/breath.ts';
import { fileTooLarge, fileUnreadable } from './errors.ts';

/** What all parts together may come to once they are inflated: a few bytes of zip can stand for gigabytes. */
const MOST_INFLATED_BYTES = 256 * 1_024 * 1_024;
/** Without a single tag in so many characters it is no table. */
const LONGEST_TEXT = 1_000_000;

/** Told of what an XML part says. Names come without their namespace's prefix. */
export interface XmlReader {
  opened?(name: string, attributes: Record<string, string>): void;
  text?(text: string): void;
  closed?(name: string): void;
}

/** An opened XLSX file. */
export interface Parts {
  /** Names of the parts, as paths without a leading slash. */
  names: string[];
  /**
   * Reads a part from its beginning to its end, or until `enough` says so; nothing happens when there is no such part.
   * @throws HaolinError file_unreadable, file_too_large
   */
  read(name: string, reader: XmlReader, enough?: () => boolean): Promise<void>;
}

/**
 * Opens the zip. Nothing is inflated before it is read.
 * @param mostBytes what all that is read may come to
 * @throws HaolinError file_unreadable
 */
export async function openParts(path: string, mostBytes: number = MOST_INFLATED_BYTES): Promise<Parts> {
  const zip = await JSZip.loadAsync(await readFile(path)).catch((error: unknown) => {
    throw fileUnreadable(error);
  });
  let inflated = 0;

  async function* chunks(entry: JSZip.JSZipObject): AsyncGenerator<string> {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const breathe = breather();
    // Whoever has read enough leaves the loop, which ends the stream: the rest is not inflated.
    for await (const chunk of new Readable().wrap(entry.nodeStream()) as AsyncIterable<Buffer>) {
      inflated += chunk.length;
      if (inflated > mostBytes) throw fileTooLarge();
      await breathe();
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  }

  return {
    names: Object.keys(zip.files),
    async read(name, reader, enough = () => false) {
      const entry = zip.file(name);
      if (!entry) return;
      const parser = new SaxesParser();
      parser.on('opentag', (tag) =>
        reader.opened?.(local(tag.name), localized(tag.attributes as Record<string, string>)),
      );
      parser.on('text', (text) => reader.text?.(text));
      parser.on('cdata', (text) => reader.text?.(text));
      parser.on('closetag', (tag) => reader.closed?.(local(tag.name)));
      let sinceTag = 0;
      for await (const chunk of chunks(entry)) {
        const tag = chunk.lastIndexOf('<');
        sinceTag = tag < 0 ? sinceTag + chunk.length : chunk.length - tag;
        if (sinceTag > LONGEST_TEXT) throw fileUnreadable();
        parser.write(chunk);
        if (enough()) return;
      }
      parser.close();
    },
  };
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

function localized(attributes: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [local(name), value]));
}
