import * as z from "zod/mini";

/** A deployment's request to `apply-elections`, with all definitions in its folder, and the answer. */
export const ELECTIONS_RESOURCE_TYPE = "Custom::ScrutinElections";

export const DeployedElections = z.object({
  /** The files beside the function's code: a template and a request would be too small for them. */
  Definitions: z.array(z.object({ File: z.string().check(z.regex(/^[0-9]+\.json$/)), Sha256: z.string() })),
});
/** The file beside a definition's with its biographies, a text a line, compressed; where they are kept apart. */
export const biographiesFile = (file: string): string => file.replace(/json$/, "biographies.gz");
export type DeployedElections = Readonly<z.infer<typeof DeployedElections>>;

export const DeploymentAnswer = z.object({
  Status: z.enum(["SUCCESS", "FAILED"]),
  /** Why it failed, or what was left as it is; shown to the deployer. */
  Reason: z.optional(z.string()),
  RequestId: z.string(),
  /** What was done to each election, by id. */
  Data: z.optional(z.record(z.string(), z.string())),
});
export type DeploymentAnswer = Readonly<z.infer<typeof DeploymentAnswer>>;
