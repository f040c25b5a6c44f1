import type { Device } from "../../../../src/lab/webgpu/device/device.ts";
import type { Work } from "../../../../src/lab/webgpu/job.ts";

/** The same device with another text in its shaders; `isMet` says whether the text was there. */
export function withShaderFault(on: Device, right: string, wrong: string): Device & { readonly isMet: () => boolean } {
  let isMet = false;
  const plant = (work: Work): Work => {
    if ("times" in work) return { ...work, passes: work.passes.map(plant) };
    isMet ||= work.shader.includes(right);
    return { ...work, shader: work.shader.replace(right, wrong) };
  };
  return { ...on, isMet: () => isMet, run: (job) => on.run({ ...job, passes: job.passes.map(plant) }) };
}
