import { page } from "../../html/page.ts";
import { command } from "../../html/parts.ts";
import { type Html, html } from "../../html/template.ts";
import { jsonFile, type PageKind, type Site } from "../../site.ts";
import { defined, type SpeedFiles } from "../../sources/speed-files.ts";
import { speedData } from "../../views/speed-view.ts";
import { kernelsSection } from "./kernels-section.ts";
import { peersSection } from "./peers-section.ts";

const EXAMPLE_FOLDER = "baselines/speed/my-machine";

/** How fast the engines are: beside other libraries, and against what the machine can do at most. */
export const speedPages: PageKind = {
  path: "speed",
  entries: (site) => (isShown(site) ? [{ name: "Speed", path: "/speed" }] : []),
  draws: "speed",
  files: (site) =>
    isShown(site)
      ? [
          { path: "speed.md", content: speedPage(site.sources.speed) },
          jsonFile("data/speed.json", speedData(site.sources.speed)),
        ]
      : [],
};

/** Speed of the engines is measured where they are made, and wherever somebody has kept a measurement. */
function isShown({ ownEngines, sources: { speed } }: Site): boolean {
  return ownEngines || speed.length > 0;
}

export function speedPage(machines: SpeedFiles): string {
  const peers = defined(machines, ({ peers }) => peers);
  const kernels = defined(machines, ({ kernels }) => kernels);
  return page(
    { title: "Speed", toc: false },
    [
      html`<h1>Speed</h1>
<p class="lead">Two questions: how fast are Plateau's engines beside the libraries that one would otherwise write such experiments with, and which part of what one core can do at all do they reach?</p>`,
      html`<h2 id="peers">Beside other libraries</h2>`,
      ...(peers.length === 0 ? [noPeers()] : peersSection(peers)),
      html`<h2 id="limits">Against the machine's limit</h2>`,
      ...(kernels.length === 0 ? [noKernels()] : kernelsSection(kernels)),
      html`<h2 id="slower">Did it get slower?</h2>
<p>Speeds of two machines, or of two days, are never compared. Whether a change made something slower is measured with both commits interleaved in one job, in rounds whose number is fixed before the first:</p>
${command("npm run speed -- --base main")}`,
    ],
    { root: "./", module: "speed", call: "drawSpeed", data: ["data/speed.json"] },
  );
}

function noPeers(): Html {
  return html`<p>No measurement beside other libraries has been committed. This makes one, in a folder for each machine; PyTorch, JAX or NumPy must be installed for the Python that <code>PLATEAU_PYTHON</code> names:</p>
${command(`mkdir -p ${EXAMPLE_FOLDER} && npm run --silent speed:peers -- --json > ${EXAMPLE_FOLDER}/peers.json`)}`;
}

function noKernels(): Html {
  return html`<p>No measurement of the kernels has been committed. This makes one, in a folder for each machine:</p>
${command(`mkdir -p ${EXAMPLE_FOLDER} && npm run --silent speed -- --json > ${EXAMPLE_FOLDER}/kernels.json`)}`;
}
