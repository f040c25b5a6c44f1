import type { AnyExpected } from "../predictions/stated.ts";
import type { AnyClaim } from "./claim.ts";

/**
 * What a claim declares of its measures' laws beyond bounds on their cumulants, arm by arm, with the author's reason: a
 * verdict's error rate is promised for such laws alone, and the samples cannot show it, so that it stands wherever the verdict does.
 */
export function declaredLaws(claim: AnyClaim): readonly string[] {
  const arms: readonly (readonly [name: string, expected: AnyExpected | undefined])[] = [
    ["", claim.prediction.expected],
    ...claim.controls.map(({ breaks, expected }) => [`, control ${String(breaks)}`, expected] as const),
  ];
  const said = arms.flatMap(([name, expected]) => [
    ...lawWords(name, expected),
    ...lawWords(`${name}, second arm`, expected?.against),
  ]);
  return [...new Set(said)];
}

function lawWords(arm: string, expected: AnyExpected["against"]): readonly string[] {
  return [
    ...(expected?.normal ? [`values have a normal law${arm}: ${expected.normal.because}`] : []),
    ...(expected?.deviation ? [`values deviate by no more than theory says${arm}: ${expected.deviation.because}`] : []),
  ];
}
