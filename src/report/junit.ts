import type { ArmEvidence, ClaimEvidence, Result } from "../claim/result.ts";
import { sanitise } from "./layout/sanitise.ts";
import { originLabel } from "./words/origin-words.ts";
import { unitText } from "./words/unit-text.ts";
import { worstUnit } from "./worst-unit.ts";

/**
 * A run as JUnit XML in the shape of junit-10.xsd (Jenkins xunit plugin): a suite for each suite, a test case for each arm.
 * JUnit knows no "undecided": at a tier that must decide it is an error, at smoke a skipped test with that reason; it is
 * never a pass.
 */
export function junitReport(result: Result): string {
  const { evidence, provenance } = result;
  const suites = evidence.suites.map(({ name }) => {
    const claims = evidence.claims.filter(({ suite }) => suite === name);
    const cases = claims.flatMap((claim) => {
      const seconds = provenance.claimSeconds[claim.id] ?? 0;
      // the claim's time is counted once, at its claimed arm
      return claim.arms.map((arm) => testCase(claim, arm, evidence.tier, arm.kind === "claimed" ? seconds : 0));
    });
    return { name, cases, seconds: cases.reduce((sum, each) => sum + each.seconds, 0) };
  });
  const all = suites.flatMap(({ cases }) => cases);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="plateau" ${totals(all)} time="${provenance.seconds.toFixed(3)}">`,
    ...suites.flatMap(({ name, cases, seconds }) => [
      `  <testsuite name="${escapeXml(name)}" ${counts(cases)} time="${seconds.toFixed(3)}" timestamp="${escapeXml(provenance.startedAt.replace(/(\.\d+)?Z$/, ""))}">`,
      "    <properties>",
      ...Object.entries({
        tier: evidence.tier,
        seed: evidence.seed,
        engine: provenance.engine.name,
        commit: provenance.commit ?? "unknown",
      }).map(([key, value]) => `      <property name="${key}" value="${escapeXml(value)}"/>`),
      "    </properties>",
      ...cases.map(({ xml }) => xml),
      "  </testsuite>",
    ]),
    "</testsuites>",
    "",
  ];
  return lines.join("\n");
}

type Verdict = "passed" | "failure" | "error" | "skipped";

interface TestCase {
  readonly verdict: Verdict;
  readonly seconds: number;
  readonly xml: string;
}

function testCase(claim: ClaimEvidence, arm: ArmEvidence, tier: string, seconds: number): TestCase {
  const verdict = verdictOf(arm, tier);
  const name = arm.kind === "claimed" ? `${claim.title}${originLabel(claim)}` : `control ${arm.name}: ${claim.title}`;
  const open = `    <testcase name="${escapeXml(name)}" classname="${escapeXml(claim.id.replaceAll("/", "."))}" time="${seconds.toFixed(3)}"`;
  if (verdict === "passed") return { verdict, seconds, xml: `${open}/>` };
  const message = escapeXml(messageOf(arm));
  const inner =
    verdict === "skipped"
      ? `<skipped message="${message}"/>`
      : `<${verdict} type="${arm.state}" message="${message}"/>`;
  return { verdict, seconds, xml: `${open}>\n      ${inner}\n    </testcase>` };
}

function verdictOf({ kind, state }: ArmEvidence, tier: string): Verdict {
  if (state === "skipped") return "skipped";
  if (state === "crashed" || state === "timed-out") return "error";
  if (state === "inconclusive") return tier === "smoke" ? "skipped" : "error";
  return (state === "supported") === (kind === "claimed") ? "passed" : "failure";
}

function messageOf(arm: ArmEvidence): string {
  if (arm.reason !== undefined) return `${arm.state}: ${arm.reason}`;
  const unit = worstUnit(arm);
  const said = arm.state === "inconclusive" ? "undecided" : arm.state;
  if (unit === undefined) return said;
  const { predicted, margin, measured, interval } = unitText(unit);
  const needed = [predicted, margin].filter((part) => part !== "").join(" ");
  const must = arm.kind === "control" && arm.state === "supported" ? ", and a control must not be" : "";
  return `${said} at ${unit.label || "its one cell"}: measured ${measured} (${interval}), predicted ${needed}${must}`;
}

/** The schema knows no `skipped` of all suites together; each suite has its own. */
function totals(cases: readonly TestCase[]): string {
  return counts(cases).replace(/ skipped="\d+"$/, "");
}

function counts(cases: readonly TestCase[]): string {
  const of = (verdict: Verdict) => cases.filter((each) => each.verdict === verdict).length;
  return `tests="${cases.length}" failures="${of("failure")}" errors="${of("error")}" skipped="${of("skipped")}"`;
}

/** Text for an attribute; characters that XML 1.0 forbids are dropped. */
export function escapeXml(text: string): string {
  const named: { readonly [mark: string]: string } = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&apos;",
  };
  return sanitise(text)
    .replace(/[^\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[&<>"']/g, (mark) => named[mark]!);
}
