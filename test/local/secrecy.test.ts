import { createSecretKey } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { connect, StackOutputs } from "#admin/connection.ts";
import { generateRoll } from "#admin/roll-generation.ts";
import { readPepper } from "#functions/shared/election-secrets.ts";
import { voterHash } from "#functions/shared/voter-hash.ts";
import { VoteReceipt } from "#functions/submit/contract.ts";
import { clientConfig } from "#local/credentials.ts";
import { type System, startSystem } from "#local/system.ts";
import { law, race, rankedRace } from "#test/definitions.ts";
import {
  credentialNeedles,
  hasWord,
  isAlphanumeric,
  type Needle,
  type Searcher,
  searcherFor,
} from "#test/local/secrecy/needles.ts";
import {
  callsTo,
  filesAsBytes,
  itemsOf,
  type Kept,
  linesIn,
  messagesOf,
  nearIn,
  PLACES,
  streamRecordsOf,
} from "#test/local/secrecy/places.ts";
import { type Recorder, startRecorder, startTraceDaemon, type TraceDaemon } from "#test/local/secrecy/recorder.ts";

/**
 * A thousand votes with known credentials through a whole system, with everything that can go wrong beside them; then every
 * byte that it wrote anywhere is searched for every voter's credentials, and every record for a voter's hash beside the choice.
 */

const VOTERS = 1000;
const AT_ONCE = 20;
const CANDIDATES = ["kestrel", "ptarmigan", "wheatear"] as const;
const LAW = "law-of-birds";
const RACE = "single-race";
const RANKED = "ranked-race";

type Voter = Readonly<{
  name: string;
  nas: string;
  code: string;
  electionId: string;
  choice: string;
  ranking: string[];
}>;

const candidates = CANDIDATES.map((candidateId) => ({
  candidateId,
  firstName: "A",
  lastName: "Bird",
  regionIds: ["1"],
}));
const regions = [{ regionId: "1", name: { fr: "Région", en: "Region" } }];
const DEFINITIONS = [
  law({ electionId: LAW }),
  race({ electionId: RACE, regions, candidates }),
  rankedRace({ electionId: RANKED, regions, candidates, maxRankings: 3 }),
];

/** What was asked for and what came of it. */
const receipts: VoteReceipt[] = [];
let folder: string;
let voters: readonly Voter[];
let hashes: ReadonlyMap<string, Voter>;
let kept: readonly Kept[];
let search: Searcher;

let system: System;
let daemon: TraceDaemon;
const recorders = new Map<string, Recorder>();

/** Writes the elections and their rolls into a folder for the system to apply, and gives the voters. */
async function writeElections(into: string): Promise<readonly Voter[]> {
  const out = join(folder, "all.csv");
  await generateRoll({ voters: VOTERS, regions: 1, out });
  const [header = "", ...rows] = (await readFile(out, "utf8")).trimEnd().split("\n");
  await mkdir(into, { recursive: true });
  for (const [index, definition] of DEFINITIONS.entries()) {
    const name = definition.electionId;
    await writeFile(join(into, `${name}.json`), JSON.stringify(definition));
    const own = rows.filter((_, row) => row % DEFINITIONS.length === index);
    await writeFile(join(into, `${name}-voters.csv`), `${[header, ...own].join("\n")}\n`);
  }
  return rows.map((row, index) => {
    const [nas = "", code = ""] = row.split(",");
    const electionId = DEFINITIONS[index % DEFINITIONS.length]?.electionId ?? "";
    const first = index % CANDIDATES.length;
    const ranking = [...CANDIDATES.slice(first), ...CANDIDATES.slice(0, first)];
    const choice = electionId === LAW ? (["oui", "non"][index % 2] ?? "") : (ranking[0] ?? "");
    return { name: `voter ${index}`, nas, code, electionId, choice, ranking };
  });
}

/** The request of a ballot in the clear, the one way in which a choice meets credentials. */
function requestOf({ nas, code, electionId, choice, ranking }: Voter): Readonly<{ path: string; body: object }> {
  if (electionId === LAW) return { path: "/api/v1/vote", body: { nas, code, law_id: electionId, vote: choice } };
  const common = { nas, code, election_id: electionId, region_id: "1" };
  const body =
    electionId === RACE
      ? { ...common, candidate_id: choice, voting_method: "single_choice" }
      : { ...common, ranked_choices: ranking, voting_method: "ranked_choice" };
  return { path: "/api/v1/elections/vote", body };
}

async function post(path: string, body: string): Promise<Response> {
  return fetch(`${system.url}${path}`, { method: "POST", headers: { "content-type": "application/json" }, body });
}

/** Votes until the vote is received: a refused queue and a killed function are among what goes wrong. */
async function vote(voter: Voter): Promise<void> {
  const { path, body } = requestOf(voter);
  for (;;) {
    const response = await post(path, JSON.stringify(body)).catch(() => undefined);
    if (response?.status === 202) {
      receipts.push(VoteReceipt.parse(await response.json()));
      return;
    }
    await pause(50);
  }
}

/** What else people and programs send: again, with another's code, elsewhere, and in no form at all. */
async function misuse(voter: Voter, other: Voter): Promise<void> {
  const { path, body } = requestOf(voter);
  await post(path, JSON.stringify({ ...body, code: other.code }));
  await post(path, JSON.stringify({ ...body, nas: `${voter.nas}0` }));
  await post(path, JSON.stringify({ ...body, code: [voter.code] }));
  await post(path, JSON.stringify({ ...body, [voter.nas]: voter.code }));
  await post(path, JSON.stringify(body).slice(0, -5));
  await post(`${path}?nas=${voter.nas}&code=${voter.code}`, `nas=${voter.nas}&code=${voter.code}`);
  await fetch(`${system.url}/api/v1/votes/${voter.nas}${voter.code}`);
  const again = await post(path, JSON.stringify(requestOf({ ...voter, ranking: voter.ranking.toReversed() }).body));
  if (again.status === 202) receipts.push(VoteReceipt.parse(await again.json()));
}

async function inBatches<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let start = 0; start < items.length; start += AT_ONCE) {
    await Promise.all(items.slice(start, start + AT_ONCE).map(work));
  }
}

async function queueIsEmpty(): Promise<boolean> {
  const client = new SQSClient(clientConfig(system.endpoints.sqs));
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl: system.outputs.VotesQueueUrl,
      AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    }),
  );
  client.destroy();
  return Object.values(Attributes).every((count) => count === "0");
}

async function hashesOf(all: readonly Voter[]): Promise<ReadonlyMap<string, Voter>> {
  const connection = connect(StackOutputs.parse(system.outputs), system.endpoints);
  const peppers = new Map(
    await Promise.all(
      DEFINITIONS.map(async ({ electionId }) => {
        const pepper = (await readPepper(connection, electionId)) ?? new Uint8Array();
        return [electionId, createSecretKey(pepper)] as const;
      }),
    ),
  );
  connection.close();
  return new Map(
    all.map((voter) => {
      const pepper = peppers.get(voter.electionId) ?? createSecretKey(Buffer.alloc(1));
      return [voterHash(pepper, [voter.nas, voter.code], voter.electionId), voter] as const;
    }),
  );
}

/** Votes whose hash begins so cannot be stored, and end among the dead letters: one in 32. */
const isUnstorable = (action: string, body: string): boolean =>
  action === "PutItem" && /"hash":\{"S":"[ab]/.test(body) && body.includes("attribute_not_exists");
let refusedSends = 5;
const isUnsendable = (action: string): boolean => action === "SendMessage" && refusedSends-- > 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "scrutin-secrecy-"));
  const [dataFolder, logFolder] = [join(folder, "data"), join(folder, "logs")];
  voters = await writeElections(join(folder, "elections"));
  daemon = await startTraceDaemon();
  system = await startSystem({
    port: 0,
    dataFolder,
    logFolder,
    electionsFolder: join(folder, "elections"),
    traceDaemon: daemon.address,
    config: { validateTimeoutSeconds: 1, maxReceiveCount: 2 },
    throughEndpoints: async (endpoints) => {
      const dynamodb = await startRecorder(endpoints.dynamodb, isUnstorable);
      const sqs = await startRecorder(endpoints.sqs, isUnsendable);
      recorders.set("dynamodb", dynamodb).set("sqs", sqs);
      return { ...endpoints, dynamodb: dynamodb.endpoint, sqs: sqs.endpoint };
    },
  });
  hashes = await hashesOf(voters);

  const killing = setInterval(() => system.functions.get("validate")?.kill(), 3_000);
  await inBatches(voters, vote);
  clearInterval(killing);
  await inBatches(
    voters.slice(0, 60).map((voter, index) => [voter, voters[index + 60] ?? voter] as const),
    ([voter, other]) => misuse(voter, other),
  );
  await inBatches(receipts, async ({ request_id }) => {
    await fetch(`${system.url}/api/v1/votes/${request_id}`);
  });
  for (const path of [
    `/results/${LAW}`,
    `/elections/${RACE}/results`,
    `/elections/${RANKED}/results`,
    "/health",
    "/status",
  ]) {
    await fetch(`${system.url}/api/v1${path}`);
  }
  while (!(await queueIsEmpty())) await pause(250);
  await pause(3_000);

  const running = [
    ...(await itemsOf(system)),
    ...(await streamRecordsOf(system)),
    ...(await messagesOf(system, system.outputs.DeadLetterQueueUrl ?? "")),
  ];
  await system.stop();
  for (const recorder of recorders.values()) await recorder.stop();
  await daemon.stop();
  kept = [
    ...running,
    ...(await linesIn(logFolder)),
    ...(await filesAsBytes(dataFolder, logFolder)),
    ...daemon.datagrams.map((content) => ({ place: "trace" as const, where: "X-Ray", content })),
    ...[...recorders].flatMap(([service, { calls }]) => callsTo(service, calls)),
  ];
  search = searcherFor([
    ...voters.flatMap((voter) => credentialNeedles(voter.name, voter)),
    ...[...hashes].map(([hash, { name }]): Needle => ({ name: `hash of ${name}`, bytes: Buffer.from(hash) })),
  ]);
}, 280_000);
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

/** Every credential in a record, and every voter's hash that stands beside that voter's choice. */
function leaksIn({ place, where, content }: Kept): readonly string[] {
  return search(content).flatMap(({ needle, at }) => {
    if (!needle.name.startsWith("hash of")) return [`${needle.name} in ${place} ${where}`];
    const voter = hashes.get(needle.bytes.toString());
    const around = place === "file" ? nearIn(content, at, needle.bytes.length) : content;
    const beside = voter !== undefined && hasWord(around, voter.choice);
    return beside ? [`${needle.name} beside the choice in ${place} ${where}`] : [];
  });
}

/** A copy of a record with something planted in its middle. */
function planted({ content, ...kept }: Kept, bytes: Buffer): Kept {
  const middle = content.length >> 1;
  const around = Buffer.from(" ");
  return {
    ...kept,
    content: Buffer.concat([content.subarray(0, middle), around, bytes, around, content.subarray(middle)]),
  };
}

describe("after a thousand votes, some of which failed on the way", () => {
  test("something was kept in each of the places that are searched", () => {
    const places = Map.groupBy(kept, ({ place }) => place);
    expect(PLACES.filter((place) => (places.get(place)?.length ?? 0) === 0)).toEqual([]);
    expect(receipts.length).toBeGreaterThanOrEqual(VOTERS);
    expect(places.get("stream")?.length).toBeGreaterThan(VOTERS * 0.9);
    expect(places.get("queue")?.length).toBeGreaterThan(VOTERS);
    expect(places.get("dead letter")?.length).toBeGreaterThan(0);
    expect(places.get("log")?.some(({ content }) => content.includes('"ERROR"'))).toBe(true);
  });

  test("no voter's NAS or code is anywhere, in any spelling, and no hash stands beside its voter's choice", () => {
    expect(kept.flatMap(leaksIn)).toEqual([]);
  });

  test("what was searched for is found wherever it is put: every spelling, in a copy of every kind of record", () => {
    const [voter] = voters;
    if (voter === undefined) throw new Error("there is no voter");
    const [hash] = [...hashes].find(([, { name }]) => name === voter.name) ?? [""];
    for (const place of PLACES) {
      const [some] = kept.filter((record) => record.place === place && leaksIn(record).length === 0);
      if (some === undefined) throw new Error(`nothing was kept in ${place}`);
      for (const { name, bytes } of credentialNeedles(voter.name, voter)) {
        const found = leaksIn(planted(some, bytes));
        expect(
          found.some((leak) => leak.startsWith(name)),
          `${name} in ${place}`,
        ).toBe(true);
      }
      for (const together of [`{"hash":"${hash}","vote":"${voter.choice}"}`, `${hash} ${voter.choice}`]) {
        expect(leaksIn(planted(some, Buffer.from(together)))).toContainEqual(
          expect.stringContaining("beside the choice"),
        );
      }
    }
  });

  test("whoever asks with a request id or a tracking code is named in no log, metric or trace", () => {
    const told = kept.filter(({ place }) => place === "log" || place === "metric" || place === "trace");
    const codes = searcherFor(
      receipts.flatMap(({ request_id, tracking_code }) => [
        { name: "request id", bytes: Buffer.from(request_id) },
        { name: "tracking code", bytes: Buffer.from(tracking_code), aloneAmong: isAlphanumeric },
      ]),
    );
    expect(
      told.flatMap(({ where, content }) => codes(content).map(({ needle }) => `${needle.name} in ${where}`)),
    ).toEqual([]);
    const [one] = told;
    const [{ request_id, tracking_code } = { request_id: "", tracking_code: "" }] = receipts;
    if (one === undefined) throw new Error("nothing was told");
    for (const text of [request_id, tracking_code]) {
      expect(codes(planted(one, Buffer.from(text)).content)).toHaveLength(1);
    }
  });

  test("every line of a log is JSON that names its function, its level and Lambda's own id of the invocation", () => {
    const Line = z.object({
      level: z.enum(["INFO", "WARN", "ERROR"]),
      service: z.string().refine((name) => system.functions.has(name)),
      function_request_id: z.uuid(),
      message: z.string().max(100),
      timestamp: z.iso.datetime({ offset: true }),
    });
    const lines = kept.filter(({ place }) => place === "log").map(({ content }) => JSON.parse(content.toString()));
    expect(lines.map((line) => Line.safeParse(line).error).filter((error) => error !== undefined)).toEqual([]);
    const fields = new Set(lines.flatMap((line) => Object.keys(line)));
    for (const field of ["event", "body", "headers", "Records"]) expect(fields).not.toContain(field);
  });

  test("every metric stands under its service, an election, and a reason where it was refused; under nothing else", () => {
    const Metric = z.looseObject({
      _aws: z.object({
        CloudWatchMetrics: z.array(
          z.object({ Dimensions: z.array(z.array(z.enum(["service", "election", "reason"]))) }),
        ),
      }),
    });
    const metrics = kept.filter(({ place }) => place === "metric").map(({ content }) => JSON.parse(content.toString()));
    expect(metrics.map((metric) => Metric.safeParse(metric).error).filter((error) => error !== undefined)).toEqual([]);
  });

  test("a trace tells service, operation, table and time of a call, and the message carries it on to who receives it", () => {
    const Subsegment = z.strictObject({
      type: z.literal("subsegment"),
      id: z.string().regex(/^[0-9a-f]{16}$/),
      parent_id: z.string().regex(/^[0-9a-f]{16}$/),
      trace_id: z.string().regex(/^1-[0-9a-f]{8}-[0-9a-f]{24}$/),
      name: z.enum(["DynamoDB", "SQS", "SecretsManager"]),
      namespace: z.literal("aws"),
      start_time: z.number(),
      end_time: z.number(),
      aws: z.strictObject({ operation: z.string().regex(/^[A-Za-z]+$/), table_name: z.string().optional() }),
      error: z.literal(true).optional(),
      fault: z.literal(true).optional(),
      cause: z
        .strictObject({
          exceptions: z.tuple([z.strictObject({ id: z.string(), type: z.string().regex(/^[A-Za-z]+$/) })]),
        })
        .optional(),
    });
    const told = daemon.datagrams.map((datagram) => {
      const [header = "", document = ""] = datagram.toString().split("\n");
      expect(JSON.parse(header)).toEqual({ format: "json", version: 1 });
      return Subsegment.parse(JSON.parse(document));
    });
    const operations = new Set(told.map(({ name, aws }) => `${name} ${aws.operation}`));
    for (const step of ["SQS SendMessage", "DynamoDB BatchGetItem", "DynamoDB PutItem", "DynamoDB UpdateItem"]) {
      expect(operations).toContain(step);
    }
    const sends = recorders.get("sqs")?.calls.filter(({ action }) => action === "SendMessage") ?? [];
    expect(sends.every(({ headers }) => /^Root=1-/.test(String(headers["x-amzn-trace-id"])))).toBe(true);
  });
});
