import type { StandardLaw } from "../../predictions/synthetic/standard-law.ts";

/** Values that laws have drawn in one run of one arm, by where on its stream they begin. */
export type Memory = Map<string, Filled>;

interface Filled {
  readonly law: StandardLaw;
  readonly values: Float64Array;
  /** Where the stream was after them, and its last block: a second uniform may be left in it. */
  readonly position: number;
  readonly block: Int32Array;
}

export function newMemory(): Memory {
  return new Map();
}

/**
 * The law with its values drawn once: where it has filled as many from the same place of the run's stream, they are copied. Bytes
 * and positions are the law's own.
 */
export function remembered(law: StandardLaw, memory: Memory): StandardLaw {
  return {
    ...law,
    fill: (stream, out, from, to) => {
      if (to - from < FEWEST) return law.fill(stream, out, from, to);
      const place = `${stream.position} ${to - from}`;
      const known = memory.get(place);
      if (known?.law === law) {
        out.set(known.values, from);
        stream.position = known.position;
        stream.block.set(known.block);
        return;
      }
      law.fill(stream, out, from, to);
      memory.set(place, { law, values: out.slice(from, to), position: stream.position, block: stream.block.slice() });
    },
  };
}

/** A few values are drawn as quickly as found. */
const FEWEST = 16;
