import type { PlacedLayer } from "../../../networks/layered-network.ts";
import { groupsOf } from "../../../program/layers/normalisation-groups.ts";
import type { Place } from "../../place.ts";
import { curvaturePass, normalisePass, projectPass } from "../normalisation-passes.ts";
import { isWanted, type RecordedStep, type Recorder, type Signal } from "./recorded-step.ts";

/** Derivatives as in `program/layers/normalisation-layer.ts`. */
export function recordNormalisation(
  recorder: Recorder,
  layer: PlacedLayer,
  epsilon: number,
  entering: Signal,
): RecordedStep {
  const groups = groupsOf(layer, recorder.batch);
  const length = recorder.batch * entering.size;
  const y = recorder.take(length);
  const scales = recorder.take(groups.count);
  const { alarm, count } = recorder;
  recorder.passes.push(normalisePass({ groups, epsilon, x: entering.place, out: y, scales, alarm }, count));
  const project = (at: Recorder, a: Place, see: (place: Place) => Place) => {
    const out = at.take(length);
    at.passes.push(projectPass({ groups, a, y: see(y), scales: see(scales), out }, at.count));
    return out;
  };
  let cotangent = y;
  let along: { readonly rx: Place; readonly ry: Place } | undefined;
  return {
    output: { ...entering, place: y },
    backward(back, dy) {
      cotangent = dy;
      return isWanted(back, entering) ? project(back, dy, (place) => place) : undefined;
    },
    tangent(rows, rx) {
      if (rx === undefined) return undefined;
      const ry = project(rows, rx, rows.seen);
      along = { rx, ry };
      return ry;
    },
    tangentBackward(rows, moving) {
      if (along === undefined) return undefined;
      const out = project(rows, moving, rows.seen);
      const [dy, at, s] = [rows.seen(cotangent), rows.seen(y), rows.seen(scales)];
      rows.passes.push(curvaturePass({ groups, ...along, dy, y: at, scales: s, out }, rows.count));
      return out;
    },
  };
}
