// Before the tests: makes sure that the real TensorFlow library is there on Linux x64, where a script can always bring it.
// Elsewhere the package's own installation brings it or not.
import { spawnSync } from "node:child_process";

if (process.platform !== "linux" || process.arch !== "x64") {
  console.log(`tensorflow: the script serves linux x64 only, this is ${process.platform} ${process.arch}`);
} else {
  const { status, error } = spawnSync("bash", ["scripts/install-tensorflow.sh"], { stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) {
    console.error("tensorflow: the tests of the engine `tensorflow` require its library; what stopped it is above");
    process.exit(1);
  }
}
