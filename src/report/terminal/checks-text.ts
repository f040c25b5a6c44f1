import { createColors } from "picocolors";
import { wrap } from "../layout/wrap.ts";

/** One thing that was looked at. */
export interface Check {
  readonly name: string;
  /** `absent`: not there, and nothing needs it. */
  readonly state: "works" | "absent" | "broken";
  readonly detail: string;
  /** The one command that mends it. */
  readonly cure?: string;
  /** Of an engine: its name. */
  readonly engine?: string;
  /** Of an engine. */
  readonly versions?: Readonly<Record<string, string>>;
}

interface Drawing {
  readonly columns: number;
  readonly color: boolean;
}

/** An engine in one line: its own version, or the command that cures it. */
export function inShort(check: Check): Check {
  const { engine, versions, cure, ...rest } = check;
  if (engine === undefined) return check;
  if (versions !== undefined) return { ...rest, detail: versions[engine] ?? "ready" };
  return cure === undefined ? check : { ...rest, detail: "", cure };
}

/** What was looked at, in a table of one entry each. A cure is a line of its own and never broken, so that it can be copied. */
export function checksText(checks: readonly Check[], { columns, color }: Drawing): string {
  const colors = createColors(color);
  const words = {
    works: `✓ ${colors.green("works")} `,
    absent: `- ${colors.yellow("absent")}`,
    broken: `✗ ${colors.red("broken")}`,
  };
  const longest = Math.max(...checks.map(({ name }) => name.length));
  const indent = 8 + 2 + longest + 2;
  const lines = checks.flatMap(({ name, state, detail, cure }) => {
    const said = detail === "" ? [] : wrap(detail, columns - indent, "keep");
    return [...said, ...(cure === undefined ? [] : [`cure: ${cure}`])].map((line, index) =>
      index === 0 ? `${words[state]}  ${name.padEnd(longest)}  ${line}` : " ".repeat(indent) + line,
    );
  });
  return `${lines.join("\n")}\n`;
}
