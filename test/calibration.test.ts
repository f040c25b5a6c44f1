import { describe, expect, test } from "vitest";
import adversary from "../docs/calibration/adversary.json" with { type: "json" };
import judges from "../docs/calibration/judges.json" with { type: "json" };
import { ADVERSARY_CASES } from "../src/calibration/adversary/adversary-cases.ts";
import type { AdversaryCalibration } from "../src/calibration/adversary/adversary-table.ts";
import { ADVERSARY_LEVELS, attackCase, isKept, isTried } from "../src/calibration/adversary/calibrate-adversary.ts";
import {
  COUNTED_LEVELS,
  type CountedRow,
  calibrateJudges,
  type JudgesCalibration,
  TILTED_LEVELS,
  type TiltedRow,
} from "../src/calibration/judges/calibrate-judges.ts";
import type { JudgeCase } from "../src/calibration/judges/judge-case.ts";
import { caseOf, JUDGE_CASES } from "../src/calibration/judges/judge-cases.ts";
import { plantedJudge } from "../src/calibration/judges/planted-judge.ts";
import { FALSE_ALARM } from "../src/calibration/rate.ts";
import type { ArmEvents } from "../src/calibration/suites/arm-events.ts";
import { calibrateSuites, SUITE_DEFAULTS, summariseSuite } from "../src/calibration/suites/calibrate-suites.ts";
import { suiteArms } from "../src/calibration/suites/suite-arms.ts";
import { TILTED_CASES } from "../src/calibration/tilted/tilted-cases.ts";
import { mean } from "../src/predictions/mean/kind.ts";
import { bilateralGammaLaw } from "../src/predictions/synthetic/standard-law.ts";
import escapeSuite from "../suites/orvieto2021/escape.suite.ts";
import { suites } from "./conformance/suites.ts";

// Seeds are fixed, so a test passes always or never. Each check was a gamble once: a sound judge fails it for one in a
// million seeds (FALSE_ALARM).
const SEED = 1;
const TRIALS = 10_000;

const none = { cases: [], tilted: [], trials: 1, tiltedTrials: 1, seed: SEED };

describe("by 10,000 seeded trials, of costly judges a part, a judge errs no more often than it promises", () => {
  test.each(
    JUDGE_CASES.filter(({ tableOnly }) => !tableOnly).map(
      (subject) => [`${subject.judge}, ${subject.law}, n = ${subject.replicates ?? "fewest"}`, subject] as const,
    ),
  )("%s", (_name, subject) => {
    const { counted } = calibrateJudges({ ...none, cases: [subject], trials: TRIALS, planned: false });
    expect(counted.map(({ alpha }) => alpha)).toEqual(expect.arrayContaining([...COUNTED_LEVELS]));
    expect(counted.filter(({ kept, planKept }) => !(kept && planKept))).toEqual([]);
    expect(counted.filter(({ refused }) => refused.events > 0)).toEqual([]);
  });
});

describe("at the levels of real suites a judge errs no more often than it promises", () => {
  test.each(TILTED_CASES.map((subject) => [`${subject.judge}, ${subject.law}`, subject] as const))(
    "%s",
    (_name, subject) => {
      const { tilted } = calibrateJudges({ ...none, tilted: [subject], tiltedTrials: 1500 });
      expect(tilted.filter(({ kept }) => !kept)).toEqual([]);
      // Exact judges use the level that they have, so that the check could fail; proved bounds seldom come near it.
      const exact = ["median", "proportion"].includes(subject.judge);
      if (exact) expect(Math.max(...tilted.flatMap(({ below, above }) => [below.rate, above.rate]))).toBeGreaterThan(0);
    },
  );
});

test("at the sizes that claims have judges do err, so that the checks above could fail", () => {
  const large = TILTED_CASES.filter(({ judge }) =>
    ["mean", "variance", "slope of means", "difference of means"].includes(judge),
  );
  for (const subject of large) {
    const { tilted } = calibrateJudges({
      ...none,
      tilted: [{ ...subject, replicates: 2000 }],
      tiltedTrials: 210,
      tiltedLevels: [1e-5],
    });
    const [{ below, above }] = tilted as readonly [(typeof tilted)[number]];
    expect([subject.judge, subject.law, Math.max(below.rate, above.rate) > 0]).toEqual([
      subject.judge,
      subject.law,
      true,
    ]);
  }
});

describe("the committed table of judges", () => {
  const { counted, tilted } = judges as unknown as JudgesCalibration;
  const named = ({ judge, law }: { readonly judge: string; readonly law: string }) => `${judge}, ${law}`;

  test("has every case of every kind at every level: calibrate --only judges --missing adds what it lacks", () => {
    const listed = JUDGE_CASES.flatMap((subject) => COUNTED_LEVELS.map((alpha) => `${named(subject)} at ${alpha}`));
    const rare = TILTED_CASES.flatMap((subject) => TILTED_LEVELS.map((alpha) => `${named(subject)} at ${alpha}`));
    const found = (rows: readonly (CountedRow | TiltedRow)[]) =>
      new Set(rows.map((row) => `${named(row)} at ${row.alpha}`));
    expect(found(counted)).toEqual(new Set(listed));
    expect(found(tilted)).toEqual(new Set(rare));
  });

  test("has no error rate and no plan beyond its promise", () => {
    expect([...counted, ...tilted].filter(({ kept }) => !kept)).toEqual([]);
    expect(counted.filter(({ planKept }) => !planKept)).toEqual([]);
    expect(counted.filter(({ undecided }) => undecided !== undefined).length).toBeGreaterThan(100);
  });
});

describe("the committed table of the adversary", () => {
  const { seed, trials, rows } = adversary as AdversaryCalibration;
  const key = ({ judge, declared }: { readonly judge: string; readonly declared: string }) => `${judge}: ${declared}`;

  test("has every judge at every level, and every claim's arm that has an interval", () => {
    const listed = ADVERSARY_CASES.flatMap((subject) => ADVERSARY_LEVELS.map((alpha) => `${key(subject)} at ${alpha}`));
    const found = rows.filter(({ claim }) => claim === undefined).map((row) => `${key(row)} at ${row.alpha}`);
    expect(found).toEqual(listed);
    expect(new Set(rows.flatMap(({ claim }) => claim ?? [])).size).toBeGreaterThan(100);
  });

  test("has each judged arm of every suite as it stands: calibrate --only adversary --missing adds what it lacks", () => {
    expect(suites.length).toBeGreaterThan(10);
    const arms = suites.flatMap((suite) => suiteArms(suite, SUITE_DEFAULTS.tier).arms);
    expect(arms.filter((arm) => !isTried(arm, rows)).map(({ name }) => name)).toEqual([]);
    const names = new Set(arms.map(({ name }) => name));
    expect(rows.flatMap(({ claim }) => (claim === undefined || names.has(claim) ? [] : [claim]))).toEqual([]);
  }, 300_000);

  test("has no rate beyond its promise: at most 1 and what chance adds", () => {
    expect(rows.filter((row) => !row.kept || row.rate > row.alpha + 4 * row.standardError)).toEqual([]);
    expect(rows.filter((row) => row.kept !== isKept(row, row.alpha))).toEqual([]);
  });

  test("is what its command finds, of four cheap judges at one level", () => {
    const cheap = ADVERSARY_CASES.filter(({ judge, declared }) =>
      ["proportion: any law", "median: any law", "mean: a normal law", "mean: values from 0 to 1"].includes(
        `${judge}: ${declared}`,
      ),
    );
    expect(cheap).toHaveLength(4);
    for (const subject of cheap) {
      const again = attackCase(subject, { seed, trials, levels: [1e-3] });
      expect(JSON.parse(JSON.stringify(again))).toEqual(
        rows.filter((row) => row.claim === undefined && key(row) === key(subject) && row.alpha === 1e-3),
      );
    }
  });
});

describe("a plain t interval on ln|U|, n = 120, alpha = 1e-5", () => {
  const law = { ...bilateralGammaLaw({ skewness: -2, excessKurtosis: 6 }), name: "ln |U|" };
  const honest = caseOf(mean, { judge: "mean", asks: {}, truth: 0.3, law, replicates: 120 });
  const planted: JudgeCase = { ...honest, instrument: plantedJudge };
  const counted = (subject: JudgeCase) =>
    calibrateJudges({ ...none, cases: [subject], trials: 100_000, countedLevels: [1e-5] }).counted[0]!;

  test("is caught by the count that the judge of means passes", () => {
    expect(counted(honest).kept).toBe(true);
    expect(counted(planted).kept).toBe(false);
  });

  test("is caught by the tilted sampling that the judge of means passes, and errs 38 times as often as it says", () => {
    const subject = {
      ...TILTED_CASES.find((each) => each.judge === "mean" && each.law === "ln |U|")!,
      replicates: 120,
    };
    const tilted = (instrument: JudgeCase["instrument"]) =>
      calibrateJudges({ ...none, tilted: [{ ...subject, instrument }], tiltedTrials: 20_000, tiltedLevels: [1e-5] })
        .tilted[0]!;
    expect(tilted(subject.instrument).kept).toBe(true);
    const { kept, above } = tilted(plantedJudge);
    expect(kept).toBe(false);
    // 38 times by an independent simulation of 10^7 plain trials; both have a standard error of about 2.
    expect(above.rate / 1e-5).toBeGreaterThan(30);
    expect(above.rate / 1e-5).toBeLessThan(46);
  });
});

describe("whole suites on synthetic truth", () => {
  const options = { ...SUITE_DEFAULTS, trials: 60, seed: SEED };

  test("the suite escape keeps its promises in every setting, as far as 60 runs show", () => {
    const [table] = calibrateSuites([escapeSuite], options);
    expect(table!.omitted).toEqual([]);
    expect(table!.rows.filter(({ kept }) => !kept)).toEqual([]);
    expect(table!.arms).toBeGreaterThan(escapeSuite.claims.length);
  });

  test("events in 5 of 60 runs break a promise of one in a thousand, and one does not", () => {
    const events = (runs: number): ArmEvents => ({
      arm: "a claim, claimed",
      setting: "outside",
      trials: { undecided: [], "false verdict": Array.from({ length: runs }, (_, run) => run), refused: [] },
    });
    const keptWith = (runs: number) =>
      summariseSuite(escapeSuite, [events(runs)], options).rows.find(
        ({ setting, event }) => setting === "outside" && event === "false verdict",
      )!.kept;
    // P(Bin(60, 1e-3) >= 5) = 5e-9 and P(>= 1) = .06, against FALSE_ALARM.
    expect(FALSE_ALARM).toBe(1e-6);
    expect(keptWith(5)).toBe(false);
    expect(keptWith(1)).toBe(true);
  });
});
