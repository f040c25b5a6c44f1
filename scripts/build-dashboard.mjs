// Bundles what pages of the dashboard draw with, so that an installed package needs neither a bundler nor its libraries.
import { bundleComponents } from "../dashboard/components.mjs";
import { vendorInto } from "../dashboard/vendor.mjs";

await bundleComponents("dist/dashboard/components");
await vendorInto("dist/dashboard/npm");
