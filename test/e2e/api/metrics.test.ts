import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import * as z from "zod";
import { MEASURED_BY, METRICS } from "#functions/runtime/metrics-contract.ts";
import { race } from "#test/definitions.ts";
import { cast, eventually, outcomeOf } from "#test/e2e/api.ts";
import { functionLogs } from "#test/e2e/logs.ts";
import { smuggle } from "#test/e2e/office.ts";
import { garbled, openPolls, sealFor, signFor } from "#test/e2e/polls.ts";
import { credentials, voter, votersIn } from "#test/e2e/voters.ts";

/** The metrics in the functions' logs, as CloudWatch reads them. */

const Embedded = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.tuple([
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ]),
  }),
  election: z.string().optional(),
  reason: z.string().optional(),
});
type Embedded = z.infer<typeof Embedded>;

async function metricLines(): Promise<readonly Embedded[]> {
  // The last line of each may still be being written.
  return [...(await functionLogs()).values()]
    .flatMap((log) => log.split("\n").slice(0, -1))
    .filter((line) => line.includes('"CloudWatchMetrics"'))
    .map((line) => Embedded.parse(JSON.parse(line)));
}

const namesIn = ({ _aws }: Embedded): readonly string[] => _aws.CloudWatchMetrics[0].Metrics.map(({ Name }) => Name);

/** This stage has no scheduled recount. */
const measured = Object.values(METRICS).filter((name) => MEASURED_BY[name] !== "recount");

/** Casts an accepted ballot, a spoiled one, a second one, one by nobody on the roll, one in a wrong region and one past `submit`. */
async function castOneOfEach(electionId: string): Promise<void> {
  const [home = voter(0), spoiler = voter(0), stranger = voter(0)] = votersIn("1", 450, 3);
  await openPolls(race({ electionId }), [home, spoiler]);
  const sealed = await sealFor(electionId, "1", { kind: "candidate", candidateId: "1" });
  const spoiled = await signFor(electionId, "1", garbled(sealed), spoiler);
  const decided = async (who: typeof home, ballot: Readonly<Record<string, string>>): Promise<string> => {
    const body = { ...credentials(who), election_id: electionId, ...ballot };
    return (await outcomeOf(await cast("/api/v1/elections/vote", body))).status;
  };
  const right = { region_id: "1", candidate_id: "1" };
  expect(await decided(home, right)).toBe("accepted");
  expect(await decided(spoiler, { region_id: "1", ...spoiled })).toBe("accepted");
  expect(await decided(home, right)).toBe("duplicate");
  expect(await decided(stranger, right)).toBe("invalid");
  expect(await decided(spoiler, { region_id: "2", candidate_id: "3" })).toBe("invalid");
  await smuggle({
    hash: randomBytes(32).toString("base64url"),
    electionId,
    regionId: "1",
    oneTimeKey: Buffer.from(sealed.oneTimeKey.publicKey, "base64url"),
    envelope: Buffer.from(sealed.envelope, "base64url"),
    stamp: new Uint8Array(16),
    castAt: "2026-01-01T12:00:00.000Z",
    trackingCode: sealed.trackingCode,
  });
}

test("each metric has its service and election as dimensions, refusals their reason too, and nothing else", async () => {
  const electionId = "measured";
  await castOneOfEach(electionId);
  const lines = await eventually(metricLines, (all) => {
    const own = all.filter(({ election }) => election === electionId);
    const names = new Set(own.flatMap(namesIn));
    const reasons = new Set(own.flatMap(({ reason }) => reason ?? []));
    return measured.every((name) => names.has(name)) && reasons.size === 2;
  });
  const setsOf = new Map<string, Set<string>>();
  for (const line of lines) {
    const [{ Dimensions }] = line._aws.CloudWatchMetrics;
    for (const name of namesIn(line)) {
      setsOf.set(name, new Set([...(setsOf.get(name) ?? []), ...Dimensions.map((names) => names.join())]));
    }
  }
  const usual = new Set(["service", "service,election"]);
  const expected = measured.map((name) => [
    name,
    name === METRICS.invalid ? new Set([...usual, "service,reason", "service,election,reason"]) : usual,
  ]);
  expect(Object.fromEntries(setsOf)).toEqual(Object.fromEntries(expected));
  // A line holds figures and dimensions only: no identity, no tracking code.
  const names = new Set(lines.flatMap((line) => Object.keys(line)));
  expect(names).toEqual(new Set(["_aws", "service", "election", "reason", ...measured]));
});
