import { readFile } from "node:fs/promises";
import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { issuersIn } from "#core/voter-issuers.ts";
import { ApplyElectionsEnv } from "#functions/apply-elections/env.ts";
import { createApplyElectionsHandler } from "#functions/apply-elections/handler.ts";
import { packedLines } from "#functions/apply-elections/packed-lines.ts";
import { secretsManagerClient } from "#functions/runtime/aws-clients.ts";
import { respondByPut } from "#functions/runtime/custom-resource.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";
import { eventFunction } from "#functions/runtime/event-function.ts";

/** A new table takes 4,000 writes a second, and a country's biographies are tens of thousands; the SDK backs off, up to 20 s. */
const MAX_ATTEMPTS = 12;

const placeOf = (file: string): URL => new URL(`definitions/${file}`, import.meta.url);

const env = readEnvironment(ApplyElectionsEnv, process.env);
const stacks = new CloudFormationClient();

export const handler = eventFunction(
  createApplyElectionsHandler({
    register: {
      documents: DynamoDBDocumentClient.from(new DynamoDBClient({ maxAttempts: MAX_ATTEMPTS })),
      electionsTable: env.ELECTIONS_TABLE,
      biographiesTable: env.BIOGRAPHIES_TABLE,
      secrets: secretsManagerClient(),
      secretPrefix: env.SECRET_PREFIX,
      voterIssuers: issuersIn(env.VOTER_ISSUERS),
    },
    read: (file) => readFile(placeOf(file), "utf8"),
    linesOf: (file) => packedLines(placeOf(file)),
    now: Date.now,
    async isGoingBack(stackId) {
      const { Stacks } = await stacks.send(new DescribeStacksCommand({ StackName: stackId }));
      return Stacks?.[0]?.StackStatus?.includes("ROLLBACK") ?? false;
    },
    respond: respondByPut,
  }),
);
