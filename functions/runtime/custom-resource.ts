import type { CloudFormationCustomResourceEvent } from "aws-lambda";
import { Refusal } from "#core/refusal.ts";
import { logFailure } from "#functions/runtime/observability.ts";

/** Answers CloudFormation, which waits for a custom resource's function to PUT the outcome to a URL. */

/** A resource. When its id changes, CloudFormation deletes the old one once nothing uses it. */
export type CustomResource = Readonly<{
  physicalId: string;
  attributes?: Readonly<Record<string, string>>;
  /** Shown to the deployer beside the success. */
  word?: string;
}>;

/** Sends the answer. @throws when CloudFormation does not accept it, and so waits until its timeout */
export type Respond = (url: string, body: string) => Promise<void>;

export const respondByPut: Respond = async (url, body) => {
  // The URL is signed for a request without a content type.
  const response = await fetch(url, { method: "PUT", body, headers: { "content-type": "" } });
  if (!response.ok) throw new Error(`CloudFormation answered ${response.status}`);
};

/** An answer has at most 4,096 bytes in all (AWS CloudFormation guide, "Custom resource response objects"). */
const LONGEST_REASON = 2_000;

/** A refusal is reported in full, any other error by name: its message may quote a secret. */
function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.message.slice(0, LONGEST_REASON);
  logFailure("a resource of a deployment failed", error);
  return `${error instanceof Error ? error.name : "Error"}: see the function's log`;
}

/** Runs `apply` for an event and reports the outcome to CloudFormation, which continues or rolls back. */
export async function answerCloudFormation(
  event: CloudFormationCustomResourceEvent,
  apply: () => Promise<CustomResource>,
  respond: Respond,
): Promise<void> {
  const { ResponseURL, StackId, RequestId, LogicalResourceId } = event;
  const known = "PhysicalResourceId" in event ? event.PhysicalResourceId : LogicalResourceId;
  const answer = await apply().then(
    ({ physicalId, attributes = {}, word }) => ({
      Status: "SUCCESS",
      ...(word !== undefined && { Reason: word.slice(0, LONGEST_REASON) }),
      PhysicalResourceId: physicalId,
      NoEcho: true,
      Data: attributes,
    }),
    (error: unknown) => ({ Status: "FAILED", PhysicalResourceId: known, Reason: reasonOf(error) }),
  );
  await respond(ResponseURL, JSON.stringify({ StackId, RequestId, LogicalResourceId, ...answer }));
}
