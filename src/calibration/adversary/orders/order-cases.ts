import { EVERYWHERE } from "../../judges/judge-case.ts";
import type { AdversaryCase } from "../adversary-cases.ts";

const asked = { region: EVERYWHERE, rivals: [] };
const ANY = { declared: "any law", part: 0.5 };

/** Judges of who is ahead of whom. */
export const ORDER_CASES: readonly AdversaryCase[] = [
  { ...ANY, judge: "superiority", question: { statistic: "superiority", ...asked }, groups: 2, replicates: 60 },
  {
    ...ANY,
    judge: "superiority",
    declared: "any law, two strata",
    question: { statistic: "superiority", ...asked },
    groups: 4,
    replicates: 60,
  },
  {
    ...ANY,
    judge: "paired superiority",
    question: { statistic: "paired-superiority", ...asked },
    groups: 1,
    replicates: 100,
  },
  {
    ...ANY,
    judge: "paired superiority",
    declared: "any law, two strata",
    question: { statistic: "paired-superiority", ...asked },
    groups: 2,
    replicates: 60,
  },
];
