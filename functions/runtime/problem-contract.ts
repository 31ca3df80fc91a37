import * as z from "zod/mini";

/** The reasons for which the API refuses, each a stable `type` (RFC 9457) described at `/api/v1/docs#<slug>`. */
export const PROBLEMS = {
  "malformed-json": 400,
  "invalid-request": 400,
  "wrong-signature": 400,
  "unproved-ballot": 400,
  "unsigned-ballot": 400,
  "not-signed-in": 401,
  "signed-out": 401,
  "sign-in-needed": 401,
  "sign-in-expired": 401,
  "sign-in-invalid": 401,
  "wrong-issuer": 401,
  "wrong-audience": 401,
  "wrong-nonce": 401,
  "no-claim": 403,
  "not-allowed": 403,
  "not-open-yet": 403,
  "voting-closed": 403,
  "not-through-site": 403,
  "unknown-election": 404,
  "unknown-region": 404,
  "unknown-request": 404,
  "no-opening": 404,
  "not-found": 404,
  "no-such-route": 404,
  "wrong-method": 405,
  refused: 409,
  "voting-cancelled": 410,
  "body-too-large": 413,
  "not-json": 415,
  "too-many-requests": 429,
  "too-many-guesses": 429,
  "internal-error": 500,
  "try-again": 503,
  "provider-silent": 503,
} as const;
export type ProblemSlug = keyof typeof PROBLEMS;

/** Prefix of every problem `type`. */
export const PROBLEM_TYPE_PREFIX = "/api/v1/docs#";

export const FieldError = z
  .object({
    field: z
      .string()
      .check(z.meta({ description: "Which field of the request, `ranked_choices.1` for one in a list" })),
    message: z.string(),
  })
  .check(z.meta({ id: "FieldError" }));
export type FieldError = Readonly<z.infer<typeof FieldError>>;

/** `application/problem+json`: what went wrong, in a sentence a voter understands, in the language of `Accept-Language`. */
export const Problem = z
  .object({
    type: z.string().check(z.meta({ example: "/api/v1/docs#voting-closed" })),
    title: z.string(),
    status: z.int().check(z.gte(400), z.lte(599)),
    detail: z.string(),
    errors: z.optional(z.array(FieldError)),
  })
  .check(z.meta({ id: "Problem" }));
export type Problem = Readonly<z.infer<typeof Problem>>;
