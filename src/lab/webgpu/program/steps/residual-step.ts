import type { Place } from "../../place.ts";
import { elementwisePass } from "../elementwise-pass.ts";
import { isWanted, type RecordedStep, type Recorder, type Signal } from "./recorded-step.ts";

/** y = x + scale * branch(x). */
export function recordResidual(
  recorder: Recorder,
  scale: number,
  recordBranch: (entering: Signal) => RecordedStep,
  entering: Signal,
): RecordedStep {
  const { place: x, size } = entering;
  const length = recorder.batch * size;
  const multiple = (at: Recorder, of: Place) => {
    const out = at.take(length);
    at.passes.push(elementwisePass({ kind: "multiple", x: of, out, factor: scale }, length, at.count));
    return out;
  };
  /** of + factor * more; what does not exist is zero. */
  const sum = (at: Recorder, of: Place | undefined, more: Place | undefined, factor: number) => {
    if (more === undefined) return of;
    if (of === undefined) return multiple(at, more);
    const out = at.take(length);
    at.passes.push(elementwisePass({ kind: "sum", x: of, y: more, out, factor }, length, at.count));
    return out;
  };
  const branch = recordBranch(entering);
  return {
    output: { ...branch.output, place: sum(recorder, x, branch.output.place, scale)! },
    backward(back, dy) {
      const dx = branch.backward(back, multiple(back, dy));
      return isWanted(back, entering) ? sum(back, dy, dx, 1) : undefined;
    },
    tangent: (rows, rx) => sum(rows, rx, branch.tangent(rows, rx), scale),
    tangentBackward(rows, moving) {
      if (!branch.output.isDependent) return undefined;
      const rdx = branch.tangentBackward(rows, multiple(rows, moving));
      return entering.isDependent ? sum(rows, moving, rdx, 1) : undefined;
    },
  };
}
