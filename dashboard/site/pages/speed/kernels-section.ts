import { unitTime } from "../../../../src/report/terminal/speed-text.ts";
import { command, facts, figure, table } from "../../html/parts.ts";
import { type Html, html } from "../../html/template.ts";
import type { KernelsFile, OfMachine } from "../../sources/speed-files.ts";
import { engineAtEnd } from "../../views/speed-view.ts";
import { machineFacts, rateText } from "./speed-words.ts";

/** Kernels against what one core can do at all, on each machine that was measured. */
export function kernelsSection(measured: readonly OfMachine<KernelsFile>[]): readonly Html[] {
  return [
    html`<p>What a kernel needs at the least is counted by hand: multiplications and additions, operations on 32-bit integers, bytes to and from main memory. What one core can do at most is measured in the same process run, by loops that do nothing else. The part of the limit is the least time by those two numbers over the time that the kernel takes. Kernels of WebAssembly are held to the limits of its 128-bit vectors; those of <code>native</code> to those of the processor's own instructions, where it was built. OpenBLAS uses these too and is held to the former, so that it may come out beyond 100 %. Benchmarks without a known limit stand in the tables alone.</p>`,
    ...measured.flatMap(machineSection),
  ];
}

function machineSection({ name, file }: OfMachine<KernelsFile>): readonly Html[] {
  const { machine, limits, nativeLimits, benchmarks } = file;
  const limited = benchmarks.filter(({ shareOfLimit }) => shareOfLimit !== undefined).length;
  return [
    html`<h3 id="limits-${name}">On ${machine.processor}</h3>`,
    figure(`limits-chart-${name}`, "Part of the limit of one core that each kernel reaches"),
    facts([
      ...machineFacts(file),
      ["Benchmarks", `${limited} of ${benchmarks.length} have a known limit`],
      ["WebAssembly", limitWords(limits)],
      ...(nativeLimits === undefined ? [] : [["The processor's own", limitWords(nativeLimits)] as const]),
      ["Measure it yourself", command("npm run speed")],
    ]),
    html`<details><summary>All ${benchmarks.length} benchmarks</summary>
${table(["benchmark", "workload", "engine", "time a unit", "unit", "needs", "part of the limit"], benchmarks.map(kernelRow), `Benchmarks of kernels on ${machine.processor}`)}
</details>`,
  ];
}

/** 10⁹ operations, or bytes, a second. */
function limitWords({ double, doubleFused, single, singleFused, words, bytes }: KernelsFile["limits"]): string {
  const billions = (rate: number) => (rate / 1e9).toPrecision(3);
  const floats = `float64 ${billions(double)} (fused ${billions(doubleFused)}), float32 ${billions(single)} (fused ${billions(singleFused)})`;
  return `${floats}, 32-bit integers ${billions(words)} · 10⁹ operations a second; memory ${billions(bytes)} · 10⁹ bytes`;
}

function kernelRow({ file, name, unit, milliseconds, needs, shareOfLimit }: KernelsFile["benchmarks"][number]) {
  const { workload, engine } = engineAtEnd(name);
  return [
    file,
    workload,
    engine ?? "–",
    unitTime(milliseconds),
    unit,
    needs === undefined ? "not known" : needsText(needs),
    shareOfLimit === undefined ? "not known" : html`<b>${Math.round(100 * shareOfLimit)} %</b>`,
  ];
}

function needsText({ double, single, words, bytes, fused }: NonNullable<KernelsFile["benchmarks"][number]["needs"]>) {
  const parts = [
    [double, `float64${fused ? ", fused" : ""}`],
    [single, `float32${fused ? ", fused" : ""}`],
    [words, "integer"],
    [bytes, "bytes"],
  ] as const;
  return parts.flatMap(([count, what]) => (count ? [`${rateText(count)} ${what}`] : [])).join("; ") || "nothing";
}
