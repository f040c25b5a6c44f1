import { inflateRawSync } from "node:zlib";

/** A zip that is not read: what was found, what was needed. */
export class ZipError extends Error {
  override readonly name = "ZipError";
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
/** Longest comment of a zip: 16 bits. */
const MOST_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;

/**
 * The named files of a zip, unpacked in memory and never written: names are only compared, sizes are limited before a byte
 * is unpacked and while it is. `limits` are the names that may be there, each with its most bytes; any other entry, a doubled
 * one, an encrypted one or a directory that lies about sizes is a `ZipError`.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function readZip(zip: Buffer, limits: { readonly [name: string]: number }): ReadonlyMap<string, Buffer> {
  const { count, at } = findDirectory(zip);
  const files = new Map<string, Buffer>();
  let place = at;
  if (count > Object.keys(limits).length)
    throw new ZipError(`the artifact has ${count} files, needed at most ${Object.keys(limits).length}`);
  for (let index = 0; index < count; index++) {
    const entry = readEntry(zip, place);
    const limit = Object.hasOwn(limits, entry.name) ? limits[entry.name]! : undefined;
    if (limit === undefined)
      throw new ZipError(
        `the artifact has the file ${JSON.stringify(entry.name.slice(0, 80))}, needed only ${Object.keys(limits).join(", ")}`,
      );
    if (files.has(entry.name)) throw new ZipError(`the artifact has ${entry.name} twice`);
    if (entry.size > limit || entry.packed > limit + 1024)
      throw new ZipError(`${entry.name} of the artifact has ${entry.size} bytes, needed at most ${limit}`);
    files.set(entry.name, unpack(zip, entry, limit));
    place = entry.next;
  }
  return files;
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly local: number;
  readonly next: number;
}

function findDirectory(zip: Buffer): { readonly count: number; readonly at: number } {
  const first = Math.max(0, zip.length - END_BYTES - MOST_COMMENT);
  for (let at = zip.length - END_BYTES; at >= first; at--) {
    if (zip.readUInt32LE(at) === END) return { count: zip.readUInt16LE(at + 10), at: zip.readUInt32LE(at + 16) };
  }
  throw new ZipError("the artifact is no zip: it has no end of a directory");
}

function readEntry(zip: Buffer, at: number): Entry {
  if (at + ENTRY_BYTES > zip.length || zip.readUInt32LE(at) !== ENTRY) {
    throw new ZipError("the artifact's directory is broken");
  }
  const flags = zip.readUInt16LE(at + 8);
  if ((flags & 1) !== 0) throw new ZipError("the artifact is encrypted");
  const length = zip.readUInt16LE(at + 28);
  const after = length + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  return {
    name: zip.toString("utf8", at + ENTRY_BYTES, at + ENTRY_BYTES + length),
    method: zip.readUInt16LE(at + 10),
    packed: zip.readUInt32LE(at + 20),
    size: zip.readUInt32LE(at + 24),
    local: zip.readUInt32LE(at + 42),
    next: at + ENTRY_BYTES + after,
  };
}

function unpack(zip: Buffer, { name, method, packed, size, local }: Entry, limit: number): Buffer {
  if (local + LOCAL_BYTES > zip.length || zip.readUInt32LE(local) !== LOCAL) {
    throw new ZipError(`${name} of the artifact has no beginning`);
  }
  const from = local + LOCAL_BYTES + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  if (from + packed > zip.length) throw new ZipError(`${name} of the artifact ends too early`);
  const data = zip.subarray(from, from + packed);
  const bytes = method === STORED ? data : method === DEFLATED ? inflate(name, data, limit) : undefined;
  if (bytes === undefined) throw new ZipError(`${name} of the artifact is packed by method ${method}, needed 0 or 8`);
  if (bytes.length !== size)
    throw new ZipError(`${name} of the artifact has ${bytes.length} bytes, its directory says ${size}`);
  return bytes;
}

function inflate(name: string, data: Buffer, limit: number): Buffer {
  try {
    return inflateRawSync(data, { maxOutputLength: limit });
  } catch (error) {
    const large = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    throw new ZipError(
      `${name} of the artifact ${large ? `unpacks to more than ${limit} bytes` : "cannot be unpacked"}`,
      { cause: error },
    );
  }
}
