import type { DiffusionProcess } from "../src/lab/contract/diffusion.ts";
import type { Context, Experiment } from "../src/lab/contract/experiment.ts";
import { log } from "../src/numerics/elementary.ts";

export type ExitMeasure = "steps" | "scaledTime" | "logSteps" | "stepsOff";

const measures: Experiment<ExitMeasure>["measures"] = {
  steps: { kind: "time", rounding: "underived", description: "steps until |x| reaches the radius" },
  scaledTime: {
    kind: "time",
    rounding: "underived",
    description: "steps times ln(1 + rate * curvature): time in units of the plateau's own growth",
  },
  logSteps: { kind: "log", rounding: "underived", description: "ln of the steps until |x| reaches the radius" },
  stepsOff: { kind: "raw", rounding: "underived", description: "distance in steps from the formula's time" },
};

/**
 * Escape from a maximum of -curvature |x|^2 / 2 by gradient descent, with noise or after a kick.
 * @param options.meanSteps about how many steps a replicate takes, for planning
 * @param options.formula time that `stepsOff` is measured from
 */
export function diffusionExit(
  process: DiffusionProcess,
  options: { readonly meanSteps: number; readonly formula?: number },
): Experiment<ExitMeasure> {
  const { meanSteps, formula = meanSteps } = options;
  const draws = meanSteps * process.directions;
  return {
    name: "diffusion-exit",
    module: import.meta.url,
    setup: { process: { ...process } as never, formula },
    measures,
    cost: { draws, multiplyAdds: 3 * draws },
    observe: (context) => observe(process, formula, context),
  };
}

function observe(process: DiffusionProcess, formula: number, { engine, streams }: Context) {
  const { times: steps } = engine.diffusionExits({ process, streams });
  const unit = log(1 + process.rate * process.curvature);
  return {
    steps,
    scaledTime: steps.map((time) => time * unit),
    logSteps: steps.map((time) => log(time)),
    stepsOff: steps.map((time) => Math.abs(time - formula)),
  };
}
