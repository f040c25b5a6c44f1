import { join, resolve } from "node:path";
import { execa } from "execa";
import { WITHOUT_GIT } from "../../project/git.ts";
import { findRoots, packageRoot } from "../../project/roots.ts";
import { siteBuild } from "../../project/site-build.ts";
import { EXIT } from "../../report/exit-code.ts";
import { readResult } from "../../run/files/result-file.ts";
import { defineCommand, type Io } from "../arguments/command.ts";
import { UsageError } from "../errors.ts";
import { newestResult } from "../result-place.ts";

export default defineCommand({
  name: "dashboard",
  summary: "Build the project's pages: the papers, every claim with its picture, history and controls.",
  usage: "dashboard [result] [options]",
  notes: [
    "A folder of files for any web server, in any subfolder of it; nothing on a page comes from another host, and the build needs no network. Titles, sentences and citations are what suites/<paper>/ has of papers.json, abstract.json, topics.json, citations.json and key-terms.json; only the first is needed.",
    "Needs @observablehq/framework and katex, which are optional: without them one line says how to install both.",
  ],
  examples: [
    { command: "dashboard --out site", does: "of the last run, or of the baselines where there was none" },
    { command: "dashboard results/full --out site", does: "of a result" },
    { command: "dashboard --serve", does: "and show it on this machine until Ctrl-C" },
  ],
  options: {
    out: { type: "string", default: "site", placeholder: "DIR", description: "where the pages go" },
    history: { type: "string", placeholder: "DIR", description: "the checked-out history branch (default: history)" },
    serve: { type: "boolean", description: "serve the pages on this machine's own address until Ctrl-C" },
    port: { type: "string", default: "4173", placeholder: "N", description: "where to serve; 0 takes a free one" },
  },
  positionals: { min: 0, max: 1, what: "one result" },
  run: async ({ values, positionals }, io) => {
    const roots = findRoots(values.root, io);
    const named = positionals[0] === undefined ? await newestResult(io) : resolve(io.cwd, positionals[0]);
    // what a person would wait half a minute for is looked at first
    if (named !== undefined) await readResult(named.endsWith(".json") ? named : join(named, "result.json"));
    const out = resolve(io.cwd, values.out);
    const { words, env } = siteBuild({
      roots,
      result: named,
      history: values.history === undefined ? undefined : resolve(io.cwd, values.history),
      engines: undefined,
      out,
      work: join(io.home, ".plateau/site/pages"),
    });
    await build(words, env, io);
    io.stdout(values.json ? `${JSON.stringify({ site: out })}\n` : `the pages are in ${out}\n`);
    if (values.serve) await serve(out, values.port, io);
    return EXIT.holds;
  },
});

/** Until Ctrl-C, which is how a person ends it. */
async function serve(folder: string, port: string, io: Io): Promise<void> {
  if (!/^\d{1,5}$/.test(port)) throw new UsageError(`--port requires a number up to 65535, got ${port}`);
  const server = execa(process.execPath, [join(packageRoot(), "dashboard/serve.mjs"), port, folder], {
    ...{ cwd: io.cwd, reject: false, cancelSignal: io.signal },
  });
  server.stdout.on("data", (text) => io.stdout(`serving at ${text}`));
  const { stderr } = await server;
  if (!io.signal.aborted)
    throw new UsageError(
      `the pages could not be served: ${stderr.split("\n").find((line) => /Error/.test(line)) ?? stderr}`,
    );
}

async function build(words: readonly string[], env: Readonly<Record<string, string | undefined>>, io: Io) {
  const { exitCode, all } = await execa(process.execPath, words, {
    ...{ cwd: io.cwd, reject: false, all: true, cancelSignal: io.signal },
    env: { ...WITHOUT_GIT, ...env },
  });
  io.signal.throwIfAborted();
  if (exitCode === 0) return;
  io.stderr(`${all}\n`);
  throw new UsageError("the dashboard was not built; what stopped it is above");
}
