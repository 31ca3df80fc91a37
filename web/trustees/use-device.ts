import { useEffect, useRef, useState } from "preact/hooks";
import type { PublicElection } from "#functions/elections/contract.ts";
import { type Device, startDevice } from "#web/trustees/device.ts";
import type { CeremonyRefusal } from "#web/trustees/worker-messages.ts";

/** What is wrong before anything can be sealed; "unloadable": the script that seals is not there. */
export type DeviceFault = CeremonyRefusal | "unloadable";

type Known = Readonly<{ device: Device; fault: Promise<DeviceFault | undefined> }>;

function begin({ definition, ceremony }: PublicElection): Known {
  const device = startDevice();
  const fault =
    ceremony === undefined
      ? Promise.resolve("ceremony" as const)
      : device
          .ask({ kind: "know", definition, ceremony: ceremony.record, words: ceremony.words })
          .then((told): DeviceFault | undefined => told.fault)
          .catch((): DeviceFault => "unloadable");
  return { device, fault };
}

/**
 * The script that seals, started with the first mark, and what it finds wrong. What it cannot load it tries again.
 * @param isNeeded whether something is marked
 */
export function useDevice(election: PublicElection, isNeeded: boolean) {
  const known = useRef<Known>(undefined);
  const [fault, setFault] = useState<DeviceFault>();
  const ready = async (): Promise<Device | DeviceFault> => {
    known.current ??= begin(election);
    const { device, fault: found } = known.current;
    const why = await found;
    if (why === undefined) return device;
    if (why === "unloadable") {
      device.stop();
      known.current = undefined;
    } else setFault(why);
    return why;
  };
  useEffect(() => {
    if (isNeeded) void ready();
  }, [isNeeded]);
  useEffect(() => () => known.current?.device.stop(), []);
  return { fault, ready, started: () => known.current?.device };
}
