import { nextUniform, type Stream } from "../../../numerics/random.ts";
import type { HazardRatioQuestion, SurvivalQuestion } from "../../../statistics/question.ts";
import { type TiltedLaw, tiltedBernoulli, tiltedLogUniform, tiltedSign } from "../../tilted/tilted-law.ts";
import { type Attack, linearAttack, type Share } from "../linear-attack.ts";

const PARTS_LEFT = [0.5, 0.1, 0.9];
/** Times in whole multiples of these, 0 for smooth ones. */
const STEPS = [0, 0.25];

/** Times before and after the limit, some of them lost at random, smooth or in steps. */
export function attacksOnTimes(question: SurvivalQuestion, sizes: readonly number[]): readonly Attack[] {
  const shares = [{ size: sizes[0]!, weight: 1 }];
  return STEPS.flatMap((step) =>
    timesOf(question).map((times) => timesAttack({ ...times, step, shares, censored: question.censored })),
  );
}

/** Exponential times of one hazard in both groups. */
export function attacksOnHazards({ censored }: HazardRatioQuestion, sizes: readonly number[]): readonly Attack[] {
  const shares = sizes.map((size, g) => ({ size, weight: g === 0 ? 1 : -1 }));
  const times = { law: tiltedLogUniform, words: "equal hazards", truth: 1, scale: 1, timeOf: (z: number) => 1 - z };
  return STEPS.map((step) => timesAttack({ ...times, step, shares, censored }));
}

interface Times {
  readonly law: TiltedLaw;
  readonly words: string;
  readonly truth: number;
  /** What a step is a part of. */
  readonly scale: number;
  readonly timeOf: (z: number, uniform: number) => number;
}

function timesOf({ of, limit = 1 }: SurvivalQuestion): readonly Times[] {
  switch (of) {
    case "fraction-left":
      return PARTS_LEFT.map((p) => ({
        law: tiltedBernoulli(p),
        words: `${p} never over`,
        truth: p,
        scale: limit,
        timeOf: (z, uniform) => (z > 0 ? Number.POSITIVE_INFINITY : limit * uniform),
      }));
    case "median-time":
      return [{ law: tiltedSign, words: "any continuous law", truth: 1, scale: 1, timeOf: (z) => 1 + z }];
    case "restricted-mean-time":
      return PARTS_LEFT.map((p) => ({
        law: tiltedBernoulli(p),
        words: `${p} beyond the limit, the others at half of it`,
        truth: limit * (0.5 + p / 2),
        scale: limit,
        timeOf: (z) => (z > 0 ? 2 * limit : limit / 2),
      }));
  }
}

function timesAttack({
  law,
  words,
  truth,
  scale,
  timeOf,
  step,
  shares,
  censored,
}: Times & { readonly step: number; readonly shares: readonly Share[]; readonly censored: boolean }): Attack {
  const total = shares.reduce((sum, { size }) => sum + size, 0);
  const rounded = (time: number) => (step === 0 ? time : step * scale * Math.ceil(time / (step * scale)));
  const attack = linearAttack(
    law,
    shares,
    (values, _group, uniforms) => values.map((z, i) => rounded(timeOf(z, uniforms[i]!))),
    (stream) => uniformsOf(stream, 2 * total),
  );
  return {
    ...attack,
    law: `${words}${step === 0 ? "" : ", in steps"}`,
    truth,
    groupsOf: (values, uniforms) => {
      const groups = attack.groupsOf(values, uniforms);
      if (!censored) return groups;
      let from = total;
      return groups.map(({ columns: [times] }) => {
        const own = uniforms.subarray(from, from + times!.length);
        from += times!.length;
        return {
          columns: lostFrom(
            times!,
            own.map((u) => untilOf(u, scale)),
          ),
        };
      });
    },
  };
}

/** Two thirds are never lost; the others at any time until twice the scale. */
function untilOf(uniform: number, scale: number): number {
  return uniform > 1 / 3 ? Number.POSITIVE_INFINITY : 6 * scale * uniform;
}

function lostFrom(times: Float64Array, until: Float64Array): readonly Float64Array[] {
  return [times.map((time, i) => Math.min(time, until[i]!)), times.map((time, i) => Number(until[i]! < time))];
}

function uniformsOf(stream: Stream, count: number): Float64Array {
  return Float64Array.from({ length: count }, () => nextUniform(stream));
}
