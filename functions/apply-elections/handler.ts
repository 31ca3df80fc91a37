import * as z from "zod";
import { ElectionDefinition } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";
import { type DeploymentAnswer, DeploymentRequest } from "#functions/apply-elections/contract.ts";
import { logFailure } from "#functions/runtime/observability.ts";
import { applyElections, type Register } from "#storage/election-register.ts";

export type ApplyElectionsDependencies = Readonly<{
  register: Register;
  now: () => number;
  /** Hands an answer to the address that a request names. */
  send(url: string, answer: DeploymentAnswer): Promise<void>;
}>;

const WHO = "deployment";
const PHYSICAL_ID = "elections";
/** An answer has at most 4,096 bytes, all fields together (AWS CloudFormation guide, "Custom resource response objects"). */
const LONGEST_REASON = 2_000;

/** Applies the definitions of a request; the outcome by election. A definition that left the folder stays registered. */
async function apply(register: Register, request: DeploymentRequest, atMs: number): Promise<Record<string, string>> {
  if (request.RequestType === "Delete") return {};
  const definitions = request.ResourceProperties.Definitions.map((text) => ElectionDefinition.parse(JSON.parse(text)));
  const outcomes = await applyElections(register, definitions, { who: WHO, atMs });
  return Object.fromEntries(definitions.map(({ electionId }, index) => [electionId, outcomes[index] ?? ""]));
}

/** What is told of an error: a broken rule in full, anything else by its kind, since its message may quote what it met. */
function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.message.slice(0, LONGEST_REASON);
  if (error instanceof z.ZodError)
    return "A definition does not follow the schema: run `npx cdk synth`, which names the field.";
  logFailure("the elections could not be applied", error);
  return "The elections could not be applied; the log of apply-elections says where it failed. Deploy again.";
}

/**
 * Applies elections while a stage is deployed: a custom resource of CloudFormation. It answers whatever happens: a deployment
 * whose custom resource is silent hangs until its time is up.
 */
export function createApplyElectionsHandler({ register, now, send }: ApplyElectionsDependencies) {
  return async (event: unknown): Promise<void> => {
    const request = DeploymentRequest.parse(event);
    const { ResponseURL, StackId, RequestId, LogicalResourceId } = request;
    const about = { PhysicalResourceId: PHYSICAL_ID, StackId, RequestId, LogicalResourceId };
    const answer = await apply(register, request, now()).then(
      (Data): DeploymentAnswer => ({ ...about, Status: "SUCCESS", Data }),
      (error: unknown): DeploymentAnswer => ({ ...about, Status: "FAILED", Reason: reasonOf(error) }),
    );
    await send(ResponseURL, answer);
  };
}
