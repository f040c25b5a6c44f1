import { numberText } from "./number-words.js";

/** What one run found; the site's form of a line of history. */
export interface Run {
  readonly at: string;
  readonly commit: string | null;
  readonly tier: string;
  readonly seed: string;
  readonly claims: readonly RunClaim[];
}

export interface RunClaim {
  readonly id: string;
  readonly hash: string;
  readonly outcome: string;
  readonly units: readonly RunUnit[];
}

export interface RunUnit {
  readonly label: string;
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly state: string;
}

/** A file that Framework attaches to the page. */
export interface Attached {
  readonly json: () => Promise<unknown>;
}

export type Titles = Readonly<Record<string, { readonly title: string; readonly slug: string }>>;

const OUTCOMES: Readonly<Record<string, readonly [symbol: string, tone: string]>> = {
  holds: ["✓", "good"],
  fails: ["✗", "bad"],
  undecided: ["?", "open"],
  crashed: ["!", "broken"],
  "timed-out": ["!", "broken"],
  skipped: ["○", "open"],
};

export function badge(outcome: string): HTMLElement {
  const [symbol, tone] = OUTCOMES[outcome] ?? ["–", "open"];
  const mark = document.createElement("span");
  mark.className = `badge ${tone}`;
  mark.textContent = `${symbol} ${outcome}`;
  return mark;
}

/** A table row of cells, the first a header; text stays text. */
export function tableRow(cells: readonly (string | Node)[]): HTMLTableRowElement {
  const row = document.createElement("tr");
  row.append(
    ...cells.map((content, index) => {
      const cell = document.createElement(index === 0 ? "th" : "td");
      if (index === 0) cell.setAttribute("scope", "row");
      cell.append(content);
      return cell;
    }),
  );
  return row;
}

export function claimLink(id: string, titles: Titles): Node {
  const known = titles[id];
  if (known === undefined) return breakable(id);
  const link = document.createElement("a");
  link.href = `./claims/${known.slug}`;
  link.textContent = known.title;
  return link;
}

/** An id that goes on in the next line after a slash or a hyphen and nowhere else, and is copied as it is. */
function breakable(id: string): Node {
  const whole = document.createElement("span");
  whole.className = "id";
  whole.append(...id.split(/(?<=[/-])/).flatMap((part) => [part, document.createElement("wbr")]));
  return whole;
}

/** Titles of the claims' pages. */
export type PageTitles = Readonly<Record<string, string>>;

export function pageLink(slug: string, titles: PageTitles): Node {
  const link = document.createElement("a");
  link.href = `./claims/${slug}`;
  link.textContent = titles[slug] ?? slug;
  return link;
}

/** A number with so many digits as a reader needs. */
export function short(value: number | null): string {
  return value === null ? "–" : numberText(Number(value.toPrecision(4)));
}
