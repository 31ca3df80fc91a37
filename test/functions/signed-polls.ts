import { randomBytes } from "node:crypto";
import { DynamoDBClient, GetItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { BatchWriteCommand, DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Context } from "aws-lambda";
import { toBase64Url } from "#core/bytes.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import type { ElectionDefinition } from "#core/election.ts";
import type { ContestTallies } from "#core/recount.ts";
import type { Selection } from "#core/selection.ts";
import { TRACKING_CODE_BYTES, unpackTrackingCode } from "#core/tracking-code.ts";
import { type BallotContext, makeBallot } from "#core/trustees/ballot.ts";
import { ballotDigest } from "#core/trustees/ballot-digest.ts";
import { type CardKey, cardKey, signBallot } from "#core/trustees/card-key.ts";
import type { Ceremony } from "#core/trustees/ceremony/record-shape.ts";
import { contextOf } from "#core/trustees/context-of.ts";
import { encodeSelection } from "#core/trustees/plaintext.ts";
import { WHOLE_COUNTRY } from "#core/whole-country.ts";
import { countSegment } from "#functions/recount/segment.ts";
import { createResultsHandler } from "#functions/results/handler.ts";
import type { HttpEvent } from "#functions/runtime/http.ts";
import { createGuessLimits } from "#functions/submit/guess-limits.ts";
import { createSubmitHandler } from "#functions/submit/handler.ts";
import { tokenReader } from "#functions/submit/id-token.ts";
import { providerKeys } from "#functions/submit/provider-keys.ts";
import { voterReader } from "#functions/submit/voter.ts";
import { createTallyHandler } from "#functions/tally/handler.ts";
import { createValidateHandler } from "#functions/validate/handler.ts";
import { ballotKeys } from "#storage/ballot-keys.ts";
import { bulletinBoardTable } from "#storage/bulletin-board-table.ts";
import { nodeCards } from "#storage/card-engine.ts";
import { electionsRegistered, electionsTable } from "#storage/elections-table.ts";
import { guessesTable } from "#storage/guesses-table.ts";
import { rejectedAttemptsTable } from "#storage/rejected-attempts-table.ts";
import { rollTable } from "#storage/roll-table.ts";
import { talliesTable } from "#storage/tallies-table.ts";
import type { VoteMessage } from "#storage/vote-message.ts";
import { votesTable } from "#storage/votes-table.ts";
import { wholeKey } from "#test/core/trustees/contexts.ts";
import { emptyDatabase } from "#test/database.ts";
import { OPENING } from "#test/definitions.ts";
import { sqsEvent } from "#test/functions/sqs-event.ts";
import { publishedInMemory } from "#test/storage/published-memory.ts";
import { createTables } from "#test/storage/store.ts";

/** The real handlers of `submit` and `validate` on real tables, for elections whose ballots trustees open. */

const CONTEXT = { functionName: "test", getRemainingTimeInMillis: () => 30_000 } as Context;
export const NOW_MS = Date.parse("2026-11-03T14:00:42Z");
export const MINUTE = "2026-11-03T14:00:00.000Z";

/** A registered election, and the key that opens its ballots, which only tests have whole. */
export type SignedElection = Readonly<{ definition: ElectionDefinition; ceremony: Ceremony }>;
/** What a voter's page sends, beside which election it is. */
export type SignedVote = Readonly<{ region_id?: string; voter_key: string; ballot: string; signature: string }>;

const bytes32 = (): string => toBase64Url(new Uint8Array(randomBytes(32)));

/** The form of what a ceremony leaves, with a key that a test has whole. */
function ceremonyOf(definition: ElectionDefinition, publicKey: Uint8Array): Ceremony {
  const trustee = (name: string) => ({
    ...{ name, signingKey: bytes32(), sealingKey: bytes32(), verifyingKey: bytes32() },
  });
  const signature = (): string => toBase64Url(new Uint8Array(randomBytes(64)));
  return {
    format: "scrutin-ceremony-1",
    electionId: definition.electionId,
    ballotDigest: toBase64Url(ballotDigest(definition)),
    publicKey: toBase64Url(publicKey),
    threshold: 2,
    mixes: 2,
    messages: signature(),
    trustees: ["A", "B", "C"].map(trustee),
    signatures: [signature(), signature(), signature()],
  };
}

/** The key of a card in this election. */
export const cardOf = ({ definition: { electionId } }: SignedElection, number: string): CardKey =>
  cardKey(nodeCards, { electionId, number, code: "ABCDEFGHJKMNP" });

export const contextAt = (election: SignedElection, regionId: string, { voterKey }: CardKey): BallotContext =>
  contextOf(election, regionId, voterKey);

/** A ballot as an honest page makes it. */
export function bodyOf(election: SignedElection, card: CardKey, regionId: string, selection: Selection): Uint8Array {
  const point = encodeSelection(election.definition, regionId, selection);
  return makeBallot(contextAt(election, regionId, card), point, new Uint8Array(randomBytes(32)));
}

/** What an honest page sends. */
export function voteOf(election: SignedElection, card: CardKey, regionId: string, body: Uint8Array): SignedVote {
  return {
    ...(regionId !== WHOLE_COUNTRY && { region_id: regionId }),
    voter_key: card.voterKey,
    ballot: toBase64Url(body),
    signature: toBase64Url(signBallot(nodeCards, card, contextAt(election, regionId, card), body)),
  };
}

export async function openSignedPolls() {
  const client = new DynamoDBClient(emptyDatabase().config);
  const documents = DynamoDBDocumentClient.from(client);
  await createTables(client);
  const secrets = new Map<string, Uint8Array>();
  const secretsRead = new Set<string>();
  const sent: VoteMessage[] = [];
  let waiting: VoteMessage[] = [];
  const clock = { nowMs: NOW_MS };
  const now = (): number => clock.nowMs;

  const reading = (read: Set<string>) => ({
    bytes: async (name: string): Promise<Uint8Array> => {
      read.add(name);
      const found = secrets.get(name);
      if (found === undefined) throw new Error(`there is no secret ${name}`);
      return found;
    },
  });
  const submit = createSubmitHandler({
    elections: electionsTable(client, "elections", now),
    secrets: reading(secretsRead),
    queue: {
      send: async (vote) => {
        sent.push(vote);
        waiting.push(vote);
      },
    },
    limits: createGuessLimits(guessesTable(client, "guesses"), now),
    voters: voterReader(tokenReader(providerKeys([], now, () => undefined))),
    ...{ viewerAddressHeader: "", pepperSecretPrefix: "pepper/", stampKeySecretPrefix: "stamp-key/" },
    ...{ receiptKeyPrefix: "receipt-key/", acknowledgementKeyPrefix: "acknowledgement-key/" },
    now,
  });
  const validate = createValidateHandler({
    roll: rollTable(client, "roll"),
    box: votesTable(client, "votes"),
    rejectedAttempts: rejectedAttemptsTable(client, "rejected-attempts"),
    guesses: guessesTable(client, "guesses"),
    now,
  });

  const keysRead = new Set<string>();
  const keys = ballotKeys(reading(keysRead), { ballotKeys: "ballot-key/", stampKeys: "stamp-key/" });
  const tallies = talliesTable(client, "tallies");
  const tally = createTallyHandler({
    elections: electionsTable(client, "elections", now),
    isRegistered: electionsRegistered(client, "elections"),
    ballotKeys: keys,
    tallies,
    board: bulletinBoardTable(client, "board"),
    now,
  });
  const counted = new Set<string>();

  return {
    ...{ client, documents, sent, secretsRead, tallies, clock },
    /** The secrets that counting asked for. */
    keysRead,

    /** Has `tally` count all that stands in the box and was not counted; again, what the stream repeats. */
    async count(again: "again" | "once" = "once"): Promise<void> {
      const { Items = [] } = await client.send(new ScanCommand({ TableName: "votes" }));
      const written = Items.map((item) => {
        const image = Object.entries(item).map(([name, value]) => [
          name,
          value.B === undefined ? value : { B: Buffer.from(value.B).toString("base64") },
        ]);
        const NewImage = Object.fromEntries(image);
        return { hash: item.hash?.S ?? "", record: { eventName: "INSERT", dynamodb: { NewImage } } };
      });
      const fresh = written.filter(({ hash }) => !counted.has(hash));
      for (const { hash } of fresh) counted.add(hash);
      const hashes = [...counted];
      const Records = (again === "again" ? written : fresh)
        .map(({ hash, record }) => ({ place: hashes.indexOf(hash), record }))
        .sort((one, other) => one.place - other.place)
        .map(({ place, record: { eventName, dynamodb } }) => {
          return { eventName, dynamodb: { ...dynamodb, SequenceNumber: String(place + 1) } };
        });
      await tally({ Records, shardId: "shard-1", state: {} });
    },

    /** Counts the box as the scheduled recount does, by contestKey. */
    recount: (election: SignedElection): Promise<ContestTallies> => {
      const asRegistered = { ...election, publicKey: election.ceremony.publicKey, opening: OPENING };
      return countSegment(client, "votes", [asRegistered], keys, { segment: 0, of: 1 });
    },

    /** Tracking codes on an election's board. */
    async postedCodes({ definition }: SignedElection): Promise<readonly string[]> {
      const codes: string[] = [];
      for await (const { codes: packed } of bulletinBoardTable(client, "board").postedSince(definition.electionId, 0)) {
        for (let at = 0; at < packed.length; at += TRACKING_CODE_BYTES)
          codes.push(unpackTrackingCode(packed.subarray(at, at + TRACKING_CODE_BYTES)));
      }
      return codes.sort();
    },

    /** What everybody is told of results, as a new environment of the function reads it. */
    async results({ definition }: SignedElection, regionId?: string): Promise<unknown> {
      const handler = createResultsHandler({
        elections: electionsTable(client, "elections", now),
        tallies,
        published: publishedInMemory(),
        box: votesTable(client, "votes"),
        secrets: { bytesIfAny: async () => undefined },
        receiptKeyPrefix: "",
        now,
      });
      const isLaw = definition.votingMethod === "referendum";
      const id = isLaw ? { law_id: definition.electionId } : { election_id: definition.electionId };
      const pathParameters = { ...id, ...(regionId !== undefined && { region_id: regionId }) };
      const event = { routeKey: "GET /api/v1/…/results", headers: {}, pathParameters };
      const { body, statusCode } = await handler(event as unknown as HttpEvent, CONTEXT);
      if (statusCode !== 200) throw new Error(`results answered ${statusCode}`);
      return JSON.parse(body ?? "");
    },

    /** Registers an election, with these cards on its roll: number by region. No pepper and no ballot key is made. */
    async register(
      definition: ElectionDefinition,
      roll: readonly Readonly<{ number: string; regionId: string }>[],
    ): Promise<SignedElection> {
      const { electionId } = definition;
      const ceremony = ceremonyOf(definition, wholeKey().publicKey);
      const { publicKey } = ceremony;
      for (const kind of ["stamp-key", "receipt-key", "acknowledgement-key"])
        secrets.set(`${kind}/${electionId}`, new Uint8Array(randomBytes(32)));
      const texts = { definition: JSON.stringify(definition), ceremony: canonicalJson(ceremony) };
      const Item = { electionId, ...texts, publicKey, opening: `parts:${OPENING}:1` };
      await documents.send(new PutCommand({ TableName: "elections", Item }));
      const election = { definition, ceremony };
      const voters = roll.map(({ number, regionId }) => {
        const Voter = { hash: cardOf(election, number).voterKey, electionId, regionId };
        return { PutRequest: { Item: Voter } };
      });
      await documents.send(new BatchWriteCommand({ RequestItems: { roll: voters } }));
      return election;
    },

    /** Has no secret of this name any more. */
    lose: (name: string) => secrets.delete(name),

    /** Posts a body to `submit`. */
    async post({ definition }: SignedElection, body: object): Promise<Readonly<{ status: number; answer: unknown }>> {
      const isLaw = definition.votingMethod === "referendum";
      const id = isLaw ? { law_id: definition.electionId } : { election_id: definition.electionId };
      const event = {
        routeKey: isLaw ? "POST /api/v1/vote" : "POST /api/v1/elections/vote",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...id, ...body }),
        isBase64Encoded: false,
        requestContext: { http: { sourceIp: "203.0.113.7" } },
      };
      const answered = await submit(event as unknown as HttpEvent, CONTEXT);
      return { status: answered.statusCode ?? 0, answer: JSON.parse(answered.body ?? "null") };
    },

    /** Has `validate` decide all that waits. */
    async decide(): Promise<void> {
      const votes = waiting;
      waiting = [];
      const { batchItemFailures } = await validate(sqsEvent(votes, 0), CONTEXT);
      if (batchItemFailures.length > 0) throw new Error("validate did not decide every ballot");
    },

    /** The item that the votes table has of a voter; undefined for none. */
    async itemOf({ voterKey }: CardKey) {
      const Key = { hash: { S: voterKey } };
      return (await client.send(new GetItemCommand({ TableName: "votes", Key }))).Item;
    },

    /** How often and how a voter's attempts were refused. */
    rejected: ({ definition }: SignedElection, { voterKey }: CardKey) =>
      rejectedAttemptsTable(client, "rejected-attempts").rowsOf(definition.electionId, voterKey),

    close(): void {
      client.destroy();
    },
  };
}
export type SignedPolls = Awaited<ReturnType<typeof openSignedPolls>>;
