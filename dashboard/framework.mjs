// Framework's command line with the network off: a download fails at once, with the same words on every machine.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

process.env.OBSERVABLE_TELEMETRY_DISABLE = "1";

globalThis.fetch = async (url) => {
  throw new Error(
    `${url} was asked for, but the dashboard is built without a network: import the package from node_modules by its bare name, not through npm: or an implicit global`,
  );
};

const framework = dirname(createRequire(import.meta.url).resolve("@observablehq/framework/package.json"));
await import(pathToFileURL(join(framework, "dist/bin/observable.js")).href);
