import type { FunctionHost } from "#local/functions/host.ts";

/** One function in several processes, which take invocations in turn, as Lambda's environments do. */
export function takeTurns(hosts: readonly FunctionHost[]): FunctionHost {
  const [first] = hosts;
  if (first === undefined) throw new RangeError("a function runs in one process at least");
  if (hosts.length === 1) return first;
  let turn = 0;
  return {
    ...first,
    invoke: (event) => (hosts[turn++ % hosts.length] ?? first).invoke(event),
    invocations: () => hosts.reduce((sum, host) => sum + host.invocations(), 0),
    billedMs: () => hosts.reduce((sum, host) => sum + host.billedMs(), 0),
    async cpuMs() {
      const times = await Promise.all(hosts.map((host) => host.cpuMs()));
      return times.reduce((sum, ms) => sum + ms, 0);
    },
    kill() {
      for (const host of hosts) host.kill();
    },
    replace() {
      for (const host of hosts) host.replace();
    },
    async stop() {
      await Promise.all(hosts.map((host) => host.stop()));
    },
  };
}
