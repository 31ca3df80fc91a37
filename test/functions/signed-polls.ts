import { randomBytes } from "node:crypto";
import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { BatchWriteCommand, DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Context } from "aws-lambda";
import { toBase64Url } from "#core/bytes.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import type { ElectionDefinition } from "#core/election.ts";
import type { Selection } from "#core/selection.ts";
import { type BallotContext, makeBallot } from "#core/trustees/ballot.ts";
import { ballotDigest } from "#core/trustees/ballot-digest.ts";
import { type CardKey, cardKey, signBallot } from "#core/trustees/card-key.ts";
import type { Ceremony } from "#core/trustees/ceremony/record-shape.ts";
import { contextOf } from "#core/trustees/context-of.ts";
import { encodeSelection } from "#core/trustees/plaintext.ts";
import { WHOLE_COUNTRY } from "#core/whole-country.ts";
import type { HttpEvent } from "#functions/runtime/http.ts";
import { createGuessLimits } from "#functions/submit/guess-limits.ts";
import { createSubmitHandler } from "#functions/submit/handler.ts";
import { tokenReader } from "#functions/submit/id-token.ts";
import { providerKeys } from "#functions/submit/provider-keys.ts";
import { voterReader } from "#functions/submit/voter.ts";
import { createValidateHandler } from "#functions/validate/handler.ts";
import { nodeCards } from "#storage/card-engine.ts";
import { electionsTable } from "#storage/elections-table.ts";
import { guessesTable } from "#storage/guesses-table.ts";
import { rejectedAttemptsTable } from "#storage/rejected-attempts-table.ts";
import { rollTable } from "#storage/roll-table.ts";
import type { VoteMessage } from "#storage/vote-message.ts";
import { votesTable } from "#storage/votes-table.ts";
import { wholeKey } from "#test/core/trustees/contexts.ts";
import { emptyDatabase } from "#test/database.ts";
import { OPENING } from "#test/definitions.ts";
import { sqsEvent } from "#test/functions/sqs-event.ts";
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
  const now = (): number => NOW_MS;

  const submit = createSubmitHandler({
    elections: electionsTable(client, "elections", now),
    secrets: {
      bytes: async (name) => {
        secretsRead.add(name);
        const found = secrets.get(name);
        if (found === undefined) throw new Error(`there is no secret ${name}`);
        return found;
      },
    },
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

  return {
    ...{ client, documents, sent, secretsRead },

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
