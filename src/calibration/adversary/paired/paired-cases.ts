import type { Family } from "../../../statistics/question.ts";
import { EVERYWHERE } from "../../judges/judge-case.ts";
import type { AdversaryCase } from "../adversary-cases.ts";

const asked = { region: EVERYWHERE, rivals: [] };
const EXITS: Family = { skewness: 1.54, excessKurtosis: 4.01 };
const NORMAL: Family = { skewness: 0, excessKurtosis: 0, law: "normal" };

/** Judges of two measures of one replicate. */
export const PAIRED_CASES: readonly AdversaryCase[] = [
  {
    judge: "mean difference of pairs",
    declared: "skewness 1.54, excess kurtosis 4.01",
    question: { statistic: "paired-difference", ...asked, families: [EXITS] },
    groups: 1,
    part: 0.5,
  },
  {
    judge: "mean difference of pairs",
    declared: "a normal law",
    question: { statistic: "paired-difference", ...asked, families: [NORMAL] },
    groups: 1,
    part: 10,
  },
  {
    judge: "mean difference of pairs",
    declared: "values from 0 to 1",
    question: { statistic: "paired-difference", ...asked, range: [-1, 1] },
    groups: 1,
    replicates: 200,
    part: 0.5,
  },
  {
    judge: "ratio of the means of pairs",
    declared: "skewness 1.54, excess kurtosis 4.01",
    question: { statistic: "paired-ratio", ...asked, families: [EXITS] },
    groups: 1,
    replicates: 1600,
    part: 0.1,
  },
  {
    judge: "ratio of the means of pairs",
    declared: "a normal law",
    question: { statistic: "paired-ratio", ...asked, families: [NORMAL] },
    groups: 1,
    replicates: 64,
    part: 5,
  },
];
