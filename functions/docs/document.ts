import * as z from "zod";
import {
  type CreateDocumentOptions,
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from "zod-openapi";
import { Opening } from "#core/opening.ts";
import { BoardAnswer, BoardQuestion } from "#functions/board/contract.ts";
import { PublicCandidate, PublicElection, PublicRegion } from "#functions/elections/contract.ts";
import { Health } from "#functions/health/contract.ts";
import { ElectionResults, LawResults, TurnoutOverTime } from "#functions/results/contract.ts";
import { PROBLEMS, Problem, type ProblemSlug } from "#functions/runtime/problem-contract.ts";
import { REQUEST_ID_HEADER } from "#functions/runtime/request-id-header-contract.ts";
import { ElectionVoteRequest, LawVoteRequest, VoteReceipt } from "#functions/submit/contract.ts";
import { SystemStatus } from "#functions/system-status/contract.ts";
import { VoteStatus } from "#functions/vote-status/contract.ts";

/** The OpenAPI 3.1 document, made from the schemas that the handlers validate with. */

type Answers = Readonly<{
  ok: [status: `${number}`, schema: z.ZodType, description: string];
  refusals: readonly ProblemSlug[];
}>;

const JSON_TYPE = "application/json";
const PROBLEM_TYPE = "application/problem+json";

/** One entry per status; problems that share a status differ in their `type`. */
function responses({ ok: [status, schema, description], refusals }: Answers): ZodOpenApiOperationObject["responses"] {
  const byStatus = Map.groupBy(refusals, (slug) => String(PROBLEMS[slug]));
  const problems = [...byStatus].map(([problemStatus, slugs]) => [
    problemStatus,
    { description: slugs.join(", "), content: { [PROBLEM_TYPE]: { schema: Problem } } },
  ]);
  return { [status]: { description, content: { [JSON_TYPE]: { schema } } }, ...Object.fromEntries(problems) };
}

const LAW_ID = { law_id: z.string().meta({ description: "The law", example: "L2025-001" }) };
const ELECTION_ID = { election_id: z.string().meta({ description: "The law or election", example: "1" }) };
const REGION_ID = { region_id: z.string().meta({ description: "The region", example: "1" }) };
const VOTED = {
  [REQUEST_ID_HEADER]: z.string().optional().meta({
    description:
      "A request id whose ballot was accepted: shows the live result of its election where results are shown after voting",
  }),
};
const REQUEST_ID = { request_id: z.string().meta({ description: "From the 202 answer" }) };

/** JSON Schema: the request has an envelope or one of these fields, not two of them. */
const exactlyOne = (...plain: readonly string[]) => ({
  oneOf: [...plain, "envelope"].map((field) => ({ required: [field] })),
});
const SEALED_TOGETHER = {
  envelope: ["one_time_key", "signature"],
  one_time_key: ["envelope"],
  signature: ["envelope"],
};

/** What only the document says of them is here, and in no bundle of `submit`. */
const lawVoteRequest = LawVoteRequest.meta({
  id: "LawVoteRequest",
  override: { ...exactlyOne("vote"), dependentRequired: SEALED_TOGETHER },
  description:
    "Exactly one of `vote` and `envelope`. A law whose definition names other credential fields takes those instead of `nas` and `code`.",
});
const electionVoteRequest = ElectionVoteRequest.meta({
  id: "ElectionVoteRequest",
  override: { ...exactlyOne("candidate_id", "ranked_choices", "blank"), dependentRequired: SEALED_TOGETHER },
  description:
    "Exactly one of `candidate_id`, `ranked_choices`, `blank` and `envelope`. An election whose definition names other credential fields takes those instead of `nas` and `code`.",
});

function cast(summary: string, body: z.ZodType, example: unknown): ZodOpenApiOperationObject {
  return {
    tags: ["Voting"],
    summary,
    requestBody: { required: true, content: { [JSON_TYPE]: { schema: body, example } } },
    responses: responses({
      ok: ["202", VoteReceipt, "The ballot is in the queue and will be counted if the credentials are on the roll"],
      refusals: [
        "malformed-json",
        "invalid-request",
        "not-open-yet",
        "voting-closed",
        "unknown-election",
        "body-too-large",
        "not-json",
        "too-many-requests",
        "too-many-guesses",
        "try-again",
      ],
    }),
  };
}

function read(
  tag: string,
  summary: string,
  schema: z.ZodType,
  parameters: Readonly<Record<string, z.ZodType>> = {},
  refusals: readonly ProblemSlug[] = [],
): ZodOpenApiOperationObject {
  return {
    tags: [tag],
    summary,
    requestParams: { path: z.object(parameters), ...(tag === "Results" && { header: z.object(VOTED) }) },
    responses: responses({
      ok: ["200", schema, "As requested"],
      refusals: [...refusals, "too-many-requests", "try-again"],
    }),
  };
}

const paths: ZodOpenApiPathsObject = {
  "/api/v1/vote": {
    post: cast("Vote on a law", lawVoteRequest, { nas: "123456789", code: "ABC123", law_id: "L2025-001", vote: "oui" }),
  },
  "/api/v1/elections/vote": {
    post: cast("Vote in an election", electionVoteRequest, {
      nas: "123456789",
      code: "ABC123",
      election_id: 1,
      region_id: 1,
      candidate_id: 1,
      voting_method: "single_choice",
    }),
  },
  "/api/v1/votes/{request_id}": {
    get: read("Voting", "The status of a ballot", VoteStatus, REQUEST_ID, ["unknown-request"]),
  },
  "/api/v1/board": {
    post: {
      tags: ["Voting"],
      summary: "Whether a ballot is in the box",
      requestBody: {
        required: true,
        content: { [JSON_TYPE]: { schema: BoardQuestion, example: { tracking_code: "ABCDE FGHIJ KLMNO PQRST" } } },
      },
      responses: responses({
        ok: ["200", BoardAnswer, "As requested; a ballot is on the board once it is counted"],
        refusals: ["malformed-json", "invalid-request", "body-too-large", "not-json", "too-many-requests", "try-again"],
      }),
    },
  },
  "/api/v1/elections/{election_id}/turnout": {
    get: read("Elections", "How turnout grew over time", TurnoutOverTime, ELECTION_ID, ["unknown-election"]),
  },
  "/api/v1/results": { get: read("Results", "Results of every law", z.array(LawResults)) },
  "/api/v1/results/{law_id}": { get: read("Results", "Results of a law", LawResults, LAW_ID, ["unknown-election"]) },
  "/api/v1/elections/{election_id}/results": {
    get: read("Results", "Results of an election, all regions summed", ElectionResults, ELECTION_ID, [
      "unknown-election",
    ]),
  },
  "/api/v1/elections/{election_id}/regions/{region_id}/results": {
    get: read("Results", "Results of an election in one region", ElectionResults, { ...ELECTION_ID, ...REGION_ID }, [
      "unknown-election",
      "unknown-region",
    ]),
  },
  "/api/v1/elections": { get: read("Elections", "Every law and election", z.array(PublicElection)) },
  "/api/v1/elections/{election_id}": {
    get: read("Elections", "One law or election", PublicElection, ELECTION_ID, ["unknown-election"]),
  },
  "/api/v1/elections/{election_id}/opening": {
    get: read(
      "Elections",
      "What was fixed and signed before voting opened, byte for byte as `opening.json` of a certified election",
      Opening,
      ELECTION_ID,
      ["unknown-election", "no-opening"],
    ),
  },
  "/api/v1/regions": { get: read("Elections", "Every region", z.array(PublicRegion)) },
  "/api/v1/elections/{election_id}/regions/{region_id}/candidates": {
    get: read("Elections", "Who stands in a region", z.array(PublicCandidate), { ...ELECTION_ID, ...REGION_ID }, [
      "unknown-election",
      "unknown-region",
    ]),
  },
  "/api/v1/status": {
    get: read(
      "System",
      "What observers watch while people vote; docs/adr/0032-status-tells-no-more-than-turnout.md says what is rounded",
      SystemStatus,
    ),
  },
  "/api/v1/health": { get: read("System", "Whether each part that a vote needs is up", Health) },
};

/** Removes the maximum that zod gives every integer, the largest that JavaScript holds exactly. */
const withoutMachineBounds: NonNullable<CreateDocumentOptions["override"]> = ({ jsonSchema }) => {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
};

/** The document as it is served and committed. */
export function openApiDocument(): ReturnType<typeof createDocument> {
  return createDocument(
    {
      openapi: "3.1.0",
      info: {
        title: "Scrutin",
        version: "1",
        description:
          "Vote on laws and in elections, follow your ballot, read the results. Identifiers are strings; a number is read as its string. " +
          "Refusals are application/problem+json (RFC 9457), in French or English by Accept-Language.",
      },
      servers: [{ url: "/" }],
      paths,
    },
    { override: withoutMachineBounds },
  );
}
