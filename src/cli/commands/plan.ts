import { knownClaims } from "../../project/known-claims.ts";
import { readProject } from "../../project/project.ts";
import { findRoots } from "../../project/roots.ts";
import { EXIT } from "../../report/exit-code.ts";
import { planText } from "../../report/terminal/plan-text.ts";
import { usableCores } from "../../run/machine.ts";
import { planRun } from "../../run/plan/plan.ts";
import { selectClaims } from "../arguments/claim-names.ts";
import { defineCommand } from "../arguments/command.ts";
import { MOST_WORKERS, parseCount, parseEngine, parseTier } from "../arguments/option-values.ts";
import { INSTRUMENT } from "../instrument.ts";
import { sizesOf } from "../plan-claim.ts";

/** Of a cell, by hand: more than any tier takes. */
const MOST_REPLICATES = 10_000_000;

export default defineCommand({
  name: "plan",
  summary: "What each claim needs to be decided, what a tier gives it, what it would see, and how long it takes.",
  usage: "plan [suite|claim…] [options]",
  notes: ["Nothing is sampled. Where several cells are tested, the hardest is shown; of a control, the easiest."],
  examples: [
    { command: "plan --tier full", does: "does the full tier suffice?" },
    {
      command: "plan SUITE --tier deep --engine wasm",
      does: "what does the deep tier need, and how long does it take?",
    },
    { command: "plan SUITE --replicates 10", does: "what could ten seeds decide?" },
    { command: "plan --fit --workers 8", does: "how long would the smoke tier take with 8 workers of this machine?" },
  ],
  options: {
    tier: { type: "string", default: "smoke", placeholder: "TIER", description: "smoke, full or deep" },
    engine: {
      type: "string",
      placeholder: "NAME",
      description: `whose speed counts (default: ${INSTRUMENT.defaultEngineIs})`,
    },
    fast: { type: "boolean", description: `the engine ${INSTRUMENT.fast?.engine}` },
    replicates: {
      type: "string",
      placeholder: "N",
      description: "what could be decided with N replicates a cell, in place of the tier's",
    },
    workers: { type: "string", placeholder: "N", description: "worker threads (default: one a core)" },
    fit: { type: "boolean", description: "measure this machine's speed first (a second)" },
  },
  positionals: { min: 0, max: Infinity, what: "names of suites or claims" },
  run: async ({ values, positionals }, io) => {
    const tier = parseTier(values.tier);
    const engine = parseEngine(values.engine, values.fast, io);
    const workers =
      values.workers === undefined ? usableCores() : parseCount("--workers", values.workers, MOST_WORKERS);
    const roots = findRoots(values.root, io);
    const all = await knownClaims(roots.suites);
    const chosen = positionals.length === 0 ? all : selectClaims(positionals, all);
    const plan = planRun(chosen, tier, readProject(roots.repository).seed);
    const rates = values.fit
      ? INSTRUMENT.fitRates(await INSTRUMENT.open(engine), () => io.now().getTime() / 1000)
      : INSTRUMENT.rates(engine);
    const replicates =
      values.replicates === undefined ? undefined : parseCount("--replicates", values.replicates, MOST_REPLICATES);
    const claims = sizesOf(plan, rates, workers, replicates);
    io.stdout(
      values.json
        ? `${JSON.stringify({ tier, workers, rates, claims }, null, 2)}\n`
        : planText(claims, { columns: io.columns, tier, workers, fitted: values.fit }),
    );
    return EXIT.holds;
  },
});
