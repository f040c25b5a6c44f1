import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { acceptResults } from "../accept.ts";
import { armOf, FIRST, resultOf, streamOf } from "../fixtures/small-result.ts";
import { prefixesOf } from "../prefixes.ts";
import { claimText, textDigest } from "./claim-text.ts";
import { findBaselines, hasBaselines, readBaselines } from "./read.ts";
import { readClaim } from "./read-claim.ts";
import { writeBaselines } from "./write.ts";

const fresh = () => mkdtempSync(join(tmpdir(), "plateau-baselines-"));

/** A claim with two tiers, a control, a cell that counts less than it takes, and a stream that both tiers draw from. */
function twoTiers() {
  const control = armOf(
    ["c"],
    { name: "centred", kind: "control", state: "skipped", reason: "unsupported", units: [] },
    "7",
  );
  const partly = (blocks: readonly string[]) => {
    const arm = armOf(blocks);
    return { ...arm, cells: arm.cells.map((cell) => ({ ...cell, counted: cell.replicates - 3 })) };
  };
  const smoke = resultOf("smoke", { arms: [partly(["a"]), control] });
  const full = resultOf("full", { arms: [partly(["a", "b", "d"]), control] });
  return acceptResults([smoke, full], new Map(), FIRST).get("paper/a/b")!;
}

describe("the text of a claim's baseline", () => {
  test("is read as it was written", () => {
    const baseline = twoTiers();
    expect(readClaim(claimText(baseline), "b.jsonl")).toEqual(baseline);
  });

  test("has one line a judged unit, one a cell and one a stream, whatever the number of tiers", () => {
    const kinds = claimText(twoTiers())
      .trim()
      .split("\n")
      .map((line) => Object.keys(JSON.parse(line))[0]);
    const count = (kind: string) => kinds.filter((each) => each === kind).length;
    expect(["unit", "cell", "stream"].map(count)).toEqual([2, 2, 2]);
  });

  test("keeps what a manifest tells of a tier that was not accepted", () => {
    const [arm] = twoTiers().definition.tiers["smoke"]!;
    const planned = (replicates: number) => ({
      ...arm!,
      sources: arm!.sources.map((source) => ({ ...source, setup: "aa", replicates })),
    });
    const definition = { prediction: "equals, value", tiers: { smoke: [planned(64)], full: [planned(512)] } };
    const known = new Map([["paper/a/b", { hash: "h1", definition }]]);
    const baseline = acceptResults([resultOf("smoke")], new Map(), FIRST, known).get("paper/a/b")!;
    expect(readClaim(claimText(baseline), "b.jsonl")).toEqual(baseline);
    expect(Object.keys(baseline.tiers)).toEqual(["smoke"]);
  });

  test("lists cells in the order of the longest tier, and questions still name theirs", () => {
    const cells = (depths: readonly number[]) => {
      const [cell] = armOf(["a"]).cells;
      const [unit] = armOf(["a"]).units;
      return armOf(["a"], {
        cells: depths.map((depth) => ({ ...cell!, cell: { depth }, stream: streamOf(String(depth)) })),
        units: depths.map((depth, at) => ({ ...unit!, label: `depth ${depth}`, cells: [at] })),
      });
    };
    const results = [resultOf("smoke", { arms: [cells([8, 4])] }), resultOf("full", { arms: [cells([4, 6, 8])] })];
    const read = readClaim(claimText(acceptResults(results, new Map(), FIRST).get("paper/a/b")!), "b.jsonl");
    const [arm] = read.tiers.smoke!.arms;
    expect(arm!.cells.map(({ cell }) => cell["depth"])).toEqual([4, 8]);
    expect(arm!.units.map(({ label, cells: [at] }) => [label, arm!.cells[at!]!.stream])).toEqual([
      ["depth 8", streamOf("8")],
      ["depth 4", streamOf("4")],
    ]);
  });
});

describe("a text that is no baseline is refused", () => {
  const text = claimText(twoTiers());
  const lines = text.trimEnd().split("\n");
  const signed = (body: string) => `${body}${JSON.stringify({ sha256: textDigest(body) })}\n`;
  const body = lines.slice(0, -1).join("\n");

  test.each([
    ["an edited number", text.replace('"estimate":0.1', '"estimate":0.2'), /edited: it is not what the digest/],
    ["a torn file", `${lines.slice(0, -1).join("\n")}\n`, /requires its digest as its last line/],
    ["a torn line", text.slice(0, -20), /:\d+ requires a JSON object/],
    ["an empty file", "", /:1 requires a JSON object, found ""/],
    ["both sides of a merge", `${lines[0]}\n<<<<<<< HEAD\n${lines[1]}\n`, /:2 is left from a merge of two sides/],
    ["an unknown line", signed(`${body}\n{"note":1}\n`), /requires schema, tier, .* first, found note/],
    [
      "an unknown field",
      signed(`${body}\n{"stream":"${streamOf("9")}","digests":{},"by":"hand"}\n`),
      /is invalid at its top: .*by/,
    ],
    [
      "lines that do not fit",
      signed(`${body.replaceAll(`,"stream":"${streamOf("7")}"`, "")}\n`),
      /requires lines that fit together/,
    ],
    ["no claim first", signed(`${lines[1]}\n`), /:1 requires the schema, found tier/],
  ])("%s", (_, spoilt, says) => expect(() => readClaim(spoilt, "b.jsonl")).toThrow(says));

  test.each([1, 3])("schema %d, as one that may be sound", (schema) => {
    const other = `${JSON.stringify({ schema, claim: "paper/a/b" })}\n`;
    expect(() => readClaim(other, "b.jsonl")).toThrow(
      expect.objectContaining({ message: `baseline b.jsonl:1 has schema ${schema}, needed 2`, otherSchema: true }),
    );
  });
});

describe("a folder of baselines", () => {
  const baselines = acceptResults([resultOf("smoke"), resultOf("smoke", { id: "paper/a/c" })], new Map(), FIRST);

  test("is read as it was written, and a removed claim's file goes", async () => {
    const folder = fresh();
    expect(await writeBaselines(folder, baselines)).toEqual(["paper/a/b", "paper/a/c"]);
    expect(await readBaselines(folder)).toEqual(baselines);
    const kept = new Map([...baselines].filter(([id]) => id === "paper/a/b"));
    await writeBaselines(folder, kept, { removed: ["paper/a/c"] });
    expect(readdirSync(join(folder, "paper/a"))).toEqual(["b.jsonl"]);
    expect(await readBaselines(folder)).toEqual(kept);
  });

  test("has only the files written whose claim changed", async () => {
    const folder = fresh();
    await writeBaselines(folder, baselines);
    const changed = acceptResults([resultOf("smoke", { title: "another" })], baselines, FIRST);
    expect(await writeBaselines(folder, changed)).toEqual(["paper/a/b"]);
  });

  test("that is not there is an error, but for a first acceptance", async () => {
    const folder = join(tmpdir(), "plateau-no-such-folder");
    await expect(readBaselines(folder)).rejects.toThrow(/has no baselines, needed to compare; accept writes them/);
    expect(await findBaselines(folder)).toEqual({ baselines: new Map(), broken: new Map(), older: [] });
    expect(await hasBaselines(folder)).toBe(false);
  });

  test("with a file at another claim's path is an error", async () => {
    const folder = fresh();
    await writeBaselines(folder, baselines);
    renameSync(join(folder, "paper/a/c.jsonl"), join(folder, "paper/a/d.jsonl"));
    await expect(readBaselines(folder)).rejects.toThrow(/is of claim paper\/a\/c, its path needs the same name/);
  });

  test("with a broken file gives accept the others, and why", async () => {
    const folder = fresh();
    await writeBaselines(folder, baselines);
    writeFileSync(join(folder, "paper/a/b.jsonl"), "<<<<<<< HEAD\n");
    const found = await findBaselines(folder);
    expect([...found.baselines.keys()]).toEqual(["paper/a/c"]);
    expect([...found.broken.keys()]).toEqual(["paper/a/b"]);
  });
});

describe("a folder of schema 1", () => {
  const FIXTURE = join(import.meta.dirname, "../../../test/baseline/fixtures/schema-1");
  const CLAIM = "orvieto2021/norms/most-networks-vanish";
  const raw = JSON.parse(readFileSync(join(FIXTURE, `${CLAIM}.json`), "utf8"));

  test("is read with all that it has: verdicts, estimates, dates, and the digests of its blocks", async () => {
    const baseline = (await readBaselines(FIXTURE)).get(CLAIM)!;
    expect(baseline).toMatchObject({ hash: raw.hash, title: raw.title });
    for (const tier of ["smoke", "full", "deep"] as const) {
      const [was, now] = [raw.tiers[tier], baseline.tiers[tier]!];
      expect(now).toMatchObject({ seed: was.seed, outcome: was.outcome, accepted: was.accepted });
      expect(now.arms.map(({ units }) => units)).toEqual(was.arms.map(({ units }: { units: unknown }) => units));
      const [cell] = was.arms[0].cells;
      for (const [count, digest] of prefixesOf(cell))
        expect(baseline.streams.get(cell.stream)!.get(count)).toBe(digest);
    }
  });

  test("becomes schema 2 when it is written, and reads the same", async () => {
    const folder = fresh();
    cpSync(FIXTURE, folder, { recursive: true });
    const { baselines, older } = await findBaselines(folder);
    await writeBaselines(folder, baselines, { older });
    expect(readdirSync(folder, { recursive: true })).not.toContain("index.json");
    expect(readdirSync(join(folder, "orvieto2021/norms"))).toEqual(["most-networks-vanish.jsonl"]);
    expect(await readBaselines(folder)).toEqual(baselines);
  });

  test("left beside schema 2, as after a merge, is an error that names the file", async () => {
    const folder = fresh();
    cpSync(FIXTURE, folder, { recursive: true });
    await writeBaselines(folder, (await findBaselines(folder)).baselines);
    await expect(readBaselines(folder)).rejects.toThrow(/index\.json is left from schema 1/);
  });

  test("with a file that was edited, or is gone, is an error", async () => {
    const folder = fresh();
    cpSync(FIXTURE, folder, { recursive: true });
    const path = join(folder, `${CLAIM}.json`);
    writeFileSync(path, `${readFileSync(path, "utf8")} `);
    await expect(readBaselines(folder)).rejects.toThrow(/was edited: its digest is not the one in index\.json/);
    rmSync(path);
    await expect(readBaselines(folder)).rejects.toThrow(/is missing, listed in index\.json/);
  });
});
