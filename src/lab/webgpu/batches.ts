import { type Device, DeviceError } from "./device/device.ts";

/**
 * Calls `compute` for consecutive parts of `count` replicates, `largest` at a time. Out of memory, or after the device was lost
 * (which too large a job may cause) and opened again, the part is taken up again at half its size.
 * @throws DeviceError when one replicate alone is too large, when the device is lost a second time, or for any other failure
 */
export function inBatches(
  device: Device,
  { count, largest }: { readonly count: number; readonly largest: number },
  compute: (from: number, count: number) => void,
): void {
  let size = Math.max(1, Math.min(largest, count));
  let isReopened = false;
  for (let from = 0; from < count; ) {
    const now = Math.min(size, count - from);
    try {
      compute(from, now);
      from += now;
    } catch (error) {
      if (!(error instanceof DeviceError)) throw error;
      if (error.failure === "lost" && !isReopened) {
        device.reopen();
        isReopened = true;
      } else if (error.failure !== "out-of-memory" || now === 1) {
        throw now === 1 ? withSize(error) : error;
      }
      size = Math.max(1, Math.floor(now / 2));
    }
  }
}

function withSize(error: DeviceError): DeviceError {
  return new DeviceError(error.failure, `${error.message}, with one replicate at a time`);
}
