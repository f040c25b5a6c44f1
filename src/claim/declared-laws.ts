import type { AnyShape } from "../predictions/stated.ts";
import type { AnyClaim } from "./claim.ts";

/**
 * What a claim declares of its measures' laws beyond bounds on their cumulants, arm by arm, with the author's reason: a
 * verdict's error rate is promised for such laws alone, and the samples cannot show it, so that it stands wherever the verdict does.
 */
export function declaredLaws(claim: AnyClaim): readonly string[] {
  const arms: readonly (readonly [name: string, shape: AnyShape | undefined])[] = [
    ["", claim.prediction.shape],
    ...claim.controls.map(({ breaks, shape }) => [`, control ${String(breaks)}`, shape] as const),
  ];
  const said = arms.flatMap(([name, shape]) => [
    ...lawWords(name, shape),
    ...lawWords(`${name}, second arm`, shape?.against),
  ]);
  return [...new Set(said)];
}

function lawWords(arm: string, shape: AnyShape["against"]): readonly string[] {
  return [
    ...(shape?.normal ? [`values have a normal law${arm}: ${shape.normal.because}`] : []),
    ...(shape?.deviation ? [`values deviate by no more than theory says${arm}: ${shape.deviation.because}`] : []),
  ];
}
