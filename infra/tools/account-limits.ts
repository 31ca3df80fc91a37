import { DescribeLimitsCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetAccountSettingsCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { Refusal } from "#core/refusal.ts";
import type { AccountLimits } from "#infra/capacity.ts";

/**
 * What AWS says of the account that the shell's credentials belong to, in one region.
 * @throws Refusal when it may not be asked or does not answer
 */
export async function readAccountLimits(region: string): Promise<AccountLimits> {
  const lambda = new LambdaClient({ region });
  const dynamodb = new DynamoDBClient({ region });
  try {
    const [{ AccountLimit }, { TableMaxWriteCapacityUnits }] = await Promise.all([
      lambda.send(new GetAccountSettingsCommand({})),
      dynamodb.send(new DescribeLimitsCommand({})),
    ]);
    return {
      lambdaConcurrency: AccountLimit?.ConcurrentExecutions ?? 0,
      tableWriteUnits: TableMaxWriteCapacityUnits ?? 0,
    };
  } catch (error) {
    throw new Refusal(
      `The account's limits could not be read, which lambda:GetAccountSettings and dynamodb:DescribeLimits allow: ${error instanceof Error ? error.message : error}`,
    );
  } finally {
    lambda.destroy();
    dynamodb.destroy();
  }
}
