/** What the page of engines draws; the site's generator writes one file of it. */
export interface EnginesData {
  readonly primary: string;
  readonly others: readonly EngineDots[];
}

/** The estimates of all claims on one engine, by how much of their bound their difference takes. */
export interface EngineDots {
  readonly engine: string;
  /** Estimates that are the same to the last bit of every observation, or without any difference. */
  readonly equal: number;
  /** Estimates for whose difference no bound was derived. */
  readonly unbounded: number;
  readonly dots: readonly AgreementDot[];
}

export interface AgreementDot {
  readonly claim: string;
  readonly slug: string | null;
  readonly label: string;
  readonly statistic: string;
  /** Part of the bound; null for more than can be counted, where the bound is 0. */
  readonly share: number | null;
  readonly inside: boolean;
  /** Difference and bound in words. */
  readonly words: string;
}
