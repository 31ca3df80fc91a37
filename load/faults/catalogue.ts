import { DISK_FULL } from "#load/faults/disk-full.ts";
import type { Fault } from "#load/faults/fault.ts";
import { CLOCK, CRASHES, DEPLOYMENT } from "#load/faults/functions.ts";
import { REDELIVERY } from "#load/faults/redelivery.ts";
import { RUNTIME } from "#load/faults/runtime.ts";
import { SERVICES } from "#load/faults/services.ts";

/** In the order in which they are tried and reported. */
export const FAULTS: readonly Fault[] = [
  ...CRASHES,
  ...RUNTIME,
  ...REDELIVERY,
  ...SERVICES,
  ...CLOCK,
  ...DISK_FULL,
  DEPLOYMENT,
];
