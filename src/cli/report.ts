import { junitReport } from "../report/junit.ts";
import { markdownReport } from "../report/markdown.ts";
import { terminalReport } from "../report/terminal.ts";
import { readResult } from "../run/result-file.ts";
import { defineCommand } from "./command.ts";
import { EXIT } from "./exit-code.ts";
import { oneOf } from "./option-values.ts";
import { resultPath, shownPath } from "./result-place.ts";

const FORMATS = ["terminal", "markdown", "json", "junit"] as const;

export default defineCommand({
  name: "report",
  summary: "Show a result again, for people or for programs.",
  usage: "report [result] [--format terminal|markdown|json|junit]",
  notes: [
    "A result is a result.json or the folder that holds it; without one, the last run's. The exit code says whether the result could be shown, not what it says: run and compare judge.",
  ],
  examples: [
    { command: "report", does: "the last run's table" },
    { command: "report results/ci --format markdown", does: "for a pull request's summary" },
    { command: "report results/ci --format junit > junit.xml", does: "for a CI that draws test results" },
    { command: "report --verbose", does: "every cell and every control" },
  ],
  options: {
    format: { type: "string", default: "terminal", placeholder: "FORMAT", description: FORMATS.join(", ") },
    verbose: { type: "boolean", description: "every cell and every control instead of the worst cell" },
  },
  positionals: { min: 0, max: 1, what: "one result" },
  run: async ({ values, positionals }, io) => {
    const format = values.json ? "json" : oneOf("--format", values.format, FORMATS);
    const path = await resultPath(positionals[0], io);
    const result = await readResult(path);
    switch (format) {
      case "terminal":
        io.stdout(
          terminalReport(result, {
            columns: io.columns,
            color: io.color,
            path: shownPath(path, io),
            verbose: values.verbose,
          }),
        );
        break;
      case "markdown":
        io.stdout(markdownReport(result));
        break;
      case "junit":
        io.stdout(junitReport(result));
        break;
      case "json":
        io.stdout(`${JSON.stringify(result, null, 2)}\n`);
    }
    return EXIT.holds;
  },
});
