import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { GetQueueAttributesCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { VoteReceipt } from "#functions/submit/contract.ts";
import { clientConfig } from "#local/services/credentials.ts";
import { type System, startSystem } from "#local/system.ts";
import { hashesOf, LAW, RACE, RANKED, requestOf, type Voter, writeElections } from "#test/local/secrecy/electorate.ts";
import {
  callsTo,
  filesAsBytes,
  itemsOf,
  type Kept,
  linesIn,
  messagesOf,
  streamRecordsOf,
} from "#test/local/secrecy/places.ts";
import { type Call, type Recorder, startRecorder } from "#test/local/secrecy/recorder.ts";

/** Everybody votes in a whole system while everything goes wrong that can; then everything it kept is collected. */

export type Ordeal = Readonly<{
  voters: readonly Voter[];
  /** The voters by hash. */
  hashes: ReadonlyMap<string, Voter>;
  receipts: readonly VoteReceipt[];
  kept: readonly Kept[];
  sends: readonly Call[];
  functionNames: ReadonlySet<string>;
}>;

const AT_ONCE = 20;
const MISUSED = 60;
/** By votes, not by time: on a slow machine `validate` would never finish. */
const KILLED_EVERY_VOTES = 300;
/** So many, and so far apart, that few votes are lost on a slow machine beside those that cannot be stored. */
const TRIES = 4;
const TRIED_AGAIN_AFTER_S = 6;

async function inBatches<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let start = 0; start < items.length; start += AT_ONCE) {
    await Promise.all(items.slice(start, start + AT_ONCE).map(work));
  }
}

/** So many votes cannot be stored and end among the dead letters, now and then with others of their batch. */
const UNSTORABLE = 5;

const refusingBallotsOf =
  (hashes: ReadonlySet<string>) =>
  (action: string, body: string): boolean =>
    action === "BatchExecuteStatement" && [...hashes].some((hash) => body.includes(hash));

/** Fails the first few sends: their voters are told to try again, and do. */
function refusingFirst(count: number): (action: string) => boolean {
  let left = count;
  return (action) => action === "SendMessage" && left-- > 0;
}

/** Posts to a system, and keeps every receipt. */
function postingTo({ url }: System, receipts: VoteReceipt[]) {
  const post = (path: string, body: string): Promise<Response> =>
    fetch(`${url}${path}`, { method: "POST", headers: { "content-type": "application/json" }, body });

  return {
    /** Votes until the vote is received: the queue may refuse it, or the function be killed. */
    async vote(voter: Voter): Promise<void> {
      const { path, body } = requestOf(voter);
      for (;;) {
        const response = await post(path, JSON.stringify(body)).catch(() => undefined);
        if (response?.status === 202) {
          receipts.push(VoteReceipt.parse(await response.json()));
          return;
        }
        await pause(50);
      }
    },

    /** What else is sent: a second vote, another voter's code, a wrong region, malformed requests. */
    async misuse(voter: Voter, other: Voter): Promise<void> {
      const { path, body } = requestOf(voter);
      await post(path, JSON.stringify({ ...body, code: other.code }));
      await post(path, JSON.stringify({ ...body, nas: `${voter.nas}0` }));
      await post(path, JSON.stringify({ ...body, code: [voter.code] }));
      await post(path, JSON.stringify({ ...body, [voter.nas]: voter.code }));
      await post(path, JSON.stringify(body).slice(0, -5));
      await post(`${path}?nas=${voter.nas}&code=${voter.code}`, `nas=${voter.nas}&code=${voter.code}`);
      await fetch(`${url}/api/v1/votes/${voter.nas}${voter.code}`);
      const again = await post(path, JSON.stringify(requestOf({ ...voter, ranking: voter.ranking.toReversed() }).body));
      if (again.status === 202) receipts.push(VoteReceipt.parse(await again.json()));
    },

    /** Makes every request that reads. */
    async look(): Promise<void> {
      await inBatches(receipts, async ({ request_id }) => {
        await fetch(`${url}/api/v1/votes/${request_id}`);
      });
      const results = [`/results/${LAW}`, `/elections/${RACE}/results`, `/elections/${RANKED}/results`];
      for (const path of [...results, "/health", "/status"]) await fetch(`${url}/api/v1${path}`);
    },
  };
}

/** Deployed, it is six times the function's timeout. */
async function shortenVisibility({ endpoints, outputs }: System): Promise<void> {
  const client = new SQSClient(clientConfig(endpoints.sqs));
  const Attributes = { VisibilityTimeout: String(TRIED_AGAIN_AFTER_S) };
  await client.send(new SetQueueAttributesCommand({ QueueUrl: outputs.VotesQueueUrl, Attributes }));
  client.destroy();
}

/** Resolves once no message waits and every stored ballot is counted. */
async function settled({ endpoints, outputs }: System): Promise<void> {
  const client = new SQSClient(clientConfig(endpoints.sqs));
  const ask = new GetQueueAttributesCommand({
    QueueUrl: outputs.VotesQueueUrl,
    AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
  });
  while (Object.values((await client.send(ask)).Attributes ?? {}).some((count) => count !== "0")) await pause(250);
  client.destroy();
  await pause(3_000);
}

/** @param folder for the system's data, logs and elections; may be removed afterwards */
export async function undergo(folder: string): Promise<Ordeal> {
  const [dataFolder, logFolder, electionsFolder] = ["data", "logs", "elections"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const voters = await writeElections(electionsFolder);
  const recorders = new Map<string, Recorder>();
  const unstorable = new Set<string>();
  const system = await startSystem({
    port: 0,
    believesAddresses: true,
    dataFolder,
    logFolder,
    electionsFolder,
    config: { validateTimeoutSeconds: 5, maxReceiveCount: TRIES },
    throughEndpoints: async (endpoints) => {
      const dynamodb = await startRecorder(endpoints.dynamodb, refusingBallotsOf(unstorable));
      const sqs = await startRecorder(endpoints.sqs, refusingFirst(5));
      recorders.set("dynamodb", dynamodb).set("sqs", sqs);
      return { ...endpoints, dynamodb: dynamodb.endpoint, sqs: sqs.endpoint };
    },
  });
  const receipts: VoteReceipt[] = [];
  let running: readonly Kept[];
  let hashes: Ordeal["hashes"];
  try {
    await shortenVisibility(system);
    hashes = await hashesOf(system, voters);
    for (const hash of [...hashes.keys()].slice(0, UNSTORABLE)) unstorable.add(hash);
    const { vote, misuse, look } = postingTo(system, receipts);
    let voted = 0;
    await inBatches(voters, async (voter) => {
      await vote(voter);
      voted++;
      if (voted % KILLED_EVERY_VOTES === 0) system.functions.get("validate")?.kill();
    });
    const pairs = voters.slice(0, MISUSED).map((voter, index) => [voter, voters[index + MISUSED] ?? voter] as const);
    await inBatches(pairs, ([voter, other]) => misuse(voter, other));
    await look();
    await settled(system);
    running = [
      ...(await itemsOf(system)),
      ...(await streamRecordsOf(system)),
      ...(await messagesOf(system, system.outputs.DeadLetterQueueUrl ?? "")),
    ];
  } finally {
    await system.stop();
    for (const recorder of recorders.values()) await recorder.stop();
  }
  return {
    voters,
    hashes,
    receipts,
    sends: recorders.get("sqs")?.calls.filter(({ action }) => action === "SendMessage") ?? [],
    functionNames: new Set(system.functions.keys()),
    kept: [
      ...running,
      ...(await linesIn(logFolder)),
      ...(await filesAsBytes(dataFolder, logFolder)),
      ...[...recorders].flatMap(([service, { calls }]) => callsTo(service, calls)),
    ],
  };
}
