/** The environment variable that names a set of instructions narrower than the widest. */
export const INSTRUCTIONS = "PLATEAU_INSTRUCTIONS";

/** The one command that makes the library of native work, by the reason why it does not; `root` is the package's folder. */
export function nativeCure(reason: string, root: string): string {
  if (reason.includes("npm install koffi")) return "npm install koffi";
  if (reason.includes(INSTRUCTIONS)) return `unset ${INSTRUCTIONS}`;
  return `node ${root}/scripts/build-native.mjs`;
}
