// Finds SwiftShader, a Vulkan driver in software, for the tests of the engine `webgpu`: every Chromium brings one, with the loader
// it needs. Run as a program it installs a Chromium where there is none. Elsewhere than on Linux, WebGPU needs no Vulkan.
import { existsSync, mkdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findBrowser, installBrowser } from "./install-browser.mjs";

const DRIVER = "vk_swiftshader_icd.json";
const LOADER = "libvulkan.so.1";

/** A folder that holds nothing but the loader: the others of Chromium's libraries would be found on the path too. */
const FOLDER = fileURLToPath(new URL("../node_modules/.cache/plateau/vulkan/", import.meta.url));

/**
 * Environment in which a process finds that driver and no other; undefined where it is not installed. Nothing where
 * PLATEAU_TEST_ADAPTER is `system`: the tests then run on the machine's own adapter.
 */
export function softwareVulkan() {
  if (process.platform !== "linux" || process.env.PLATEAU_TEST_ADAPTER === "system") return {};
  const browser = findBrowser();
  const folder = [browser && dirname(realpathSync(browser)), "/usr/lib/chromium", "/usr/lib/chromium-browser"].find(
    (each) => each && existsSync(join(each, DRIVER)) && existsSync(join(each, LOADER)),
  );
  if (folder === undefined) return undefined;
  linkLoader(join(folder, LOADER));
  const paths = (process.env.LD_LIBRARY_PATH ?? "").split(":").filter((path) => path !== "" && path !== FOLDER);
  return { VK_ICD_FILENAMES: join(folder, DRIVER), LD_LIBRARY_PATH: [FOLDER, ...paths].join(":") };
}

function linkLoader(target) {
  mkdirSync(FOLDER, { recursive: true });
  const link = join(FOLDER, LOADER);
  if (existsSync(link)) return;
  rmSync(link, { force: true });
  try {
    symlinkSync(target, link);
  } catch (error) {
    // another process was quicker
    if (error.code !== "EEXIST") throw error;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (softwareVulkan() === undefined) installBrowser();
  const found = softwareVulkan();
  if (found === undefined) {
    throw new Error(
      `the tests of the engine webgpu require ${DRIVER} and ${LOADER} of a Chromium, found none: apt-get install chromium-common`,
    );
  }
  console.log(found.VK_ICD_FILENAMES ?? "the machine's own adapter");
}
