import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import type { CloudFormationCustomResourceCreateEvent } from "aws-lambda";
import * as z from "zod";
import type { ElectionDefinition } from "#core/election.ts";
import { DeployedElections, DeploymentAnswer, ELECTIONS_RESOURCE_TYPE } from "#functions/apply-elections/contract.ts";
import type { Templates } from "#local/deployment/template.ts";
import type { FunctionHost } from "#local/functions/host.ts";
import { listen } from "#local/listening.ts";

/** Emulates CloudFormation for the custom resource that applies elections. */

const Properties = z.object({ ...DeployedElections.shape, ServiceToken: z.string() });

const ANSWER_WITHIN_MS = 60_000;

/** A server to which functions PUT their answers. */
async function listenForAnswers() {
  const waiting = new Map<string, (answer: DeploymentAnswer) => void>();
  const server = createServer(async (request, response) => {
    const parsed = DeploymentAnswer.safeParse(JSON.parse(await text(request)));
    if (parsed.success) waiting.get(parsed.data.RequestId)?.(parsed.data);
    response.writeHead(parsed.success ? 200 : 400).end();
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}/`,
    answerTo: (requestId: string): Promise<DeploymentAnswer> =>
      new Promise((resolve, reject) => {
        waiting.set(requestId, resolve);
        setTimeout(() => reject(new Error("the elections were not applied in time")), ANSWER_WITHIN_MS).unref();
      }),
    close: (): void => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * Applies the templates' elections, each definition alone, so that one that is refused, such as a changed one, does not stop
 * the others; those of a paper together, since they hold for one another. Returns why, a sentence each.
 * @param definitions what the templates were made of, in their order
 */
export async function deployElections(
  templates: Templates,
  hosts: ReadonlyMap<string, FunctionHost>,
  definitions: readonly ElectionDefinition[],
): Promise<readonly string[]> {
  const answers = await listenForAnswers();
  try {
    const refusals = templates.ofType(ELECTIONS_RESOURCE_TYPE).flatMap((resource) => {
      const { ServiceToken, Definitions } = templates.properties(resource, Properties);
      const host = hosts.get(ServiceToken.slice(ServiceToken.lastIndexOf(":") + 1));
      if (host === undefined)
        throw new Error(`${resource.logicalId} is served by ${ServiceToken}, which is no function`);
      const together = Map.groupBy(Definitions.keys(), (index) => definitions[index]?.paper ?? index);
      return [...together.values()].map(async (indexes): Promise<string | undefined> => {
        const request: CloudFormationCustomResourceCreateEvent = {
          RequestType: "Create",
          ServiceToken,
          RequestId: `${resource.logicalId}-${indexes.join("-")}`,
          ResponseURL: answers.url,
          StackId: "local",
          LogicalResourceId: resource.logicalId,
          ResourceType: ELECTIONS_RESOURCE_TYPE,
          ResourceProperties: { ServiceToken, Definitions: Definitions.filter((_, index) => indexes.includes(index)) },
        };
        const answered = answers.answerTo(request.RequestId);
        const [answer] = await Promise.all([answered, host.invoke(request)]);
        return answer.Status === "SUCCESS" ? undefined : (answer.Reason ?? "An election could not be applied.");
      });
    });
    return (await Promise.all(refusals)).filter((reason) => reason !== undefined);
  } finally {
    answers.close();
  }
}
