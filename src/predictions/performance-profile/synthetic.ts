import { nextUniform } from "../../numerics/random.ts";
import { knownBeyond } from "../../statistics/judges/aggregates/profile-judge.ts";
import type { Known, ProfileQuestion } from "../../statistics/question.ts";
import { gaussianLaw } from "../synthetic/standard-law.ts";
import { edgesFrom, type Synthetic, type SyntheticCase } from "../synthetic/synthetic.ts";

export const syntheticProfile: Synthetic<ProfileQuestion> = {
  knownTruth: knownBeyond,
  edges: (question, side) => edgesFrom(question, side, [-1, 1]),
  needsSpread: () => false,
  law: () => gaussianLaw,
  // tasks of one law, which leaves most to chance
  draw: (question, truth, { replicates, stream }) => {
    const shares = sharesAt(question, truth);
    const scores = [...question.thresholds, question.thresholds.at(-1)! + 1];
    const next = () => {
      const u = nextUniform(stream);
      return scores[shares.filter((share) => share > u).length]!;
    };
    return replicates.map((n) => ({ columns: [Float64Array.from({ length: n }, next)] }));
  },
  cases: [caseOf("along the edge of its band", -0.05, 0.1), caseOf("beyond its band at one threshold", 0.1, 0.1)],
};

/** What a share that never rises may be above each threshold: at most any upper bound so far, at least any lower one to come. */
interface Tube {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/**
 * A profile that lies beyond its band by exactly `truth`: inside along a whole edge, where it is most often taken to be outside; outside at
 * one threshold, where that is least often seen. Throws `RangeError` where there is none.
 */
function sharesAt(question: ProfileQuestion, truth: number): readonly number[] {
  const tube = {
    lower: question.lower.map((_, at) => Math.max(...question.lower.slice(at))),
    upper: question.upper.map((_, at) => Math.min(...question.upper.slice(0, at + 1))),
  };
  const shares = truth > 0 ? beyondAtOne(question, tube, truth) : alongEdge(tube, truth);
  if (shares?.every((share) => share >= 0 && share <= 1)) return shares;
  throw new RangeError(`synthesise of a performance profile requires one that lies beyond its band by ${truth}`);
}

/** What a difference of shares may be off by. */
const ROUNDED = 1e-12;

function alongEdge({ lower, upper }: Tube, truth: number): readonly number[] | undefined {
  const isAbove = upper.some((most) => most < 1);
  const shares = isAbove
    ? upper.map((most) => (most < 1 ? most + truth : 1))
    : lower.map((least) => (least > 0 ? least - truth : 0));
  return lower.every((least, at) => least === 0 || least - shares[at]! <= truth + ROUNDED) ? shares : undefined;
}

/** In the middle of the band, but for one threshold: that at which the share is nearest to one half, and varies most. */
function beyondAtOne(question: ProfileQuestion, { lower, upper }: Tube, truth: number): readonly number[] | undefined {
  const middle = upper.map((most, at) => (most + lower[at]!) / 2);
  const raised = [...upper.keys()]
    .filter((at) => upper[at]! < 1 && question.upper[at] === upper[at])
    .map((at) => ({ at, share: upper[at]! + truth, by: 1 }));
  const lowered = [...lower.keys()]
    .filter((at) => lower[at]! > 0 && question.lower[at] === lower[at])
    .map((at) => ({ at, share: lower[at]! - truth, by: -1 }));
  const [place] = [...raised, ...lowered].sort((a, b) => Math.abs(a.share - 0.5) - Math.abs(b.share - 0.5));
  return (
    place &&
    middle.map((share, at) => {
      // a share never rises: the earlier ones follow upwards, the later ones downwards
      if (place.by > 0) return at <= place.at ? Math.max(share, place.share) : share;
      return at >= place.at ? Math.min(share, place.share) : share;
    })
  );
}

function caseOf(label: string, truth: number, part: number): SyntheticCase<ProfileQuestion> {
  const known = Array.from({ length: 4 }, (): Known => ({ value: truth, spread: 1, counts: 1 }));
  const asks = { thresholds: [0.25, 0.5, 0.75], lower: [0.6, 0.35, 0.1], upper: [0.9, 0.65, 0.4] };
  return { judge: "performance profile", asks, truth, law: gaussianLaw, label, replicates: 40, known, part };
}
