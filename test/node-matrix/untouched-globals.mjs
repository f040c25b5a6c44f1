/**
 * Prints, as JSON, which built-in property a worker of this Node takes for changed before anything changed one, and after something
 * did: `node untouched-globals.mjs`. Plain JavaScript, so that every version of Node can run it.
 */
const { changedSince, intrinsics } = await import(new URL("../../dist/src/run/sample/intrinsics.js", import.meta.url));

const before = intrinsics();
const untouched = changedSince(before) ?? null;
Array.prototype.planted = true;
console.log(JSON.stringify({ node: process.versions.node, untouched, touched: changedSince(before) }));
