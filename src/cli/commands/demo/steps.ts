/** A change of one text in one file of the demo's project. */
export interface Edit {
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
}

/** A command line after `plateau`, the status that it has to end with, and which of its lines a person is shown. */
export interface DemoCommand {
  readonly words: readonly string[];
  readonly exit: number;
  readonly shows: RegExp;
}

/** Some edits, then commands; then the edits are taken back. */
export interface DemoStep {
  readonly says: string;
  readonly edits: readonly Edit[];
  readonly commands: readonly DemoCommand[];
}

export const DEMO_PAPER = "demo";
/** The text that quotes the evidence. */
export const TEXT = "paper.md";
/** Stands in the text until there is evidence. */
export const ESTIMATE = "ESTIMATE";

const CLAIM = "demo/geometry/norm-is-kept";
export const QUOTED = { claim: CLAIM, unit: "dimensions 64" } as const;
const RUN = { words: ["run"], shows: /^[✓✗].* (?:holds|fails)|^[✓✗] (?:holds|fails): |^1 claim: / } as const;
const CHECK = { words: ["check", TEXT], shows: /./ } as const;

export const TEXT_AT_FIRST = `A random projection to 64 dimensions keeps the norm in
<!-- plateau: ${CLAIM} estimate unit="${QUOTED.unit}" -->${ESTIMATE}<!-- /plateau --> of all draws;
the claim is <!-- plateau: ${CLAIM} verdict -->supported<!-- /plateau -->.
`;

/** Before there is evidence to quote. */
export const BEGINNING: readonly DemoStep[] = [
  {
    says: "A claim: a random projection keeps norms. Its control breaks one assumption, and has to be refuted.",
    edits: [],
    commands: [{ ...RUN, exit: 0 }],
  },
  {
    says: "Its evidence is accepted: files in git, against which each later run is compared.",
    edits: [],
    commands: [{ words: ["accept", "--reason", "first evidence"], exit: 0, shows: /^accepted/ }],
  },
];

/** What follows once the text quotes the evidence: three faults, one at a time. */
export const FAULTS: readonly DemoStep[] = [
  {
    says: `A text, ${TEXT}, quotes an estimate and a verdict: it says what the evidence does.`,
    edits: [],
    commands: [{ ...CHECK, exit: 0 }],
  },
  {
    says: "1. A fault in the code: a factor of 1.6 that does not belong there. The claim is refuted.",
    edits: [{ file: "benchmarks/random-projection.js", from: "(scale / to)", to: "((1.6 * scale) / to)" }],
    commands: [{ ...RUN, exit: 1 }],
  },
  {
    says: "2. A margin made easy: at least 0.2 instead of Chernoff's bound. It holds, and is not what was accepted.",
    edits: [
      {
        file: `suites/${CLAIM}.claim.js`,
        from: "1 - 2 * exp(-dimensions / 24)",
        to: "0.2 + 0 * exp(-dimensions)",
      },
    ],
    commands: [
      { ...RUN, exit: 0 },
      { words: ["compare"], exit: 1, shows: /✗|definition|bound|region/ },
    ],
  },
  {
    says: "3. A lie in the text: a rounder number, and a verdict that nobody gave.",
    edits: [
      { file: TEXT, from: /-->[\d.]+ %/, to: "-->99.99 %" },
      { file: TEXT, from: "supported", to: "undecided" },
    ],
    commands: [{ ...CHECK, exit: 1 }],
  },
  { says: "All of it taken back:", edits: [], commands: [{ ...CHECK, exit: 0 }] },
];
