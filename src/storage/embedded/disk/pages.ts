/**
 * Looks at the pages of a data file without LMDB. LMDB trusts what it reads: a damaged page would not be told of but end
 * the process. The layout is that of LMDB's `mdb.c` in lmdb-js: 24 bytes of header, then the offsets of a page's nodes.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { endianness } from 'node:os';
import { messages } from '../messages.ts';

/** What a look at the file came to. */
export interface Look {
  /** What is wrong; undefined: nothing was found. */
  damage: string | undefined;
  /** The size the file must have for every page its header speaks of, when it has less. */
  short: number | undefined;
}

const MAGIC = 0xbeefc0de;
const VERSION = 2;
const HEADER = 24;
const NODE = 8;
const TABLE_BYTES = 48;
const BIG_BYTES = 24;
const BRANCH = 1;
const LEAF = 2;
const OVERFLOW = 4;
const BIG_DATA = 1;
const TABLE = 2;
const NO_PAGE = 0xffffffffffffffffn;
const DEEPEST = 32;

const SOUND: Look = { damage: undefined, short: undefined };

class Damage extends Error {}

const { damage: told } = messages;
const wrongPage = (number: bigint) => new Damage(told.page(number));

/** Looks at the header of a data file and at the first `levels` of each table; by default at every page. */
export function lookAtPages(path: string, levels = DEEPEST): Look {
  // The file is laid out as the machine is; only this way round can be read here.
  if (endianness() !== 'LE') return SOUND;
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    // A store that was only about to be made.
    return size === 0 ? SOUND : new Pages(file, size).look(levels);
  } finally {
    closeSync(file);
  }
}

interface Table {
  depth: number;
  root: bigint;
}

/** What the file says of itself. */
interface Header {
  pageSize: number;
  /** The number of the last page that was ever given out. */
  lastPage: number;
  transaction: bigint;
  free: Table;
  main: Table;
}

/** The later of the two headers of an open data file; a transaction writes one and leaves the other. */
export function readHeader(file: number): Header {
  const first = headerAt(file, 0);
  const second = headerAt(file, first.pageSize);
  return second.transaction > first.transaction ? second : first;
}

function headerAt(file: number, at: number): Header {
  const bytes = Buffer.alloc(160);
  if (readSync(file, bytes, 0, 160, at) < 160) throw new Damage(told.header());
  if (bytes.readUInt32LE(HEADER) !== MAGIC) throw new Damage(told.format());
  if ((bytes.readUInt32LE(HEADER + 4) & 0xffff) !== VERSION) throw new Damage(told.version());
  const pageSize = bytes.readUInt32LE(48);
  if (pageSize < 512 || pageSize > 65_536 || (pageSize & (pageSize - 1)) !== 0) throw new Damage(told.header());
  return {
    pageSize,
    free: tableAt(bytes, 48),
    main: tableAt(bytes, 96),
    lastPage: Number(bytes.readBigUInt64LE(144)),
    transaction: bytes.readBigUInt64LE(152),
  };
}

class Pages {
  readonly #file: number;
  readonly #size: number;
  #pageSize = 0;
  #lastPage = 0;

  constructor(file: number, size: number) {
    this.#file = file;
    this.#size = size;
  }

  look(levels: number): Look {
    let short: number | undefined;
    try {
      const { pageSize, lastPage, free, main } = readHeader(this.#file);
      this.#pageSize = pageSize;
      this.#lastPage = lastPage;
      if (this.#size < (lastPage + 1) * pageSize) short = (lastPage + 1) * pageSize;
      this.#table(free, levels, false);
      this.#table(main, DEEPEST, true).forEach((table) => void this.#table(table, levels, false));
      return { damage: undefined, short };
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      return { damage: error.message, short };
    }
  }

  /** Goes through a table; returns the tables its leaves name, when it is the one that names tables. */
  #table({ depth, root }: Table, levels: number, named: boolean): Table[] {
    const tables: Table[] = [];
    if (root === NO_PAGE) return tables;
    if (depth < 1 || depth > DEEPEST) throw wrongPage(root);
    this.#page(root, depth, Math.min(levels, depth), named ? tables : undefined);
    return tables;
  }

  #read(number: bigint): Buffer {
    if (number < 2n || number > BigInt(this.#lastPage)) throw wrongPage(number);
    const page = Buffer.allocUnsafe(this.#pageSize);
    const read = readSync(this.#file, page, 0, page.length, Number(number) * this.#pageSize);
    if (read < page.length || page.readBigUInt64LE(0) !== number) throw wrongPage(number);
    return page;
  }

  #page(number: bigint, depth: number, levels: number, tables: Table[] | undefined): void {
    const page = this.#read(number);
    if (page.readUInt16LE(18) !== (depth === 1 ? LEAF : BRANCH)) throw wrongPage(number);
    // How far the offsets of the nodes reach, and where the nodes begin; both counted from the header's end.
    const lower = page.readUInt16LE(20);
    const upper = page.readUInt16LE(22);
    if (lower % 2 !== 0 || lower > upper || upper > this.#pageSize - HEADER) throw wrongPage(number);
    for (let i = 0; i < lower / 2; i++) {
      const at = HEADER + page.readUInt16LE(HEADER + 2 * i);
      if (at < HEADER + upper || at + NODE > page.length) throw wrongPage(number);
      if (depth === 1) this.#leaf(number, page, at, tables);
      else if (levels > 1) this.#page(BigInt(page.readUIntLE(at, 6)), depth - 1, levels - 1, tables);
    }
  }

  #leaf(number: bigint, page: Buffer, at: number, tables: Table[] | undefined): void {
    const length = page.readUInt32LE(at);
    const flags = page.readUInt16LE(at + 4);
    const data = at + NODE + page.readUInt16LE(at + 6);
    const big = (flags & BIG_DATA) !== 0;
    if (data + (big ? BIG_BYTES : length) > page.length) throw wrongPage(number);
    if (big) this.#big(page.readBigUInt64LE(data), Number(page.readBigUInt64LE(data + 16)), length);
    else if (flags & TABLE && tables !== undefined) {
      if (length < TABLE_BYTES) throw wrongPage(number);
      tables.push(tableAt(page, data));
    }
  }

  /** A value too big for a page lies on pages of its own. */
  #big(number: bigint, pages: number, length: number): void {
    const first = this.#read(number);
    const enough = pages * this.#pageSize >= HEADER + length && Number(number) + pages - 1 <= this.#lastPage;
    if (first.readUInt16LE(18) !== OVERFLOW || !enough) throw wrongPage(number);
    if ((Number(number) + pages) * this.#pageSize > this.#size) throw wrongPage(number);
  }
}

function tableAt(bytes: Buffer, at: number): Table {
  return { depth: bytes.readUInt16LE(at + 6), root: bytes.readBigUInt64LE(at + 40) };
}
