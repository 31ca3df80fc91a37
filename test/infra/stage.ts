import { join } from "node:path";
import * as z from "zod";

/** A synthesized stage, with functions, tables and queues by name, and rights as sentences. */

const Resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
  DependsOn: z.array(z.string()).default([]),
});
const Template = z.object({
  Resources: z.record(z.string(), Resource),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.string() }).optional() }))
    .default({}),
});
type Template = z.infer<typeof Template>;

const Ref = z.object({ Ref: z.string() });
const GetAtt = z.object({ "Fn::GetAtt": z.tuple([z.string(), z.string()]) });
const ImportValue = z.object({ "Fn::ImportValue": z.string() });
const Sub = z.object({ "Fn::Sub": z.string() });
const Join = z.object({ "Fn::Join": z.tuple([z.string(), z.array(z.unknown())]) });

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
/** The conditions on our rights: a key is used through one service of the region, */
const Through = z
  .strictObject({ StringEquals: z.strictObject({ "kms:ViaService": z.string() }) })
  .transform(({ StringEquals }) => ` through ${StringEquals["kms:ViaService"].split(".")[0]}`);
/** some attributes are written, */
const Attributes = z
  .strictObject({ "ForAllValues:StringEquals": z.strictObject({ "dynamodb:Attributes": z.array(z.string()) }) })
  .transform((condition) => ` to ${condition["ForAllValues:StringEquals"]["dynamodb:Attributes"].join(", ")}`);
/** or items with some keys. */
const Keys = z
  .strictObject({ "ForAllValues:StringLike": z.strictObject({ "dynamodb:LeadingKeys": oneOrMore }) })
  .transform((condition) => ` at ${condition["ForAllValues:StringLike"]["dynamodb:LeadingKeys"].join(", ")}`);
/** What can be restored may be deleted. */
const Window = z
  .strictObject({ NumericGreaterThanEquals: z.strictObject({ "secretsmanager:RecoveryWindowInDays": z.number() }) })
  .transform(
    (condition) => ` with ${condition.NumericGreaterThanEquals["secretsmanager:RecoveryWindowInDays"]} days to restore`,
  );
const Statement = z.strictObject({
  Effect: z.literal("Allow"),
  Action: oneOrMore,
  Resource: z.unknown(),
  Condition: z.union([Through, Attributes, Keys, Window]).default(""),
});
const Policy = z.object({ PolicyDocument: z.object({ Statement: z.array(Statement) }), Roles: z.array(Ref) });
const Role = z.object({ ManagedPolicyArns: z.array(z.unknown()).default([]) });

const LambdaFunction = z.object({
  ReservedConcurrentExecutions: z.number().optional(),
  Architectures: z.tuple([z.string()]),
  Code: z.object({ S3Key: z.string() }),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
  LoggingConfig: z.object({ LogGroup: z.unknown(), SystemLogLevel: z.string() }),
  MemorySize: z.number(),
  Role: GetAtt,
  Runtime: z.string(),
  Timeout: z.number(),
});
type LambdaFunction = z.infer<typeof LambdaFunction>;

/** Tells our functions from the CDK's own, which copy files and empty a bucket. */
const Named = z.object({ Environment: z.object({ Variables: z.object({ POWERTOOLS_SERVICE_NAME: z.string() }) }) });

const Mapping = z.object({
  EventSourceArn: z.unknown(),
  FunctionName: Ref,
  FunctionResponseTypes: z.array(z.string()).default([]),
  StartingPosition: z.string().optional(),
  ParallelizationFactor: z.number().optional(),
  BisectBatchOnFunctionError: z.boolean().optional(),
  TumblingWindowInSeconds: z.number().optional(),
  MaximumBatchingWindowInSeconds: z.number().optional(),
  MaximumRetryAttempts: z.number().optional(),
  MaximumRecordAgeInSeconds: z.number().optional(),
});
const Integration = z.object({ IntegrationUri: GetAtt });
const Route = z.object({ RouteKey: z.string(), Target: z.unknown() });

export type Part<T> = Readonly<{ id: string; kept: boolean; staysAfterFailedCreation: boolean; properties: T }>;

export class Stage {
  readonly assetFolder: string;
  readonly #templates: readonly Template[];

  constructor(templates: readonly unknown[], assetFolder: string) {
    this.#templates = templates.map((template) => Template.parse(template));
    this.assetFolder = assetFolder;
  }

  /** All resources of a CloudFormation type by the start of their logical id, with properties read by a schema. */
  parts<T extends z.ZodType>(type: string, schema: T, idPrefix = ""): readonly Part<z.infer<T>>[] {
    return this.#templates.flatMap(({ Resources }) =>
      Object.entries(Resources)
        .filter(([id, { Type }]) => Type === type && id.startsWith(idPrefix))
        .map(([id, { Properties, DeletionPolicy }]) => ({
          id,
          kept: DeletionPolicy?.startsWith("Retain") ?? false,
          staysAfterFailedCreation: DeletionPolicy === "Retain",
          properties: schema.parse(Properties),
        })),
    );
  }

  /** All resources, whatever their type. */
  all(): readonly (Part<Readonly<Record<string, unknown>>> & Readonly<{ type: string }>)[] {
    const types = new Set(this.#templates.flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type)));
    return [...types].flatMap((type) =>
      this.parts(type, z.record(z.string(), z.unknown())).map((part) => ({ ...part, type })),
    );
  }

  /** The ids of all resources beside one in its template, and of those that it waits for by `DependsOn`. */
  around(id: string): Readonly<{ beside: readonly string[]; awaited: readonly string[] }> {
    const template = this.#templates.find(({ Resources }) => Resources[id] !== undefined);
    const { [id]: resource, ...others } = template?.Resources ?? {};
    return { beside: Object.keys(others), awaited: resource?.DependsOn ?? [] };
  }

  /** The one resource of a type by the start of its logical id. */
  part<T extends z.ZodType>(type: string, idPrefix: string, schema: T): Part<z.infer<T>> {
    const [found, ...others] = this.parts(type, schema, idPrefix);
    if (found === undefined || others.length > 0) throw new Error(`not exactly one ${type} named ${idPrefix}`);
    return found;
  }

  /** All functions in functions/, by name. */
  functions(): ReadonlyMap<string, Part<LambdaFunction>> {
    return new Map(
      this.parts("AWS::Lambda::Function", z.unknown()).flatMap(({ properties, ...part }) => {
        const named = Named.safeParse(properties);
        if (!named.success) return [];
        const { POWERTOOLS_SERVICE_NAME: name } = named.data.Environment.Variables;
        return [[name, { ...part, properties: LambdaFunction.parse(properties) }] as const];
      }),
    );
  }

  function(name: string): Part<LambdaFunction> {
    const found = this.functions().get(name);
    if (found === undefined) throw new Error(`there is no function ${name}`);
    return found;
  }

  /** The folder of a function's code. */
  bundleOf(name: string): string {
    return join(this.assetFolder, `asset.${this.function(name).properties.Code.S3Key.replace(/\.zip$/, "")}`);
  }

  /** The event source mapping that invokes a function, with its source by name. */
  mappingTo(name: string): z.infer<typeof Mapping> & { source: string } {
    const { id } = this.function(name);
    const found = this.parts("AWS::Lambda::EventSourceMapping", Mapping).filter(
      ({ properties }) => properties.FunctionName.Ref === id,
    );
    const [mapping] = found;
    if (mapping === undefined || found.length > 1) throw new Error(`not exactly one mapping invokes ${name}`);
    return { ...mapping.properties, source: this.read(mapping.properties.EventSourceArn) };
  }

  /** The function of each route, by name. */
  routes(): ReadonlyMap<string, string> {
    const names = new Map([...this.functions()].map(([name, { id }]) => [id, name]));
    const targets = new Map(
      this.parts("AWS::ApiGatewayV2::Integration", Integration).map(({ id, properties }) => [
        `integrations/${withoutHash(id)}`,
        names.get(properties.IntegrationUri["Fn::GetAtt"][0]) ?? "no function",
      ]),
    );
    return new Map(
      this.parts("AWS::ApiGatewayV2::Route", Route).map(({ properties }) => [
        properties.RouteKey,
        targets.get(this.read(properties.Target)) ?? "no integration",
      ]),
    );
  }

  /** What a function may do, as sorted `action on resource` sentences. */
  rightsOf(name: string): readonly string[] {
    const roleId = this.#roleIdOf(name);
    const rights = this.parts("AWS::IAM::Policy", Policy)
      .filter(({ properties }) => properties.Roles.some((role) => role.Ref === roleId))
      .flatMap(({ properties }) => properties.PolicyDocument.Statement)
      .flatMap(({ Action, Resource: resources, Condition }) =>
        [resources]
          .flat()
          .flatMap((resource) => Action.map((action) => `${action} on ${this.read(resource)}${Condition}`)),
      );
    // Several rooms of the office may need the same.
    return [...new Set(rights)].sort();
  }

  /** AWS's managed policies on a function's role. */
  managedPoliciesOf(name: string): readonly string[] {
    return this.part("AWS::IAM::Role", this.#roleIdOf(name), Role).properties.ManagedPolicyArns.map((arn) =>
      this.read(arn),
    );
  }

  /** A template value as text: references by construct name, joins concatenated. */
  read(value: unknown): string {
    if (typeof value === "string" || typeof value === "number") return String(value);
    const ref = Ref.safeParse(value);
    if (ref.success) return withoutHash(ref.data.Ref);
    const getAtt = GetAtt.safeParse(value);
    if (getAtt.success) return getAtt.data["Fn::GetAtt"].map(withoutHash).join(".");
    const join = Join.safeParse(value);
    if (join.success) {
      const [separator, values] = join.data["Fn::Join"];
      return values.map((part) => this.read(part)).join(separator);
    }
    const sub = Sub.safeParse(value);
    if (sub.success) return sub.data["Fn::Sub"].replaceAll(/\$\{([^}]+)\}/g, "$1");
    const { "Fn::ImportValue": name } = ImportValue.parse(value);
    const exported = this.#templates
      .flatMap(({ Outputs }) => Object.values(Outputs))
      .find(({ Export }) => Export?.Name === name);
    if (exported === undefined) throw new Error(`no stack exports ${name}`);
    return this.read(exported.Value);
  }

  #roleIdOf(name: string): string {
    return this.function(name).properties.Role["Fn::GetAtt"][0];
  }
}

/** The CDK's logical ids end in eight hexadecimal digits. */
const withoutHash = (id: string): string => id.replace(/[0-9A-F]{8}$/, "");
