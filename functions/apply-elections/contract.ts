import * as z from "zod";

/**
 * What CloudFormation asks of a custom resource and hears from it; see the AWS CloudFormation guide, "Custom resource request
 * objects" and "response objects". A deployment hands over every definition of its folder at once.
 */
export const ELECTIONS_RESOURCE_TYPE = "Custom::ScrutinElections";

export const DeployedElections = z.object({
  /** Each definition as JSON text. */
  Definitions: z.array(z.string()),
});
export type DeployedElections = Readonly<z.infer<typeof DeployedElections>>;

const common = {
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
};
export const DeploymentRequest = z.discriminatedUnion("RequestType", [
  z.object({ ...common, RequestType: z.literal("Create"), ResourceProperties: DeployedElections }),
  z.object({ ...common, RequestType: z.literal("Update"), ResourceProperties: DeployedElections }),
  z.object({ ...common, RequestType: z.literal("Delete") }),
]);
export type DeploymentRequest = Readonly<z.infer<typeof DeploymentRequest>>;

export const DeploymentAnswer = z.object({
  Status: z.enum(["SUCCESS", "FAILED"]),
  /** Why it failed: shown to whoever deploys. */
  Reason: z.string().optional(),
  PhysicalResourceId: z.string(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  /** What was done to each election, by its id. */
  Data: z.record(z.string(), z.string()).optional(),
});
export type DeploymentAnswer = Readonly<z.infer<typeof DeploymentAnswer>>;
