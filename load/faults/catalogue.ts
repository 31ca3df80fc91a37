import { CLOCK } from "#load/faults/clock.ts";
import { CRASHES } from "#load/faults/crashes.ts";
import { DEPLOYMENT } from "#load/faults/deployment.ts";
import { DISK_FULL } from "#load/faults/disk-full.ts";
import type { Fault } from "#load/faults/fault.ts";
import { REDELIVERY } from "#load/faults/redelivery.ts";
import { RUNTIME } from "#load/faults/runtime.ts";
import { SERVICES } from "#load/faults/services.ts";

/** Every fault, in the order in which they are tried and told. */
export const FAULTS: readonly Fault[] = [
  ...CRASHES,
  ...RUNTIME,
  ...REDELIVERY,
  ...SERVICES,
  ...CLOCK,
  ...DISK_FULL,
  ...DEPLOYMENT,
];
