import { openStream } from "../../numerics/random.ts";
import { LANES, type StreamKey } from "../../numerics/stream.ts";
import { normalQuantile } from "../../statistics/quantiles.ts";
import { exceeds, FALSE_ALARM } from "../rate.ts";
import type { TiltedCase } from "../tilted/tilted-cases.ts";
import { type TiltedRate, tiltedRates } from "../tilted/tilted-rate.ts";
import { wordOf } from "./case-key.ts";
import { type Counted, countTrials } from "./count-trials.ts";
import { fewestReplicates, type JudgeCase } from "./judge-case.ts";

/** Levels that counting resolves. */
export const COUNTED_LEVELS = [1e-2, 1e-3] as const;
/** Levels that suites really use. */
export const TILTED_LEVELS = [1e-5, 1e-6, 1e-7] as const;

export interface JudgesOptions {
  readonly cases: readonly JudgeCase[];
  readonly tilted: readonly TiltedCase[];
  /** Trials of a case whose `part` is 1, at each level. */
  readonly trials: number;
  /** Tilted trials of such a case, at each level. */
  readonly tiltedTrials: number;
  readonly countedLevels?: readonly number[];
  readonly tiltedLevels?: readonly number[];
  /** Whether to count at ten times the fewest replicates too. */
  readonly planned?: boolean;
  /** 32 bits. */
  readonly seed: number;
  readonly progress?: (done: number, all: number, label: string) => void;
}

/** A judge on one truth at one level, by counting. */
export interface CountedRow extends Counted {
  readonly judge: string;
  readonly law: string;
  readonly truth: number;
  /** Neither error exceeds its level so far that chance would explain it with less than FALSE_ALARM. */
  readonly kept: boolean;
  /** The same of the chance to stay undecided that the judge plans with. */
  readonly planKept: boolean;
}

/** A judge on one truth at one of the small levels, by tilted sampling. */
export interface TiltedRow {
  readonly judge: string;
  readonly law: string;
  readonly alpha: number;
  readonly replicates: number;
  readonly below: TiltedRate;
  readonly above: TiltedRate;
  readonly kept: boolean;
}

export interface JudgesCalibration {
  readonly seed: number;
  readonly falseAlarm: number;
  readonly counted: readonly CountedRow[];
  readonly tilted: readonly TiltedRow[];
}

/** False-verdict rates and power of judges on synthetic truth. Pure: the same options give the same table. */
export function calibrateJudges(options: JudgesOptions): JudgesCalibration {
  const { cases, tilted, seed, progress, countedLevels = COUNTED_LEVELS, tiltedLevels = TILTED_LEVELS } = options;
  const jobs = cases.length + tilted.length;
  const counted = cases.flatMap((subject, i) => {
    progress?.(i, jobs, `${subject.judge}, ${subject.law}`);
    return countedLevels.flatMap((alpha) => countedRows(subject, alpha, options));
  });
  const rare = tilted.flatMap((subject, i) => {
    progress?.(cases.length + i, jobs, `${subject.judge}, ${subject.law}, small levels`);
    return tiltedLevels.map((alpha) => tiltedRow(subject, alpha, options));
  });
  return { seed, falseAlarm: FALSE_ALARM, counted, tilted: rare };
}

/** At the fewest replicates, where errors are largest, and at ten times as many, where plans are made. */
function countedRows(subject: JudgeCase, alpha: number, options: JudgesOptions): readonly CountedRow[] {
  const { judge, law } = subject;
  const key = keyOf(options.seed, `${judge}, ${law}`, alpha);
  const count = Math.max(1, Math.round(options.trials * (subject.part ?? 1)));
  if (subject.replicates !== undefined) {
    return [countedRow(subject, { alpha, size: subject.replicates, trials: count, key })];
  }
  const fewest = fewestReplicates(subject, alpha, (tried) => openStream(key, tried, LANES.choice));
  const worst = countedRow(subject, { alpha, size: fewest, trials: count, key });
  if (options.planned === false) return [worst];
  const trials = Math.ceil(count / PLANNED_SIZE);
  return [worst, countedRow(subject, { alpha, size: PLANNED_SIZE * fewest, trials, key })];
}

/** Times the fewest replicates: about where the claims' own sizes lie. */
const PLANNED_SIZE = 10;

interface Sized {
  readonly alpha: number;
  readonly size: number;
  readonly trials: number;
  readonly key: StreamKey;
}

function countedRow(subject: JudgeCase, { alpha, size, trials, key }: Sized): CountedRow {
  const { judge, law, truth } = subject;
  const replicates = Array<number>(subject.groups).fill(size);
  const counted = countTrials(subject, { alpha, replicates, trials, key });
  const kept = !exceeds(counted.below, alpha, FALSE_ALARM) && !exceeds(counted.above, alpha, FALSE_ALARM);
  const { undecided } = counted;
  const planKept = undecided === undefined || !exceeds(undecided.rate, undecided.promised, FALSE_ALARM);
  return { judge, law, truth, ...counted, kept, planKept };
}

function tiltedRow(subject: TiltedCase, alpha: number, { tiltedTrials, seed }: JudgesOptions): TiltedRow {
  const { judge, law, truth, question, instrument, toGroups } = subject;
  const key = keyOf(seed, `${judge}, ${law}`, alpha);
  const replicates = subject.replicates ?? fewestTilted(subject, alpha, key);
  const trials = Math.max(1, Math.round(tiltedTrials * (subject.part ?? 1)));
  const [below, above] = tiltedRates(
    subject.design(replicates),
    (values, context) => {
      const { low, high } = instrument.bounds(toGroups(values, context), question, alpha);
      return [high < truth, low > truth];
    },
    { trials, key, standardDeviations: normalQuantile(alpha) },
  ) as readonly [TiltedRate, TiltedRate];
  return { judge, law, alpha, replicates, below, above, kept: believable(below, alpha) && believable(above, alpha) };
}

/** Whether an estimate, less as many standard errors as a false alarm allows, is within the promise. */
function believable({ rate, standardError }: TiltedRate, promised: number): boolean {
  return rate - normalQuantile(FALSE_ALARM) * standardError <= promised;
}

function fewestTilted(subject: TiltedCase, alpha: number, key: StreamKey): number {
  const { judge, law, instrument, question, truth, groups } = subject;
  const draw = (replicates: readonly number[], stream: ReturnType<typeof openStream>) => {
    const design = subject.design(replicates[0]!);
    const { context } = design.prepare(stream);
    const values = new Float64Array(replicates[0]! * groups);
    design.law.fill(stream, values, 0, values.length, 0);
    return subject.toGroups(values, context);
  };
  const plain: JudgeCase = { judge, law, instrument, truth, groups, question: () => question, draw };
  return fewestReplicates(plain, alpha, (tried) => openStream(key, tried, LANES.choice));
}

function keyOf(seed: number, name: string, alpha: number): StreamKey {
  return [seed, wordOf(name, 0), wordOf(name, 1), Math.round(1 / alpha)];
}
