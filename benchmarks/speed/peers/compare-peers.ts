import { median } from "simple-statistics";
import type { Side } from "../../../src/speed/side.ts";
import type { Peer } from "./peer-process.ts";
import type { Ours, Workload } from "./workloads.ts";

/** Seconds of one timed stretch on either side, and how many of which the quickest counts. */
const SECONDS = 0.05;
const BATCHES = 4;
/** Variants of a peer that are slower than this share of the quickest in the first look are not timed again. */
const CONTENDER = 0.7;

export interface PeerRow {
  readonly workload: string;
  readonly unit: string;
  readonly engine: string;
  readonly target?: number;
  /** Medians over the rounds, units a second. */
  readonly ours: number;
  readonly peer: number;
  /** The variant with the highest median: `jax_peer.py: scan`. */
  readonly best: string;
  /** Ours over the best peer's, one a round. */
  readonly ratios: readonly number[];
}

/** An engine that cannot be had here, and why. */
export interface AbsentRow {
  readonly workload: string;
  readonly engine: string;
  readonly absent: string;
}

export interface Contender {
  readonly peer: Peer;
  readonly variant: string;
}

/**
 * One workload, ours and theirs in turn: a first look at every variant of every peer (which compiles it), then `rounds` in which
 * each contender and each of our engines is timed once, in an order that turns by one each round. The first look decides who is
 * timed, not the ratio.
 */
export async function compareWorkload(
  workload: Workload,
  { side, peers, rounds, tell }: CompareOptions,
): Promise<readonly (PeerRow | AbsentRow)[]> {
  const { here, absent } = await openOurs(workload, side);
  const contenders = here.length === 0 ? [] : await firstLook(workload, peers, tell);
  if (contenders.length === 0) return absent;
  const theirs = contenders.map(() => [] as number[]);
  const ours = here.map(() => [] as number[]);
  const turns = [
    ...contenders.map((contender, at) => async () => {
      theirs[at]!.push(await rateOf(workload, contender));
    }),
    ...here.map(({ own, batch }, at) => async () => {
      ours[at]!.push(await ownRate(side, own, batch));
    }),
  ];
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < turns.length; turn++) await turns[(turn + round) % turns.length]!();
  }
  return [...rowsOf({ ...workload, ours: here.map(({ own }) => own) }, contenders, theirs, ours), ...absent];
}

export interface CompareOptions {
  readonly side: Side;
  readonly peers: readonly Peer[];
  readonly rounds: number;
  readonly tell: (line: string) => void;
}

interface OurEngines {
  readonly here: readonly { readonly own: Ours; readonly batch: number }[];
  readonly absent: readonly AbsentRow[];
}

/** Those of our engines that can be had, with the calls of a stretch; one that cannot takes no other row down. */
async function openOurs({ name, ours }: Workload, side: Side): Promise<OurEngines> {
  const here: { readonly own: Ours; readonly batch: number }[] = [];
  const absent: AbsentRow[] = [];
  for (const own of ours) {
    try {
      here.push({ own, batch: await side.batchFor(own.place, SECONDS * 1000) });
    } catch (error) {
      absent.push({ workload: name, engine: own.engine, absent: (error as Error).message.split("\n")[0]! });
    }
  }
  return { here, absent };
}

async function firstLook(
  workload: Workload,
  peers: readonly Peer[],
  tell: (line: string) => void,
): Promise<readonly Contender[]> {
  const seen: { readonly contender: Contender; readonly rate: number }[] = [];
  for (const peer of peers) {
    for (const [name, variant] of peer.greeting.workloads) {
      if (name !== workload.name) continue;
      const rate = await peer.rate({ workload: name, variant, seconds: SECONDS, batches: BATCHES });
      if (typeof rate === "number") seen.push({ contender: { peer, variant }, rate });
      tell(`${workload.name}: ${peer.script} ${variant}: ${typeof rate === "number" ? rate.toPrecision(4) : rate}\n`);
    }
  }
  const quickest = Math.max(...seen.map(({ rate }) => rate));
  return seen.filter(({ rate }) => rate >= CONTENDER * quickest).map(({ contender }) => contender);
}

async function rateOf({ name }: Workload, { peer, variant }: Contender): Promise<number> {
  const rate = await peer.rate({ workload: name, variant, seconds: SECONDS, batches: BATCHES });
  if (typeof rate === "string") throw new Error(`${peer.script} ${name} ${variant}: ${rate}`);
  return rate;
}

async function ownRate(side: Side, { place }: Ours, batch: number): Promise<number> {
  const { milliseconds, units } = await side.time(place, { first: 0, batch, batches: BATCHES });
  return units / BATCHES / (milliseconds / 1000);
}

function rowsOf(
  { name, unit, ours: engines }: Workload,
  contenders: readonly Contender[],
  theirs: readonly number[][],
  ours: readonly number[][],
): readonly PeerRow[] {
  const medians = theirs.map((rates) => median(rates));
  const best = medians.indexOf(Math.max(...medians));
  return engines.map(({ engine, target }, at) => ({
    ...{ workload: name, unit, engine },
    ...(target === undefined ? {} : { target }),
    ours: median(ours[at]!),
    peer: medians[best]!,
    best: `${contenders[best]!.peer.script.replace("_peer.py", "")}: ${contenders[best]!.variant}`,
    ratios: ours[at]!.map((rate, round) => rate / theirs[best]![round]!),
  }));
}
