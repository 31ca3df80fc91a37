import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cloudWatch } from "#functions/runtime/measured/measurements.ts";
import { MINUTES_SHOWN, voteCounts } from "#functions/runtime/measured/vote-counts.ts";
import { type CloudWatchLocal, startCloudWatch } from "#local/services/cloudwatch.ts";
import { clientConfig } from "#local/services/credentials.ts";
import { type MetricStore, metricStore } from "#local/services/metric-store.ts";
import { law } from "#test/definitions.ts";

/** Counts are read in steps of days, hours and minutes, which must add up to everything since the opening. */

const MINUTE_MS = 60_000;
const OPENED = Date.parse("2026-10-01T04:30:00Z");

let store: MetricStore;
let service: CloudWatchLocal;
let client: CloudWatchClient;
beforeAll(async () => {
  store = await metricStore();
  service = await startCloudWatch(store, async () => undefined);
  client = new CloudWatchClient(clientConfig(service.endpoint));
});
afterAll(async () => {
  client.destroy();
  await service.stop();
});

let namespaces = 0;

test("whenever ballots were accepted and are looked at, each is counted once, and for an hour in its minute", async () => {
  const minuteOfElection = fc.nat({ max: 40 * 24 * 60 });
  const accepted = fc.array(fc.record({ minute: minuteOfElection, count: fc.integer({ min: 1, max: 9 }) }));
  await fc.assert(
    fc.asyncProperty(accepted, minuteOfElection, fc.nat({ max: 59_999 }), async (ballots, lookAt, intoMs) => {
      const namespace = `Scrutin/${namespaces++}`;
      const nowMs = OPENED + lookAt * MINUTE_MS + intoMs;
      const past = ballots.filter(({ minute }) => minute <= lookAt);
      for (const { minute, count } of past) {
        const dimensions = { service: "validate", election: "L1" };
        store.add({ namespace, name: "VotesAccepted", dimensions }, OPENED + minute * MINUTE_MS, [count]);
      }
      const read = voteCounts(cloudWatch(client), namespace, () => nowMs);
      const definitions = ["L1", "L2"].map((electionId) =>
        law({ electionId, opensAt: new Date(OPENED).toISOString() }),
      );
      const counts = await read(definitions);
      const { before, minutes } = counts.get("L1")?.accepted ?? { before: -1, minutes: [] };
      expect(minutes).toHaveLength(MINUTES_SHOWN);
      const expected = minutes.map((_, index) =>
        past
          .filter(({ minute }) => minute === lookAt - (MINUTES_SHOWN - 1) + index)
          .reduce((sum, { count }) => sum + count, 0),
      );
      expect(minutes).toEqual(expected);
      const all = past.reduce((sum, { count }) => sum + count, 0);
      expect(before + minutes.reduce((sum, count) => sum + count, 0)).toBe(all);
      expect(counts.get("L2")?.accepted).toEqual({ before: 0, minutes: new Array(MINUTES_SHOWN).fill(0) });
    }),
    { numRuns: 100 },
  );
});
