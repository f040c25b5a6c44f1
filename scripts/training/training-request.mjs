import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEngine } from "../../dist/src/lab/engines.js";
import { loadDataset } from "../../dist/src/run/sample/datasets.js";
import { mnistDigits } from "../../dist/suites/orvieto2021/digits/mnist-digits.js";
import { misuse, oneOf, scriptWords } from "../script-words.mjs";

/**
 * What a script of training was asked for, `[FOLDER [ARM…]]`: the ways to train that the folder has, those that are wanted, what the file
 * of that name in it holds of the others, and what trains them.
 */
export async function trainingRequest(script, file) {
  const usage = `${script} [FOLDER [ARM…]] (default: suites/orvieto2021/training, every arm)`;
  const {
    words: [folder = "suites/orvieto2021/training", ...only],
  } = scriptWords(usage, { most: Infinity });
  const arms = new URL(`../../dist/${folder}/arms.js`, import.meta.url);
  if (!existsSync(arms)) misuse(`${folder}, which has no arms.ts that was built`, usage);
  const { ARMS, trainingOf } = await import(arms.href);
  for (const arm of only) oneOf(arm, Object.keys(ARMS), usage);
  const place = join(folder, file);
  return {
    ...{ ARMS, trainingOf, place },
    isWanted: (arm) => only.length === 0 || only.includes(arm),
    known: only.length === 0 ? undefined : JSON.parse(readFileSync(place, "utf8")),
    engine: await openEngine("wasm"),
    digits: await loadDataset(mnistDigits, join(tmpdir(), "plateau-tuning")),
  };
}
