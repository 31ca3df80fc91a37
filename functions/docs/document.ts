import * as z from "zod";
import { type CreateDocumentOptions, createDocument, type ZodOpenApiPathsObject } from "zod-openapi";
import { IDENTIFIER_FORM } from "#core/election.ts";
import { Opening } from "#core/opening.ts";
import { BoardAnswer, BoardQuestion } from "#functions/board/contract.ts";
import { cast, JSON_TYPE, read, responses, VOTER_TOKEN } from "#functions/docs/operations.ts";
import { ElectionVote, LawVote } from "#functions/docs/vote-requests.ts";
import { PublicCandidate, PublicElection, PublicRegion } from "#functions/elections/contract.ts";
import { Health } from "#functions/health/contract.ts";
import { ElectionResults, LawResults, TurnoutOverTime } from "#functions/results/contract.ts";
import { CHANGES_HEADER, NEWEST_CHANGE_HEADER } from "#functions/runtime/chain-headers-contract.ts";
import { REQUEST_ID_HEADER } from "#functions/runtime/request-id-header-contract.ts";
import { SystemStatus } from "#functions/system-status/contract.ts";
import { VoteStatus } from "#functions/vote-status/contract.ts";

/** The OpenAPI 3.1 document, made from the schemas that the handlers validate with. */

const identifier = (description: string, example: string) =>
  z.string().regex(IDENTIFIER_FORM).meta({ description, example });
const LAW_ID = { law_id: identifier("The law", "L2025-001") };
const ELECTION_ID = { election_id: identifier("The law or election", "1") };
const RACE_ID = { election_id: identifier("The election", "1") };
const PAPER_ID = { paper_id: identifier("The paper", "1") };
const REGION_ID = { region_id: identifier("The region", "1") };
const CHAIN = {
  [CHANGES_HEADER]: z
    .string()
    .regex(/^[0-9]+$/)
    .meta({ description: "How many changes of closing and roll were signed since, as in `changes.json`" }),
  [NEWEST_CHANGE_HEADER]: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .meta({ description: "SHA-256 of the newest of them, or of the answer itself while there is none" }),
};
const REQUEST_ID = { request_id: z.string().meta({ description: "From the 202 answer" }) };

const sameElection = { parameters: { election_id: "$request.path.election_id" } };
const SAME_CONTEST = { election_id: "$request.path.election_id", region_id: "$request.path.region_id" };
const firstOfRegion = {
  parameters: { election_id: "$response.body#/0/election_ids/0", region_id: "$response.body#/0/region_id" },
};
/** The demonstration's voter. */
const CREDENTIALS = { nas: "123456789", code: "ABC123" };
const asVoter = { [`header.${REQUEST_ID_HEADER}`]: "$response.body#/request_id" };

const paths: ZodOpenApiPathsObject = {
  "/api/v1/vote": {
    post: cast("castLawVote", "Vote on a law", {
      body: LawVote,
      example: { ...CREDENTIALS, law_id: "L2025-001", vote: "oui" },
      leadsTo: { getLawResults: { parameters: { law_id: "$request.body#/law_id", ...asVoter } } },
    }),
  },
  "/api/v1/elections/vote": {
    post: cast("castElectionVote", "Vote in an election", {
      body: ElectionVote,
      example: {
        ...CREDENTIALS,
        election_id: 1,
        region_id: 1,
        candidate_id: 1,
        voting_method: "single_choice",
      },
      leadsTo: {
        getRegionResults: {
          parameters: { election_id: "$request.body#/election_id", region_id: "$request.body#/region_id", ...asVoter },
        },
      },
    }),
  },
  "/api/v1/votes/{request_id}": {
    get: read("Voting", "getVoteStatus", "The status of a ballot", {
      answer: VoteStatus,
      parameters: REQUEST_ID,
      refusals: ["unknown-request"],
    }),
  },
  "/api/v1/board": {
    post: {
      operationId: "lookUpBallot",
      tags: ["Voting"],
      summary: "Whether a ballot is in the box",
      requestBody: {
        required: true,
        content: { [JSON_TYPE]: { schema: BoardQuestion, example: { tracking_code: "ABCDE FGHIJ KLMNO PQRST" } } },
      },
      responses: responses({
        operationId: "lookUpBallot",
        ok: ["200", BoardAnswer, "As requested; a ballot is on the board once it is counted"],
        refusals: ["malformed-json", "invalid-request", "body-too-large", "not-json", "too-many-requests", "try-again"],
      }),
    },
  },
  "/api/v1/elections/{election_id}/turnout": {
    get: read("Elections", "getTurnout", "How turnout grew over time", {
      answer: TurnoutOverTime,
      parameters: ELECTION_ID,
      refusals: ["unknown-election", "voting-cancelled"],
    }),
  },
  "/api/v1/results": {
    get: read("Results", "listLawResults", "Results of every law, but for the cancelled", {
      answer: z.array(LawResults),
      leadsTo: {
        getLawResults: { parameters: { law_id: "$response.body#/0/law_id" } },
        castLawVote: { requestBody: { ...CREDENTIALS, law_id: "$response.body#/0/law_id", vote: "oui" } },
      },
    }),
  },
  "/api/v1/results/{law_id}": {
    get: read("Results", "getLawResults", "Results of a law", {
      answer: LawResults,
      parameters: LAW_ID,
      refusals: ["unknown-election", "voting-cancelled"],
      leadsTo: { getTurnout: { parameters: { election_id: "$request.path.law_id" } } },
    }),
  },
  "/api/v1/elections/{election_id}/results": {
    get: read("Results", "getElectionResults", "Results of an election, all regions summed", {
      answer: ElectionResults,
      parameters: RACE_ID,
      refusals: ["unknown-election", "voting-cancelled"],
      leadsTo: { getTurnout: sameElection },
    }),
  },
  "/api/v1/elections/{election_id}/regions/{region_id}/results": {
    get: read("Results", "getRegionResults", "Results of an election in one region", {
      answer: ElectionResults,
      parameters: { ...RACE_ID, ...REGION_ID },
      refusals: ["unknown-election", "unknown-region", "voting-cancelled"],
      leadsTo: { getElectionResults: sameElection },
    }),
  },
  "/api/v1/elections": {
    get: read("Elections", "listElections", "Every law and election", {
      answer: z.array(PublicElection),
      leadsTo: { getElection: { parameters: { election_id: "$response.body#/0/election_id" } } },
    }),
  },
  "/api/v1/elections/{election_id}": {
    get: read("Elections", "getElection", "One law or election", {
      answer: PublicElection,
      parameters: ELECTION_ID,
      refusals: ["unknown-election"],
      leadsTo: { getOpening: sameElection, getTurnout: sameElection },
    }),
  },
  "/api/v1/elections/{election_id}/opening": {
    get: read(
      "Elections",
      "getOpening",
      "What was fixed and signed before voting opened, byte for byte as `opening.json` of a certified election",
      { answer: Opening, parameters: ELECTION_ID, refusals: ["unknown-election", "no-opening"], headers: CHAIN },
    ),
  },
  "/api/v1/papers/{paper_id}": {
    get: read("Elections", "getPaper", "The laws and elections that are questions of one paper", {
      answer: z.array(PublicElection),
      parameters: PAPER_ID,
      refusals: ["unknown-election"],
      leadsTo: { getElection: { parameters: { election_id: "$response.body#/0/election_id" } } },
    }),
  },
  "/api/v1/regions": {
    get: read("Elections", "listRegions", "Every region", {
      answer: z.array(PublicRegion),
      leadsTo: { listCandidates: firstOfRegion, getRegionResults: firstOfRegion },
    }),
  },
  "/api/v1/elections/{election_id}/regions/{region_id}/candidates": {
    get: read("Elections", "listCandidates", "Who stands in a region", {
      answer: z.array(PublicCandidate),
      parameters: { ...RACE_ID, ...REGION_ID },
      refusals: ["unknown-election", "unknown-region"],
      leadsTo: {
        getRegionResults: { parameters: SAME_CONTEST },
        castElectionVote: {
          requestBody: { ...CREDENTIALS, ...SAME_CONTEST, candidate_id: "$response.body#/0/candidate_id" },
        },
      },
    }),
  },
  "/api/v1/status": {
    get: read(
      "System",
      "getStatus",
      "What observers watch while people vote; docs/adr/0032-status-tells-no-more-than-turnout.md says what is rounded",
      { answer: SystemStatus },
    ),
  },
  "/api/v1/health": {
    get: read("System", "getHealth", "Whether each part that a vote needs is up", { answer: Health }),
  },
};

/** Removes the maximum that zod gives every integer, the largest that JavaScript holds exactly. Requests are held to it. */
const withoutMachineBounds: NonNullable<CreateDocumentOptions["override"]> = ({ jsonSchema, io }) => {
  if (io === "output" && jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
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
          "Fields keep their names and meanings; new ones may be added. " +
          "Refusals are application/problem+json (RFC 9457), in French or English by Accept-Language.",
      },
      servers: [{ url: "/" }],
      paths,
      components: {
        securitySchemes: {
          [VOTER_TOKEN]: {
            type: "http",
            scheme: "bearer",
            bearerFormat: "JWT",
            description:
              "Where the definition has an `identity`: the ID token (OpenID Connect) that its issuer gave the voter, signed with RS256, ES256 or EdDSA. It is verified and kept nowhere. Without a `nonce` it casts any ballot of its voter; with one, only the sealed ballots that the nonce was made for",
          },
        },
      },
    },
    { override: withoutMachineBounds },
  );
}
