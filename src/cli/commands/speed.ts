import { randomInt } from "node:crypto";
import { join, relative } from "node:path";
import { median } from "simple-statistics";
import { checkOut } from "../../baseline/base-checkout.ts";
import { commitOf, gitState } from "../../project/git-state.ts";
import { findRoots, type Roots } from "../../project/roots.ts";
import { EXIT, type ExitCode } from "../../report/exit-code.ts";
import { type SpeedComparison, slowestFirst, speedText, unitTime } from "../../report/terminal/speed-text.ts";
import { describeMachine } from "../../run/machine.ts";
import { type CasePlace, caseName, findCases } from "../../speed/find-cases.ts";
import { type CaseTimes, type Interleaved, interleave } from "../../speed/interleave.ts";
import { FALSE_ALARMS, fewestRounds, judgeSpeed, roundsFor } from "../../speed/judge-speed.ts";
import { type MachineLimits, measureLimits, measureNativeLimits, shareOfLimit } from "../../speed/machine-limits.ts";
import { openSide } from "../../speed/side.ts";
import type { Needs } from "../../speed/speed-case.ts";
import { type TimedCase, timeAlone } from "../../speed/time-alone.ts";
import { processorMilliseconds } from "../../speed/timing.ts";
import { type Arguments, defineCommand, type Io, type Options } from "../arguments/command.ts";
import { parseCount } from "../arguments/option-values.ts";
import { UsageError } from "../errors.ts";

/** More would take days. */
const MOST_ROUNDS = 10_000;

const options = {
  base: {
    type: "string",
    placeholder: "REF",
    description: "commit to compare with; without it, speeds are only shown",
  },
  rounds: {
    type: "string",
    placeholder: "N",
    description: "rounds, fixed before the first (default: as many as the number of benchmarks needs)",
  },
} as const satisfies Options;

export default defineCommand({
  name: "speed",
  summary: "Did it get slower? Base and head interleaved in one job, paired, with an interval.",
  usage: "speed [word…] --base REF",
  notes: [
    "The base is checked out and built in a worktree of its own. Words choose benchmarks whose file and name have them all. Speeds of two machines, or of two jobs, are never compared.",
    "Each round starts a fresh process of both sides in an order drawn by a coin. Over all benchmarks together the probability that one of them is called slower or faster although its code is the same is at most 1 in 1,000, whatever else the machine does.",
    "Exit 0: nothing slower. 1: something slower. 3: something undecided. A change that lies within 3 % is called none.",
  ],
  examples: [
    { command: "speed --base main", does: "all benchmarks against another commit" },
    { command: "speed numerics normals --base HEAD~1", does: "one of them" },
    { command: "speed networks", does: "how fast they are here, compared with nothing" },
  ],
  options,
  positionals: { min: 0, max: Infinity, what: "words of benchmarks' names" },
  run: async (args, io) => {
    // before a checkout is built, which takes a minute
    if (args.values.rounds !== undefined) parseCount("--rounds", args.values.rounds, MOST_ROUNDS);
    const roots = findRoots(args.values.root, io);
    const cases = chosen(await findCases(roots.suites), args.positionals, roots.suites);
    return args.values.base === undefined
      ? await showAlone(cases, args, { roots, io })
      : await compareSpeed(cases, args.values.base, { args, roots, io });
  },
});

interface Parts {
  readonly args: Arguments<typeof options>;
  readonly roots: Roots;
  readonly io: Io;
}

function chosen(cases: readonly CasePlace[], words: readonly string[], root: string): readonly CasePlace[] {
  const found = cases.filter((place) => words.every((word) => caseName(place).includes(word)));
  if (found.length > 0) return found;
  const which = words.length === 0 ? "any" : `one with ${words.join(" and ")}`;
  throw new UsageError(`speed needs benchmarks, found none below ${root} that is ${which} (npm run build makes them)`);
}

async function showAlone(
  cases: readonly CasePlace[],
  { values }: Arguments<typeof options>,
  { roots, io }: Omit<Parts, "args">,
): Promise<ExitCode> {
  if (values.rounds !== undefined) throw new UsageError("--rounds needs --base: without one nothing is compared");
  const { timed, refused } = await timeAlone(cases, openSide(roots.suites, io.signal));
  const limits = measureLimits(processorMilliseconds);
  const isNative = timed.some(({ needs }) => needs?.native);
  const nativeLimits = isNative ? await measureNativeLimits(processorMilliseconds) : undefined;
  const limitsFor = ({ native }: Needs) => (native ? nativeLimits! : limits);
  const benchmarks = timed.map((each) =>
    each.needs ? { ...each, shareOfLimit: shareOfLimit(each.needs, each.milliseconds, limitsFor(each.needs)) } : each,
  );
  const width = Math.max(...cases.map((place) => caseName(place).length));
  io.stdout(
    values.json
      ? `${JSON.stringify({ ...(await whenAndWhat(roots.repository, io)), limits, ...(nativeLimits ? { nativeLimits } : {}), benchmarks, refused }, null, 2)}\n`
      : [
          limitsText("128-bit instructions of WebAssembly", limits),
          ...(nativeLimits ? [limitsText("its own instructions", nativeLimits)] : []),
          ...benchmarks.map((each) => aloneText(each, width)),
          ...refused.map((each) => `${caseName(each).padEnd(width)}  unsupported: ${each.unsupported}\n`),
        ].join(""),
  );
  return EXIT.holds;
}

async function whenAndWhat(repository: string, io: Io) {
  const { commit } = await gitState(repository);
  return { at: io.now().toISOString(), ...(commit === null ? {} : { commit }), machine: describeMachine() };
}

function limitsText(
  instructions: string,
  { double, doubleFused, single, singleFused, words, bytes }: MachineLimits,
): string {
  const billions = (rate: number) => (rate / 1e9).toPrecision(3);
  return [
    `One core with ${instructions}, 1e9 a second: float64 ${billions(double)}, fused ${billions(doubleFused)}; `,
    `float32 ${billions(single)}, fused ${billions(singleFused)}; 32-bit integers ${billions(words)}; `,
    `memory ${billions(bytes)} bytes\n`,
  ].join("");
}

function aloneText(each: TimedCase & { readonly shareOfLimit?: number }, width: number): string {
  const share = each.shareOfLimit === undefined ? "" : `, ${Math.round(100 * each.shareOfLimit)} % of the limit`;
  return `${caseName(each).padEnd(width)}  ${unitTime(each.milliseconds)} a unit (${each.unit})${share}\n`;
}

async function compareSpeed(cases: readonly CasePlace[], ref: string, { args, roots, io }: Parts): Promise<ExitCode> {
  const { repository, suites } = roots;
  const commit = await commitOf(repository, ref);
  if (commit === null) throw new UsageError(`--base needs a commit, ${ref} is none in ${repository}`);
  io.stderr(`checking out and building ${commit.slice(0, 10)}\n`);
  const checkout = await checkOut(repository, commit, io.signal);
  try {
    const baseRoot = join(checkout.folder, relative(repository, suites));
    const { shared, onlyHead, onlyBase } = split(cases, chosenOfBase(await findCases(baseRoot), args.positionals));
    if (shared.length === 0)
      throw new UsageError(`speed needs a benchmark that both sides have, ${ref} has none of them`);
    const rounds = roundsOf(args.values.rounds, shared.length);
    const started = io.now().getTime();
    const found = await interleave({
      cases: shared,
      rounds,
      open: (side) => openSide(side === "head" ? suites : baseRoot, io.signal),
      coin: () => randomInt(2) === 1,
      tell: (round) => io.stderr(`round ${round} of ${rounds}\n`),
    });
    const comparison: SpeedComparison = {
      rows: rowsOf(found.times),
      rounds,
      falseAlarms: FALSE_ALARMS,
      ...{ onlyHead: onlyHead.map(caseName), onlyBase: onlyBase.map(caseName) },
      seconds: (io.now().getTime() - started) / 1000,
    };
    await tell(comparison, found, { base: { ref, commit }, args, roots, io });
    return exitOf(comparison);
  } finally {
    await checkout.remove();
  }
}

function chosenOfBase(cases: readonly CasePlace[], words: readonly string[]): readonly CasePlace[] {
  return cases.filter((place) => words.every((word) => caseName(place).includes(word)));
}

function split(head: readonly CasePlace[], base: readonly CasePlace[]) {
  const has = (places: readonly CasePlace[], place: CasePlace) =>
    places.some((each) => caseName(each) === caseName(place));
  return {
    shared: head.filter((place) => has(base, place)),
    onlyHead: head.filter((place) => !has(base, place)),
    onlyBase: base.filter((place) => !has(head, place)),
  };
}

function roundsOf(asked: string | undefined, benchmarks: number): number {
  if (asked === undefined) return roundsFor(benchmarks);
  const rounds = parseCount("--rounds", asked, MOST_ROUNDS);
  const fewest = fewestRounds(benchmarks);
  if (rounds >= fewest) return rounds;
  throw new UsageError(`--rounds needs at least ${fewest} for ${benchmarks} benchmarks to be decidable, got ${rounds}`);
}

function rowsOf(times: readonly CaseTimes[]): SpeedComparison["rows"] {
  const rows = times.map(({ place, logRatios, base, head }) => ({
    ...place,
    ...judgeSpeed(logRatios, times.length),
    base: median([...base]),
    head: median([...head]),
  }));
  return slowestFirst(rows);
}

async function tell(
  comparison: SpeedComparison,
  { times, first }: Interleaved,
  { base, args, roots, io }: Parts & { readonly base: { readonly ref: string; readonly commit: string } },
): Promise<void> {
  const words = base.commit.startsWith(base.ref)
    ? base.commit.slice(0, 10)
    : `${base.ref} (${base.commit.slice(0, 10)})`;
  if (!args.values.json) {
    io.stdout(speedText(comparison, { columns: io.columns, color: io.color, base: words }));
    return;
  }
  const raw = times.map(({ place, logRatios }) => ({ ...place, logRatios }));
  const head = await gitState(roots.repository);
  const data = { base, head, machine: describeMachine(), ...comparison, exit: exitOf(comparison), first, raw };
  io.stdout(`${JSON.stringify(data, null, 2)}\n`);
}

function exitOf({ rows }: SpeedComparison): ExitCode {
  if (rows.some(({ verdict }) => verdict === "slower")) return EXIT.failed;
  return rows.some(({ verdict }) => verdict === "undecided") ? EXIT.undecided : EXIT.holds;
}
