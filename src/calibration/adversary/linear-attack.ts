import type { Stream } from "../../numerics/random.ts";
import type { Group } from "../../statistics/judges/judge.ts";
import type { TiltedLaw } from "../tilted/tilted-law.ts";
import type { Block, TiltedDesign } from "../tilted/tilted-rate.ts";

/** One law on which a judge is tried at numbers of replicates: how values are drawn, tilted towards errors, and what they mean. */
export interface Attack {
  readonly law: string;
  readonly design: TiltedDesign<Float64Array>;
  readonly groupsOf: (values: Float64Array, context: Float64Array) => readonly Group[];
  /** The statistic's value under the law, untilted. */
  readonly truth: number;
}

/** A group of a contrast: its values, and by how much the statistic moves with their mean, in their own deviations. */
export interface Share {
  readonly size: number;
  readonly weight: number;
}

/** Values drawn alike in each group, and the groups that `valuesOf` makes of them; the statistic is 0. */
export function linearAttack(
  law: TiltedLaw,
  shares: readonly Share[],
  valuesOf: (standard: Float64Array, group: number, context: Float64Array) => Float64Array,
  context: (stream: Stream) => Float64Array = () => NONE,
): Attack {
  const blocks: readonly Block[] = shares.map(({ size, weight }) => ({ size, influence: weight / size }));
  return {
    law: law.name,
    design: { law, prepare: (stream) => ({ blocks, context: context(stream) }) },
    truth: 0,
    groupsOf: (values, drawn) => {
      let from = 0;
      return shares.map(({ size }, g) => {
        const own = values.subarray(from, from + size);
        const before = drawn.subarray(from, from + size);
        from += size;
        return { columns: [valuesOf(own, g, before)] };
      });
    },
  };
}

const NONE = new Float64Array(0);
