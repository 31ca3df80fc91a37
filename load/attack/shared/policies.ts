import * as z from "zod";
import { Templates } from "#local/deployment/template.ts";

/** Who may read a stage's secrets, as IAM and KMS decide it: from the policies of the synthesized templates. */

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const Values = z.record(z.string(), oneOrMore);
const Statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.literal("Allow"),
  Principal: z.unknown().optional(),
  Action: oneOrMore,
  Resource: oneOrMore,
  /** Ours have these; another one fails to be read. Those on DynamoDB and on deletion are taken as met, and have nothing to do with reading secrets. */
  Condition: z
    .strictObject({
      StringEquals: Values.optional(),
      ArnEquals: Values.optional(),
      "ForAllValues:StringEquals": z.strictObject({ "dynamodb:Attributes": oneOrMore }).optional(),
      NumericGreaterThanEquals: z.strictObject({ "secretsmanager:RecoveryWindowInDays": z.number() }).optional(),
      "ForAllValues:StringLike": z.strictObject({ "dynamodb:LeadingKeys": oneOrMore }).optional(),
    })
    .optional(),
});
type Statement = Readonly<z.infer<typeof Statement>>;
const Statements = z.array(z.unknown());
const Policy = z.object({ PolicyDocument: z.object({ Statement: Statements }), Roles: z.array(z.string()) });
const Role = z.object({ RoleName: z.string().optional() });
const Key = z.object({ KeyPolicy: z.object({ Statement: Statements }) });
const Alias = z.object({ AliasName: z.string(), TargetKeyId: z.string() });

/** Where a key is used from: through Secrets Manager, or by whoever has its ciphertext. */
export type Way = "through Secrets Manager" | "directly";

export type StagePolicies = Readonly<{
  /** Names of all roles. */
  roles: readonly string[];
  /** Whether a role may read the secrets of a kind. */
  mayRead(role: string, kind: string, way: Way): boolean;
  /** Whether somebody may who has every right that an identity can have, but no key's. */
  administratorMayRead(kind: string, way: Way): boolean;
}>;

const EVERYTHING: readonly Statement[] = [{ Effect: "Allow", Action: ["*"], Resource: ["*"] }];

function isLike(value: string, pattern: string): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "i").test(value);
}

type Asked = Readonly<{ action: string; resource: string; context: Readonly<Record<string, string>> }>;

function allows(statements: readonly Statement[], { action, resource, context }: Asked): boolean {
  return statements.some(({ Action, Resource, Condition = {} }) => {
    const { StringEquals = {}, ArnEquals = {} } = Condition;
    const isMet = [...Object.entries(StringEquals), ...Object.entries(ArnEquals)].every(([name, values]) =>
      values.includes(context[name] ?? ""),
    );
    return (
      isMet &&
      Action.some((pattern) => isLike(action, pattern)) &&
      Resource.some((pattern) => isLike(resource, pattern))
    );
  });
}

/** @param templates those of a stage's stacks @param prefix of its secrets' names */
export function stagePolicies(templates: readonly unknown[], prefix: string): StagePolicies {
  const stage = new Templates(templates);
  for (const resource of stage.resources) stage.bind(resource, { ref: resource.logicalId });
  // Only these are read: what else a policy names need not exist.
  const statements = (all: readonly unknown[]): readonly Statement[] =>
    all.map((statement) => Statement.parse({ Resource: "*", ...Object(statement) }));

  const roleNames = new Map(
    stage
      .ofType("AWS::IAM::Role")
      .map((resource) => [resource.logicalId, stage.properties(resource, Role).RoleName ?? resource.logicalId]),
  );
  const rights = new Map<string, Statement[]>();
  for (const resource of stage.ofType("AWS::IAM::Policy")) {
    const { PolicyDocument, Roles } = stage.properties(resource, Policy);
    for (const role of Roles) {
      const name = roleNames.get(role) ?? role;
      rights.set(name, [...(rights.get(name) ?? []), ...statements(PolicyDocument.Statement)]);
    }
  }
  const keys = new Map<string, readonly unknown[]>(
    stage.ofType("AWS::KMS::Key").map((resource) => {
      return [`${resource.logicalId}.Arn`, stage.properties(resource, Key).KeyPolicy.Statement] as const;
    }),
  );
  const aliases = new Map(
    stage.ofType("AWS::KMS::Alias").map((resource) => {
      const { AliasName, TargetKeyId } = stage.properties(resource, Alias);
      return [AliasName, TargetKeyId] as const;
    }),
  );

  const may = (own: readonly Statement[], principal: string, kind: string, way: Way): boolean => {
    const keyArn = aliases.get(`alias/${prefix}/${kind}`);
    const onKey = keys.get(keyArn ?? "");
    if (keyArn === undefined || onKey === undefined) throw new Error(`no key encrypts secrets of the kind ${kind}`);
    const region = "ca-central-1";
    const secret = `arn:aws:secretsmanager:${region}:000000000000:secret:${prefix}/${kind}/1-a1b2c3`;
    const context = {
      "aws:PrincipalArn": `arn:aws:iam::000000000000:role/${principal}`,
      ...(way === "through Secrets Manager" && { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` }),
    };
    const decrypt = { action: "kms:Decrypt", resource: keyArn, context };
    const isTold =
      way === "directly" || allows(own, { action: "secretsmanager:GetSecretValue", resource: secret, context });
    // A key's policy names the account: it needs the identity's right too.
    return isTold && allows(own, decrypt) && allows(statements(onKey), decrypt);
  };
  return {
    roles: [...new Set(roleNames.values())].sort(),
    mayRead: (role, kind, way) => may(rights.get(role) ?? [], role, kind, way),
    administratorMayRead: (kind, way) => may(EVERYTHING, "administrator", kind, way),
  };
}
