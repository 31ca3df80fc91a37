import * as z from "zod";
import type { ZodOpenApiOperationObject } from "zod-openapi";
import { EXAMPLES, type OperationId } from "#functions/docs/examples.ts";
import { PROBLEMS, Problem, type ProblemSlug } from "#functions/runtime/problem-contract.ts";
import { REQUEST_ID_FORM, REQUEST_ID_HEADER } from "#functions/runtime/request-id-header-contract.ts";
import { VoteReceipt } from "#functions/submit/contract.ts";

/** The kinds of operation that the document describes. */

/** Where an answer leads, by operation: clients follow it, and Schemathesis tests such sequences. */
export type LeadsTo = Readonly<
  Record<string, Readonly<{ parameters: Record<string, string> } | { requestBody: unknown }>>
>;

type Answers = Readonly<{
  operationId: OperationId;
  ok: [status: `${number}`, schema: z.core.$ZodType, description: string];
  headers?: Readonly<Record<string, z.ZodType>> | undefined;
  leadsTo?: LeadsTo | undefined;
  refusals: readonly ProblemSlug[];
}>;

/** How a voter who signs in is known. */
export const VOTER_TOKEN = "voterToken";

export const JSON_TYPE = "application/json";
const PROBLEM_TYPE = "application/problem+json";

/** One entry per status; problems that share a status differ in their `type`. */
export function responses({
  operationId,
  ok: [status, schema, description],
  headers,
  leadsTo = {},
  refusals,
}: Answers): ZodOpenApiOperationObject["responses"] {
  const byStatus = Map.groupBy(refusals, (slug) => String(PROBLEMS[slug]));
  const problems = [...byStatus].map(([problemStatus, slugs]) => [
    problemStatus,
    { description: slugs.join(", "), content: { [PROBLEM_TYPE]: { schema: Problem } } },
  ]);
  const links = Object.entries(leadsTo).map(([operationId, given]) => [operationId, { operationId, ...given }]);
  const ok = {
    description,
    content: { [JSON_TYPE]: { schema, example: EXAMPLES[operationId] } },
    ...(headers !== undefined && { headers: z.object(headers) }),
    ...(links.length > 0 && { links: Object.fromEntries(links) }),
  };
  return { [status]: ok, ...Object.fromEntries(problems) };
}

const VOTED = {
  [REQUEST_ID_HEADER]: z.string().regex(REQUEST_ID_FORM).optional().meta({
    description:
      "A request id whose ballot was accepted: shows the live result of its election where results are shown after voting",
  }),
};
export function cast(
  operationId: OperationId,
  summary: string,
  { body, example, leadsTo }: Readonly<{ body: z.core.$ZodType; example: unknown; leadsTo: LeadsTo }>,
): ZodOpenApiOperationObject {
  return {
    operationId,
    tags: ["Voting"],
    summary,
    // None where voters type credentials.
    security: [{}, { [VOTER_TOKEN]: [] }],
    requestBody: { required: true, content: { [JSON_TYPE]: { schema: body, example } } },
    responses: responses({
      operationId,
      ok: ["202", VoteReceipt, "The ballot is in the queue and will be counted if the credentials are on the roll"],
      leadsTo: {
        getVoteStatus: { parameters: { request_id: "$response.body#/request_id" } },
        lookUpBallot: { requestBody: { tracking_code: "$response.body#/tracking_code" } },
        ...leadsTo,
      },
      refusals: [
        "malformed-json",
        "invalid-request",
        "wrong-signature",
        "unproved-ballot",
        "unsigned-ballot",
        "sign-in-needed",
        "sign-in-expired",
        "sign-in-invalid",
        "wrong-issuer",
        "wrong-audience",
        "wrong-nonce",
        "no-claim",
        "not-open-yet",
        "voting-closed",
        "voting-cancelled",
        "unknown-election",
        "body-too-large",
        "not-json",
        "too-many-requests",
        "too-many-guesses",
        "try-again",
        "provider-silent",
      ],
    }),
  };
}

type Reading = Readonly<{
  answer: z.core.$ZodType;
  parameters?: Readonly<Record<string, z.core.$ZodType>>;
  refusals?: readonly ProblemSlug[];
  headers?: Readonly<Record<string, z.ZodType>>;
  leadsTo?: LeadsTo;
}>;

export function read(
  tag: string,
  operationId: OperationId,
  summary: string,
  { answer, parameters = {}, refusals = [], headers, leadsTo }: Reading,
): ZodOpenApiOperationObject {
  const isResult = tag === "Results";
  return {
    operationId,
    tags: [tag],
    summary,
    requestParams: { path: z.object(parameters), ...(isResult && { header: z.object(VOTED) }) },
    responses: responses({
      operationId,
      ok: ["200", answer, "As requested"],
      headers,
      leadsTo,
      refusals: [...(isResult ? (["invalid-request"] as const) : []), ...refusals, "too-many-requests", "try-again"],
    }),
  };
}
