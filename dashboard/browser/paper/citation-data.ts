export type Relation = "paper" | "cites" | "referenced" | "same-topic";

/** One work of the network; the paper itself is one too. */
export interface Work {
  readonly id: string;
  readonly title: string;
  readonly authors: readonly string[];
  readonly year: number;
  readonly url: string | null;
  readonly relation: Relation;
  readonly basis: string;
  readonly claim: string | null;
}

export const RELATION_WORDS: Readonly<Record<Relation, string>> = {
  paper: "the paper",
  cites: "cites the paper",
  referenced: "referenced by the paper",
  "same-topic": "same topic",
};

/** `Noci et al. 2022`, or `Noci 2022` where there is little room. */
export function shortName({ authors, year }: Work, brief: boolean): string {
  const [first = "", second] = authors.map((name) => name.split(" ").at(-1) ?? "");
  const names = brief
    ? first
    : authors.length > 2
      ? `${first} et al.`
      : second === undefined
        ? first
        : `${first} & ${second}`;
  return `${names} ${year}`;
}
