// Framework's command line with the network off: a download fails at once, with the same words on every machine.
process.env.OBSERVABLE_TELEMETRY_DISABLE = "1";

globalThis.fetch = async (url) => {
  throw new Error(
    `${url} was asked for, but the dashboard is built without a network: import the package from node_modules by its bare name, not through npm: or an implicit global`,
  );
};

await import("../node_modules/@observablehq/framework/dist/bin/observable.js");
