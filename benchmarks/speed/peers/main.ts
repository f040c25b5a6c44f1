#!/usr/bin/env node
/**
 * `npm run speed:peers [-- words…]`: our engines and PyTorch, JAX and NumPy on the same workloads, interleaved on one core, one
 * thread against one. Needs a Python with those libraries: PLATEAU_PYTHON, or `python3`. A peer or an engine that is not there is
 * said to be missing, and the rest goes on; rows are printed as they are done; nothing is compared with a remembered number.
 */
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { median } from "simple-statistics";
import { knownMessage } from "../../../src/cli/errors.ts";
import { describeMachine } from "../../../src/run/machine.ts";
import { openSide } from "../../../src/speed/side.ts";
import { type AbsentRow, compareWorkload, type PeerRow } from "./compare-peers.ts";
import { openPeer, type Peer } from "./peer-process.ts";
import { type PeerRequest, readRequest, USAGE } from "./peer-request.ts";

const SCRIPTS = ["torch_peer.py", "jax_peer.py", "numpy_peer.py"];

const HEAD = ["workload", "engine", "ours/s", "best peer/s", "which", "ratio: median (least to most)", "target"];
/** Wide enough for what stands there, since a row is printed before the next is known. */
const WIDTHS = [32, 12, 11, 11, 28, 31, 0];

const python = process.env["PLATEAU_PYTHON"] ?? "python3";
process.exitCode = await main();

async function main(): Promise<number> {
  try {
    const request = readRequest(process.argv.slice(2));
    if (request !== "help") return await compare(request);
    process.stdout.write(USAGE);
    return 0;
  } catch (error) {
    const known = knownMessage(error);
    if (known === undefined) throw error;
    process.stderr.write(`speed:peers: ${known}\n`);
    return 2;
  }
}

async function compare({ workloads, rounds, json }: PeerRequest): Promise<number> {
  const machine = describeMachine();
  const core = await pinToOneCore();
  const opened = await Promise.all(SCRIPTS.map((script) => openPeer(python, script)));
  const peers = opened.filter((peer): peer is Peer => typeof peer !== "string");
  for (const missing of opened) if (typeof missing === "string") process.stderr.write(`no peer: ${missing}\n`);
  if (peers.length === 0) {
    process.stderr.write(`speed:peers needs torch, jax or numpy for ${python} (set PLATEAU_PYTHON), found none\n`);
    return 2;
  }
  const side = openSide(fileURLToPath(new URL("../../..", import.meta.url)), new AbortController().signal);
  const greetings = peers.map(({ greeting: { versions, flags } }) => ({ versions, flags }));
  const { stdout: commit, failed } = await execa("git", ["rev-parse", "HEAD"], { reject: false });
  const about = {
    at: new Date().toISOString(),
    ...(failed ? {} : { commit }),
    machine,
    core,
    node: process.version,
    peers: greetings,
  };
  if (!json) process.stdout.write(`${JSON.stringify(about)}\n\n${line(HEAD)}`);
  const rows: PeerRow[] = [];
  const absent: AbsentRow[] = [];
  try {
    for (const workload of workloads) {
      const tell = (text: string) => void process.stderr.write(text);
      const found = await compareWorkload(workload, { side, peers, rounds, tell });
      if (found.length === 0) tell(`no peer here has ${workload.name}\n`);
      for (const row of found) {
        if ("absent" in row) absent.push(row);
        else rows.push(row);
        if (!json) process.stdout.write(line(cellsOf(row)));
      }
    }
  } finally {
    await Promise.all([side.close(), ...peers.map((peer) => peer.close())]);
  }
  if (json) process.stdout.write(`${JSON.stringify({ ...about, rows, absent }, null, 2)}\n`);
  return 0;
}

/** All that this process starts inherits the core. Gives its number, or null where the system cannot pin. */
async function pinToOneCore(): Promise<string | null> {
  const { failed, stdout } = await execa("taskset", ["-cp", String(process.pid)], { reject: false });
  const core = failed ? undefined : /(\d+)\s*$/.exec(stdout)?.[1];
  if (core === undefined) return null;
  await execa("taskset", ["-acp", core, String(process.pid)]);
  return core;
}

function line(cells: readonly string[]): string {
  return `${cells
    .map((cell, at) => cell.padEnd(WIDTHS[at]!))
    .join("  ")
    .trimEnd()}\n`;
}

function cellsOf(row: PeerRow | AbsentRow): readonly string[] {
  if ("absent" in row) return [row.workload, row.engine, `not here, because ${row.absent}`];
  const { workload, engine, ours, peer, best, ratios, target } = row;
  const middle = median([...ratios]);
  const spread = `${middle.toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`;
  const met = target === undefined ? "" : `${target} ${middle >= target ? "met" : "missed"}`;
  return [workload, engine, ours.toPrecision(4), peer.toPrecision(4), best, spread, met];
}
