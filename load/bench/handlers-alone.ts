import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { paginateScan } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { VIEWER_ADDRESS_HEADER } from "#functions/runtime/viewer-address-header-contract.ts";
import { runBundle } from "#load/bench/bundle-run.ts";
import type { Contest } from "#load/bench/contests.ts";
import type { DeployedFunctions } from "#load/bench/deployed-functions.ts";
import { MIX } from "#load/bench/electorate.ts";
import { type Figure, shortNumber } from "#load/bench/figures.ts";
import { type Ballot, drawBallots, requestOf } from "#load/shared/ballots.ts";
import { enrol, inventCredentials } from "#load/shared/enrolment.ts";
import { seededRandom } from "#load/shared/seeded-random.ts";
import { clientConfig } from "#local/services/credentials.ts";
import { sealBallot } from "#web/sealing.ts";

/**
 * What a vote costs the processor in our own functions, from the request to the tally: each bundle in a process of its own, as
 * Lambda runs it, one event after the other. The database and the queue are in other processes and do not count, nor does
 * anything that plays API Gateway or Lambda.
 */

const VOTES = 6_000;
/** Not measured: the code is compiled while it runs. */
const WARM_UP_SHARE = 1 / 3;
/** What SQS hands over at once, and what the stream does when many vote. */
const MESSAGES = 10;
const RECORDS = 1_000;

/** The event of a request, as an HTTP API makes it; every voter has an address. */
function requestEvent({ path, body }: Readonly<{ path: string; body: string }>, index: number): unknown {
  const address = `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
  return {
    version: "2.0",
    routeKey: `POST ${path}`,
    rawPath: path,
    rawQueryString: "",
    headers: {
      "content-type": "application/json",
      "accept-language": "fr-CA,fr;q=0.9",
      [VIEWER_ADDRESS_HEADER]: `${address}:443`,
    },
    requestContext: { http: { method: "POST", path, sourceIp: address }, routeKey: `POST ${path}` },
    body,
    isBase64Encoded: false,
  };
}

async function requestsOf(ballots: readonly Ballot[], contests: readonly Contest[]): Promise<readonly unknown[]> {
  const keys = new Map(contests.map(({ definition, publicKey }) => [definition.electionId, publicKey]));
  return Promise.all(
    ballots.map(async (ballot, index) => {
      const { definition, selection, voter } = ballot;
      const sealed = await sealBallot(definition, keys.get(definition.electionId) ?? "", voter.regionId, selection);
      return requestEvent(requestOf(ballot, sealed.envelope), index);
    }),
  );
}

/** Takes everything out of the queue, as the events that Lambda makes of it. */
async function queuedEvents({ system }: DeployedFunctions): Promise<readonly unknown[]> {
  const client = new SQSClient({ ...clientConfig(system.endpoints?.sqs ?? ""), cacheMiddleware: true });
  const events: unknown[] = [];
  try {
    for (;;) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: system.outputs.VotesQueueUrl,
          MaxNumberOfMessages: MESSAGES,
          MessageSystemAttributeNames: ["All"],
        }),
      );
      if (Messages.length === 0) return events;
      events.push({
        Records: Messages.map(({ MessageId, ReceiptHandle, Body, Attributes }) => ({
          messageId: MessageId,
          receiptHandle: ReceiptHandle,
          body: Body,
          attributes: Attributes,
          messageAttributes: {},
          eventSource: "aws:sqs",
        })),
      });
    }
  } finally {
    client.destroy();
  }
}

const StoredVote = z.object({
  hash: z.string(),
  electionId: z.string(),
  regionId: z.string(),
  envelope: z.instanceof(Uint8Array),
  trackingCode: z.string(),
  castAt: z.string(),
});

/** What is in the box, as the stream would bring it. */
async function streamEvents({ connection }: DeployedFunctions): Promise<readonly unknown[]> {
  const records: unknown[] = [];
  for await (const { Items } of paginateScan({ client: connection.documents }, { TableName: connection.votesTable })) {
    for (const { envelope, ...texts } of z.array(StoredVote).parse(Items ?? [])) {
      const image = Object.fromEntries(Object.entries(texts).map(([name, S]) => [name, { S }]));
      const NewImage = { ...image, envelope: { B: Buffer.from(envelope).toString("base64") } };
      records.push({ eventName: "INSERT", dynamodb: { SequenceNumber: String(records.length + 1), NewImage } });
    }
  }
  return Array.from({ length: Math.floor(records.length / RECORDS) }, (_, batch) => ({
    shardId: "handlers-alone",
    Records: records.slice(batch * RECORDS, (batch + 1) * RECORDS),
    state: {},
  }));
}

/** Runs a function over events, and gives what one of `perEvent` votes took, in milliseconds. */
async function cpuPerVote(
  deployed: DeployedFunctions,
  name: string,
  events: readonly unknown[],
  perEvent: number,
): Promise<number> {
  const times = await runBundle(deployed, name, events);
  const measured = times.slice(Math.floor(times.length * WARM_UP_SHARE));
  return measured.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / (measured.length * perEvent);
}

/** Sends votes through the three functions one after the other. Throws when one of them was not stored. */
export async function measureHandlersAlone(
  deployed: DeployedFunctions,
  contests: readonly Contest[],
): Promise<readonly Figure[]> {
  const definitions = contests.map(({ definition }) => definition);
  const ballots = drawBallots(definitions, await inventCredentials(VOTES), seededRandom(1, "handlers-alone"));
  await enrol(
    deployed.system,
    ballots.map(({ voter }) => voter),
  );
  const submit = await cpuPerVote(deployed, "submit", await requestsOf(ballots, contests), 1);
  const validate = await cpuPerVote(deployed, "validate", await queuedEvents(deployed), MESSAGES);
  const batches = await streamEvents(deployed);
  if (batches.length * RECORDS !== VOTES) throw new Error(`of ${VOTES} votes not all were stored`);
  const tally = await cpuPerVote(deployed, "tally", batches, RECORDS);
  return [
    {
      name: "CPU per vote, one event at a time",
      value: submit + validate + tally,
      unit: "ms",
      note: `submit ${shortNumber(submit)}, validate ${shortNumber(validate)}, tally ${shortNumber(tally)}; ${MIX}, sealed`,
    },
  ];
}
