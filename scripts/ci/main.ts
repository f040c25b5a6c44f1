// The steps of a workflow under their place of before: `node dist/scripts/ci/main.js gate` is `plateau ci gate`.
process.argv.splice(2, 0, "ci");
await import("../../src/cli/main.ts");
