import * as z from "zod";

/**
 * The resources that hold something irreplaceable, and their properties that CloudFormation cannot change without replacing
 * them by empty ones. infra/tools/stateful-resources.json pins these; a test compares.
 */

/** Properties, by type, whose change replaces the resource (CloudFormation reference, "Update requires: Replacement"). */
const REPLACING: Readonly<Record<string, readonly string[]>> = {
  // Changing a stream's view makes a new stream, and what is left in the old one is not counted.
  "AWS::DynamoDB::GlobalTable": ["TableName", "KeySchema", "LocalSecondaryIndexes", "StreamSpecification"],
  "AWS::SQS::Queue": ["QueueName", "FifoQueue"],
  "AWS::SecretsManager::Secret": ["Name"],
  "AWS::KMS::Key": ["KeySpec", "KeyUsage", "MultiRegion", "Origin"],
  "AWS::S3::Bucket": ["BucketName"],
  "AWS::Kinesis::Stream": ["Name"],
  // The people of the office, with their second factors.
  "AWS::Cognito::UserPool": ["AliasAttributes", "UsernameAttributes", "UsernameConfiguration"],
};
const TYPES = Object.keys(REPLACING);

const Table = z.object({
  KeySchema: z.array(z.object({ AttributeName: z.string() })),
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
});
const Template = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).default({}),
      DeletionPolicy: z.string().optional(),
      UpdateReplacePolicy: z.string().optional(),
    }),
  ),
});

/** A pinned resource: its type, whether it outlives its stack, and what must not change. */
export const Pin = z.object({ type: z.string(), kept: z.boolean(), fixed: z.record(z.string(), z.unknown()) });
export type Pin = z.infer<typeof Pin>;
/** By stack, then by logical id. */
export const Pins = z.record(z.string(), z.record(z.string(), Pin));
export type Pins = z.infer<typeof Pins>;

/** The types of a table's key attributes: changing one replaces the table. */
function keyTypes(properties: Record<string, unknown>): Record<string, unknown> {
  const table = Table.safeParse(properties);
  if (!table.success) return {};
  const keys = table.data.KeySchema.map(({ AttributeName }) => AttributeName);
  const types = table.data.AttributeDefinitions.filter(({ AttributeName }) => keys.includes(AttributeName));
  return {
    keyTypes: Object.fromEntries(types.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType])),
  };
}

/** Whether a resource stays when its stack is deleted; `RetainExceptOnCreate` takes back a failed creation only. */
const outlives = (deletionPolicy: string | undefined): boolean =>
  deletionPolicy === "Retain" || deletionPolicy === "RetainExceptOnCreate";

/** The pins of a stage's templates, by stack name. */
export function pinsOf(templates: Readonly<Record<string, unknown>>): Pins {
  const pins = Object.entries(templates).map(([stack, template]) => {
    const stateful = Object.entries(Template.parse(template).Resources)
      .filter(([, { Type }]) => TYPES.includes(Type))
      .map(([logicalId, { Type, Properties, DeletionPolicy, UpdateReplacePolicy }]) => {
        const names = (REPLACING[Type] ?? []).filter((name) => Properties[name] !== undefined);
        const fixed = { ...Object.fromEntries(names.map((name) => [name, Properties[name]])), ...keyTypes(Properties) };
        return [logicalId, { type: Type, kept: outlives(DeletionPolicy) && UpdateReplacePolicy === "Retain", fixed }];
      });
    return [stack, Object.fromEntries(stateful)] as const;
  });
  return Pins.parse(Object.fromEntries(pins));
}

/** A sentence for each thing in `pinned` that deploying `now` would lose. */
export function lossesBetween(pinned: Pins, now: Pins): readonly string[] {
  return Object.entries(pinned).flatMap(([stack, resources]) =>
    Object.entries(resources).flatMap(([logicalId, before]) => {
      const what = `${stack}: the ${before.type} ${logicalId}`;
      const after = now[stack]?.[logicalId];
      if (after === undefined)
        return [`${what} would be deleted, or replaced by an empty one under another logical id`];
      if (after.type !== before.type) return [`${what} would be replaced by a ${after.type}`];
      const names = new Set([...Object.keys(before.fixed), ...Object.keys(after.fixed)]);
      const changed = [...names].filter(
        (name) => JSON.stringify(before.fixed[name]) !== JSON.stringify(after.fixed[name]),
      );
      return [
        ...(changed.length > 0 ? [`${what} would be replaced by an empty one: ${changed.join(", ")} changed`] : []),
        ...(before.kept && !after.kept ? [`${what} would no longer outlive its stack`] : []),
      ];
    }),
  );
}

/** A sentence for each resource that is not pinned yet. */
export function unpinned(pinned: Pins, now: Pins): readonly string[] {
  return Object.entries(now).flatMap(([stack, resources]) =>
    Object.entries(resources)
      .filter(([logicalId]) => pinned[stack]?.[logicalId] === undefined)
      .map(([logicalId, { type }]) => `${stack}: the ${type} ${logicalId} is not pinned yet`),
  );
}
