import { type CloudFormationClient, GetTemplateCommand } from "@aws-sdk/client-cloudformation";
import { DescribeTableCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import type { Warmed } from "#infra/capacity.ts";
import type { WarmedTables } from "#infra/warmed-tables.ts";

/** What a deployed data stack's tables were asked to bear, and what they bear now. */

const Template = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Properties: z
        .object({
          WarmThroughput: z
            .object({ WriteUnitsPerSecond: z.number(), ReadUnitsPerSecond: z.number() })
            .transform(({ WriteUnitsPerSecond, ReadUnitsPerSecond }) => ({
              writeUnitsPerSecond: WriteUnitsPerSecond,
              readUnitsPerSecond: ReadUnitsPerSecond,
            }))
            .optional(),
        })
        .default({}),
    }),
  ),
});

const TABLES = { votes: "Votes", roll: "Roll", tallies: "Tallies" } as const;

/**
 * @param outputs of the data stack, which name its tables
 * @param stack its name
 */
export async function readWarmedTables(
  { stacks, dynamodb }: Readonly<{ stacks: CloudFormationClient; dynamodb: DynamoDBClient }>,
  stack: string,
  outputs: Readonly<Record<string, string>>,
): Promise<WarmedTables> {
  const { TemplateBody = "{}" } = await stacks.send(new GetTemplateCommand({ StackName: stack }));
  const { Resources } = Template.parse(JSON.parse(TemplateBody));
  const known = Object.entries(TABLES).map(async ([table, id]): Promise<readonly [string, Warmed]> => {
    const [resource] = Object.entries(Resources)
      .filter(([logicalId, { Type }]) => Type === "AWS::DynamoDB::GlobalTable" && logicalId.startsWith(id))
      .map(([, found]) => found);
    const TableName = outputs[`${id}Table`];
    if (TableName === undefined) return [table, { asked: resource?.Properties.WarmThroughput }];
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
    const { WriteUnitsPerSecond, ReadUnitsPerSecond } = Table?.WarmThroughput ?? {};
    const has =
      WriteUnitsPerSecond === undefined || ReadUnitsPerSecond === undefined
        ? undefined
        : { writeUnitsPerSecond: WriteUnitsPerSecond, readUnitsPerSecond: ReadUnitsPerSecond };
    return [table, { asked: resource?.Properties.WarmThroughput, has }];
  });
  return Object.fromEntries(await Promise.all(known));
}
