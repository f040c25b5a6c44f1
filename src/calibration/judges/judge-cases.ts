import type { Stream } from "../../numerics/random.ts";
import { ALL_KINDS, type AnyKind, type AnyQuestion } from "../../predictions/kinds.ts";
import { synthesise } from "../../predictions/synthesise.ts";
import type { SyntheticCase } from "../../predictions/synthetic/synthetic.ts";
import type { Group } from "../../statistics/judges/judge.ts";
import type { Region } from "../../statistics/question.ts";
import { EVERYWHERE, type JudgeCase } from "./judge-case.ts";

/**
 * Every judge on light and heavy laws inside what it guarantees, at the fewest replicates that it accepts (where its
 * approximations are worst) unless `replicates` says otherwise, each group of the size.
 */
export const JUDGE_CASES: readonly JudgeCase[] = ALL_KINDS.flatMap((kind) =>
  kind.synthetic.cases.map((one) => caseOf(kind, one)),
);

/** One case: the kind's judge, on draws that have the statistic. */
export function caseOf(
  { statistic, judge }: Pick<AnyKind, "statistic" | "judge">,
  synthetic: SyntheticCase<AnyQuestion>,
): JudgeCase {
  const { law, truth, label, replicates, part, tableOnly = false } = synthetic;
  const known = synthetic.known ?? [{ value: truth, spread: 1, counts: 1 }];
  const family = synthetic.family ?? { skewness: Math.abs(law.skewness), excessKurtosis: law.excessKurtosis };
  const families = known.map(() => family);
  const question = (region: Region) =>
    ({ statistic, ...synthetic.asks, region, rivals: [], known, families }) as unknown as AnyQuestion;
  const whole = question(EVERYWHERE);
  return {
    judge: synthetic.judge,
    law: label ?? law.name,
    instrument: judge,
    question,
    truth,
    groups: known.length,
    tableOnly,
    draw: (sizes: readonly number[], stream: Stream): readonly Group[] => synthesise(whole, truth, sizes, stream, law),
    ...(replicates === undefined ? {} : { replicates }),
    ...(part === undefined ? {} : { part }),
  };
}
