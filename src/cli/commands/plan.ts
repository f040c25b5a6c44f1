import { planText } from "../../report/terminal/plan-text.ts";
import { usableCores } from "../../run/machine.ts";
import { planRun } from "../../run/plan/plan.ts";
import { selectClaims } from "../arguments/claim-names.ts";
import { defineCommand } from "../arguments/command.ts";
import { MASTER_SEED, MOST_WORKERS, parseCount, parseEngine, parseTier } from "../arguments/option-values.ts";
import { EXIT } from "../exit-code.ts";
import { INSTRUMENT } from "../instrument.ts";
import { knownClaims } from "../known-claims.ts";
import { sizesOf } from "../plan-claim.ts";
import { findRoots } from "../roots.ts";

export default defineCommand({
  name: "plan",
  summary: "What each claim needs to be decided, what a tier gives it, what it would see, and how long it takes.",
  usage: "plan [suite|claim…] [options]",
  notes: ["Nothing is sampled. Where several cells are tested, the hardest is shown; of a control, the easiest."],
  examples: [
    { command: "plan vanishing --tier full", does: "does the full tier suffice?" },
    { command: "plan --tier deep --engine wasm", does: "what does the deep tier need, and how long does it take?" },
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
    workers: { type: "string", placeholder: "N", description: "worker threads (default: one a core)" },
    fit: { type: "boolean", description: "measure this machine's speed first (a second)" },
  },
  positionals: { min: 0, max: Infinity, what: "names of suites or claims" },
  run: async ({ values, positionals }, io) => {
    const tier = parseTier(values.tier);
    const engine = parseEngine(values.engine, values.fast);
    const workers =
      values.workers === undefined ? usableCores() : parseCount("--workers", values.workers, MOST_WORKERS);
    const all = await knownClaims(findRoots(values.root, io).suites);
    const chosen = positionals.length === 0 ? all : selectClaims(positionals, all);
    const plan = planRun(chosen, tier, MASTER_SEED);
    const rates = values.fit
      ? INSTRUMENT.fitRates(await INSTRUMENT.open(engine), () => io.now().getTime() / 1000)
      : INSTRUMENT.rates(engine);
    const claims = sizesOf(plan, rates, workers);
    io.stdout(
      values.json
        ? `${JSON.stringify({ tier, workers, rates, claims }, null, 2)}\n`
        : planText(claims, { columns: io.columns, tier, workers, fitted: values.fit }),
    );
    return EXIT.holds;
  },
});
