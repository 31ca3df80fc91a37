import * as z from "zod";
import { ACCOUNT_ID, REGION } from "#local/services/credentials.ts";

/** Reads synthesized CloudFormation templates, and resolves their expressions once each resource has a physical name. */

const Resource = z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) });
const Template = z.looseObject({
  Resources: z.record(z.string(), Resource),
  Outputs: z
    .record(z.string(), z.looseObject({ Value: z.unknown(), Export: z.object({ Name: z.unknown() }).optional() }))
    .default({}),
});

/** A resource of a template. Its properties are as synthesized: resolve them before use. */
export type TemplateResource = Readonly<{
  stack: number;
  logicalId: string;
  type: string;
  properties: Readonly<Record<string, unknown>>;
}>;

/** What a resource is once it exists: the value of `Ref`, and the attributes that `Fn::GetAtt` may ask for. */
export type Physical = Readonly<{ ref: string; attributes?: Readonly<Record<string, string>> }>;

const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  "AWS::Region": REGION,
  "AWS::AccountId": ACCOUNT_ID,
  "AWS::Partition": "aws",
  "AWS::URLSuffix": "amazonaws.com",
  "AWS::StackId": `arn:aws:cloudformation:${REGION}:${ACCOUNT_ID}:stack/local`,
};

/** Begins the name of what is not emulated here, such as a role: harmless until it is read. */
const NOT_EMULATED = "\u0000";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Throws Error when the value needs a resource that is not emulated here. */
function emulated<T>(value: T, where: string): T {
  const needed = /\\u0000([\w.]+)/.exec(JSON.stringify(value))?.[1];
  if (needed !== undefined) throw new Error(`${where} needs ${needed}, which does not exist on the laptop`);
  return value;
}

export class Templates {
  readonly resources: readonly TemplateResource[];
  readonly #templates: readonly z.infer<typeof Template>[];
  readonly #physical = new Map<string, Physical>();

  /** @param templates those of all stacks that refer to one another, as parsed JSON */
  constructor(templates: readonly unknown[]) {
    this.#templates = templates.map((template) => Template.parse(template));
    this.resources = this.#templates.flatMap(({ Resources }, stack) =>
      Object.entries(Resources).map(([logicalId, { Type, Properties }]) => ({
        stack,
        logicalId,
        type: Type,
        properties: Properties,
      })),
    );
  }

  ofType(type: string): readonly TemplateResource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  bind({ stack, logicalId }: TemplateResource, physical: Physical): void {
    this.#physical.set(`${stack}/${logicalId}`, physical);
  }

  /** A resource's properties with every expression in them resolved, read by a schema. */
  properties<T extends z.ZodType>(resource: TemplateResource, schema: T): z.infer<T> {
    const parsed = schema.safeParse(this.#resolve(resource.stack, resource.properties, resource.logicalId));
    if (parsed.success) return emulated(parsed.data, `${resource.type} ${resource.logicalId}`);
    throw new Error(`${resource.type} ${resource.logicalId} is not as expected:\n${z.prettifyError(parsed.error)}`);
  }

  /** The stacks' outputs by name, without those that only hand a value from one stack to another. */
  outputs(): Record<string, string> {
    const named = this.#templates.flatMap(({ Outputs }, stack) =>
      Object.entries(Outputs)
        .filter(([, { Export }]) => Export === undefined)
        .map(([name, { Value }]) => {
          const where = `output ${name}`;
          return [name, String(emulated(this.#resolve(stack, Value, where), where))] as const;
        }),
    );
    return Object.fromEntries(named);
  }

  #resolve(stack: number, value: unknown, where: string): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#resolve(stack, item, where));
    if (!isRecord(value)) return value;
    const entries = Object.entries(value);
    const [only] = entries;
    if (entries.length === 1 && only !== undefined) {
      const [name, argument] = only;
      if (name === "Ref")
        return PSEUDO_PARAMETERS[String(argument)] ?? this.#physicalOf(stack, String(argument), where).ref;
      if (name === "Fn::GetAtt")
        return this.#attribute(stack, z.tuple([z.string(), z.string()]).parse(argument), where);
      if (name === "Fn::ImportValue") return this.#imported(this.#resolve(stack, argument, where), where);
      if (name === "Fn::Join") {
        const [separator, parts] = z.tuple([z.string(), z.array(z.unknown())]).parse(argument);
        return parts.map((part) => String(this.#resolve(stack, part, where))).join(separator);
      }
      if (name === "Fn::Sub") {
        if (typeof argument !== "string") throw new Error(`${where} uses Fn::Sub with a map, which is not read here`);
        return argument.replaceAll(/\$\{([^}]+)\}/g, (_, reference: string) =>
          String(
            this.#resolve(
              stack,
              reference.includes(".") ? { "Fn::GetAtt": reference.split(".") } : { Ref: reference },
              where,
            ),
          ),
        );
      }
      if (name.startsWith("Fn::")) throw new Error(`${where} uses ${name}, which is not emulated on the laptop`);
    }
    return Object.fromEntries(entries.map(([key, inner]) => [key, this.#resolve(stack, inner, where)]));
  }

  #physicalOf(stack: number, logicalId: string, where: string): Physical {
    const known = this.#physical.get(`${stack}/${logicalId}`);
    if (known !== undefined) return known;
    if (this.#templates[stack]?.Resources[logicalId] === undefined) {
      throw new Error(`${where} refers to ${logicalId}, which is not in its template`);
    }
    return { ref: `${NOT_EMULATED}${logicalId}` };
  }

  #attribute(stack: number, [logicalId, attribute]: readonly [string, string], where: string): string {
    const { ref, attributes } = this.#physicalOf(stack, logicalId, where);
    if (attributes === undefined) return `${ref}.${attribute}`;
    const value = attributes[attribute];
    if (value === undefined) throw new Error(`${where} asks for ${attribute} of ${logicalId}, which it does not have`);
    return value;
  }

  #imported(exportName: unknown, where: string): unknown {
    for (const [stack, { Outputs }] of this.#templates.entries()) {
      for (const { Value, Export } of Object.values(Outputs)) {
        if (Export?.Name === exportName) return this.#resolve(stack, Value, where);
      }
    }
    throw new Error(`${where} imports ${String(exportName)}, which no stack exports`);
  }
}
