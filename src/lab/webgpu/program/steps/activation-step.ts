import type { Place } from "../../place.ts";
import { type ActivationName, activationPass, elementwisePass, isCurved } from "../elementwise-pass.ts";
import { isWanted, type RecordedStep, type Recorder, type Signal } from "./recorded-step.ts";

/** h = f(z). Along a direction piecewise linear activations only mask; for curved ones f''(z) dLoss/dh is kept with the point. */
export function recordActivation(recorder: Recorder, activation: ActivationName, entering: Signal): RecordedStep {
  if (activation === "linear") return passThrough(entering);
  const { size, place: z, isDependent } = entering;
  const length = recorder.batch * size;
  const h = recorder.take(length);
  const first = recorder.take(length);
  const second = isCurved(activation) ? recorder.take(length) : undefined;
  const places = { z, h, first, second: second ?? first };
  recorder.passes.push(activationPass(activation, places, length, recorder.count));
  let along: Place | undefined;
  return {
    output: { ...entering, place: h },
    backward(back, dh) {
      if (!isWanted(back, entering)) return undefined;
      const dz = back.take(length);
      back.passes.push(elementwisePass({ kind: "product", x: dh, y: first, out: dz }, length, back.count));
      if (back.isCurved && second !== undefined) {
        back.passes.push(elementwisePass({ kind: "product", x: dh, y: second, out: second }, length, back.count));
      }
      return dz;
    },
    tangent(rows, rz) {
      along = rz;
      if (rz === undefined) return undefined;
      const rh = rows.take(length);
      rows.passes.push(elementwisePass({ kind: "product", x: rz, y: rows.seen(first), out: rh }, length, rows.count));
      return rh;
    },
    tangentBackward(rows, moving) {
      if (!isDependent) return undefined;
      const out = rows.take(length);
      const linear = { x: moving, y: rows.seen(first), out };
      const curved = second === undefined ? undefined : { u: rows.seen(second), v: along! };
      const operation =
        curved === undefined
          ? ({ kind: "product", ...linear } as const)
          : ({ kind: "products", ...linear, ...curved } as const);
      rows.passes.push(elementwisePass(operation, length, rows.count));
      return out;
    },
  };
}

function passThrough(entering: Signal): RecordedStep {
  return {
    output: entering,
    backward: (back, cotangent) => (isWanted(back, entering) ? cotangent : undefined),
    tangent: (_, tangent) => tangent,
    tangentBackward: (_, moving) => (entering.isDependent ? moving : undefined),
  };
}
