// Finds the OpenBLAS that the tests of the engine `openblas` call, or installs Debian's. Run after the build: it asks the engine's
// own search. PLATEAU_OPENBLAS names a library to use.
import { spawnSync } from "node:child_process";
import { scriptWords } from "./script-words.mjs";

scriptWords("install-openblas.mjs finds or installs an OpenBLAS; it takes nothing");

const { openLibrary } = await import("../dist/src/lab/openblas/library.js");

const APT =
  "apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends libopenblas0-pthread";

async function found() {
  try {
    const { versions } = await openLibrary();
    console.log(`openblas: ${versions.openblas}, kernel ${versions.kernel}`);
    return true;
  } catch (error) {
    console.log(`openblas: ${error.message}`);
    return false;
  }
}

if (!(await found())) {
  const program = process.getuid?.() === 0 ? ["sh"] : ["sudo", "-n", "sh"];
  spawnSync(program[0], [...program.slice(1), "-c", APT], { stdio: ["ignore", "ignore", "inherit"] });
  if (!(await found())) {
    console.error(
      "openblas: the tests of this engine require an OpenBLAS; apt-get brought none; set PLATEAU_OPENBLAS to one",
    );
    process.exit(1);
  }
}
