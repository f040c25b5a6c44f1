import type { ParameterArray } from "../../../networks/layered-network.ts";
import { further, type Place } from "../../place.ts";
import { elementwisePass } from "../elementwise-pass.ts";
import { everything, groupSumPass } from "../group-passes.ts";
import { isWanted, type RecordedStep, type Recorder, type Signal } from "./recorded-step.ts";

/** y = alpha x with one learned alpha. */
export function recordMultiplier(
  recorder: Recorder,
  [array]: readonly ParameterArray[],
  entering: Signal,
): RecordedStep {
  const { place: x, size, isDependent } = entering;
  const { offset } = array!;
  const length = recorder.batch * size;
  const scaled = (at: Recorder, of: Place, by: Place, more?: { readonly of: Place; readonly by: Place }) => {
    const out = at.take(length);
    const one = { x: of, scalar: further(by, offset), out };
    const operation =
      more === undefined
        ? ({ kind: "scaled", ...one } as const)
        : ({ kind: "both-scaled", ...one, y: more.of, other: further(more.by, offset) } as const);
    at.passes.push(elementwisePass(operation, length, at.count));
    return out;
  };
  const dot = (at: Recorder, a: Place, b: Place, out: Place, accumulate: boolean) =>
    at.passes.push(groupSumPass({ groups: everything(length), a, b, out: further(out, offset), accumulate }, at.count));
  const y = scaled(recorder, x, recorder.parameters);
  let cotangent = y;
  let along: Place | undefined;
  return {
    output: { place: y, size, isDependent: true },
    backward(back, dy) {
      cotangent = dy;
      if (back.gradients !== undefined) dot(back, dy, x, back.gradients, false);
      return isWanted(back, entering) ? scaled(back, dy, back.parameters) : undefined;
    },
    tangent(rows, rx) {
      along = rx;
      const more = rx === undefined ? undefined : { of: rx, by: rows.parameters };
      return scaled(rows, rows.seen(x), rows.vectors, more);
    },
    tangentBackward(rows, moving) {
      const dy = rows.seen(cotangent);
      dot(rows, moving, rows.seen(x), rows.products, false);
      if (along !== undefined) dot(rows, dy, along, rows.products, true);
      return isDependent ? scaled(rows, moving, rows.parameters, { of: dy, by: rows.vectors }) : undefined;
    },
  };
}
