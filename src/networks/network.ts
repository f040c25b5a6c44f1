/** Where networks were before `lab/`: claims outside this repository still import them by this path. */
export * from "../lab/networks/network.ts";
