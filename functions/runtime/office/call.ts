import type * as z from "zod/mini";
import type { Language } from "#core/language.ts";
import type { HttpAnswer } from "#functions/runtime/http.ts";
import type { Caller } from "#functions/runtime/office/caller.ts";

/** A request of somebody who is signed in and may make it. */
export type OfficeCall = Readonly<{
  /** Such as `POST /office/elections/{election_id}/apply`. */
  route: string;
  caller: Caller;
  /** Who is recorded as having done it: the caller, or the two officers. */
  who: string;
  parameters: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  /** Undefined without one. */
  body: unknown;
  language: Language;
  atMs: number;
  /** Does what was proposed by another officer, whose name is recorded beside the caller's. */
  perform: (proposed: ProposedRequest) => Promise<HttpAnswer>;
}>;

/** A request that waits for a second officer. */
export type ProposedRequest = Readonly<{
  route: string;
  parameters: Readonly<Record<string, string>>;
  body: unknown;
  by: Pick<Caller, "subject" | "name">;
}>;

/** The request's body does not follow its schema. The dispatcher answers with each field that does not. */
export class BodyFault extends Error {
  override readonly name = "BodyFault";
  readonly issues: readonly z.core.$ZodIssue[];

  constructor(issues: readonly z.core.$ZodIssue[]) {
    super("the body does not follow its schema");
    this.issues = issues;
  }
}

/** The body by its schema. @throws BodyFault */
export function bodyOf<T extends z.ZodMiniType>(schema: T, { body }: Pick<OfficeCall, "body">): z.infer<T> {
  const parsed = schema.safeParse(body, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new BodyFault(parsed.error.issues);
}
