/**
 * Prints, as JSON, the SHA-256 of what the built engines of equal bytes give for every call of a table, and what the fast engine
 * is made of: `node engine-digests.mjs <table> [folder of the build]`. Plain JavaScript, so that every version of Node can run it;
 * the table is engine-calls.ts, compiled.
 */
import { createHash } from "node:crypto";
import { pathToFileURL } from "node:url";

const build = process.argv[3] ? pathToFileURL(`${process.argv[3]}/`) : new URL("../../dist/", import.meta.url);
const { calls, otherBytes, streams } = await import(pathToFileURL(process.argv[2]));
const { openEngine } = await import(new URL("src/lab/engines.js", build));

const wasm = await openEngine("wasm");
const native = await openEngine("native");
const fast = await openEngine("wasm-fast");
const answer = {
  node: process.versions.node,
  reference: digestsOf(await openEngine("reference")),
  wasm: digestsOf(wasm),
  native: digestsOf(native),
  otherBytes: [...otherBytes(wasm), ...otherBytes(native)],
  fast: { versions: fast.versions, calls: Object.keys(digestsOf(fast)).length },
};
console.log(JSON.stringify(answer));

function digestsOf(engine) {
  return Object.fromEntries(calls.map(({ name, result }) => [name, digestOf(result(engine, streams))]));
}

function digestOf(result) {
  const arrays = ArrayBuffer.isView(result) ? { result } : result;
  const hash = createHash("sha256");
  for (const [name, { buffer, byteOffset, byteLength }] of Object.entries(arrays)) {
    hash.update(name).update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest("hex");
}
