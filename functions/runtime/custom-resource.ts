import type { CloudFormationCustomResourceEvent } from "aws-lambda";
import { logFailure } from "#functions/runtime/observability.ts";

/** Answers CloudFormation, which waits for what a custom resource's function puts at an address of its own. */

/** A resource as it is now. With another id than before, CloudFormation deletes the old one once nothing uses it any more. */
export type CustomResource = Readonly<{ physicalId: string; attributes?: Readonly<Record<string, string>> }>;

/** Sends the answer. @throws when CloudFormation does not take it; it then waits until its own time is over */
export type Respond = (url: string, body: string) => Promise<void>;

export const respondByPut: Respond = async (url, body) => {
  // The address is signed for a request without a content type.
  const response = await fetch(url, { method: "PUT", body, headers: { "content-type": "" } });
  if (!response.ok) throw new Error(`CloudFormation answered ${response.status}`);
};

/**
 * Runs `apply` for an event and tells CloudFormation how it went, which then goes on or goes back. A failure is told by the
 * error's name alone: messages may quote what must not be seen.
 */
export async function answerCloudFormation(
  event: CloudFormationCustomResourceEvent,
  apply: () => Promise<CustomResource>,
  respond: Respond,
): Promise<void> {
  const { ResponseURL, StackId, RequestId, LogicalResourceId } = event;
  const known = "PhysicalResourceId" in event ? event.PhysicalResourceId : LogicalResourceId;
  const answer = await apply().then(
    ({ physicalId, attributes = {} }) => ({
      Status: "SUCCESS",
      PhysicalResourceId: physicalId,
      NoEcho: true,
      Data: attributes,
    }),
    (error: unknown) => {
      logFailure("a resource of a deployment failed", error);
      const name = error instanceof Error ? error.name : "Error";
      return { Status: "FAILED", PhysicalResourceId: known, Reason: `${name}: see the function's log` };
    },
  );
  await respond(ResponseURL, JSON.stringify({ StackId, RequestId, LogicalResourceId, ...answer }));
}
