import * as z from "zod";

/** Evaluates resource policies as AWS does: allowed by a statement, and denied by none (IAM guide, "Policy evaluation logic"). */

const oneOrMore = z.union([z.unknown().array(), z.unknown().transform((value) => [value])]);

export const PolicyDocument = z.object({
  Statement: z.array(
    z.strictObject({
      Sid: z.string().optional(),
      Effect: z.enum(["Allow", "Deny"]),
      Principal: z.union([z.literal("*"), z.record(z.string(), oneOrMore)]),
      Action: oneOrMore,
      Resource: oneOrMore,
      Condition: z.record(z.string(), z.record(z.string(), oneOrMore)).default({}),
    }),
  ),
});
export type PolicyDocument = z.infer<typeof PolicyDocument>;
type Statement = PolicyDocument["Statement"][number];

export type Request = Readonly<{
  /** `Service` and its name, or `AWS` and an ARN. */
  principal: readonly [kind: string, name: string];
  action: string;
  resource: string;
  context: Readonly<Record<string, string>>;
}>;

/** Whether a text fits a pattern with `*` and `?`. */
function fits(pattern: string, text: string): boolean {
  const escaped = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${escaped}$`).test(text);
}

type Compare = (wanted: string, actual: string) => boolean;
const equals: Compare = (wanted, actual) => wanted === actual;
const OPERATORS: Readonly<Record<string, Compare>> = {
  StringEquals: equals,
  Bool: equals,
  NumericLessThan: (wanted, actual) => Number(actual) < Number(wanted),
  // AWS takes wildcards in both.
  ArnEquals: fits,
  ArnLike: fits,
};

/**
 * Whether a resource's policy lets a request through.
 * @param read a template's value as text
 * @throws Error for an operator that it does not know
 */
export function allows(policy: PolicyDocument, request: Request, read: (value: unknown) => string): boolean {
  const { principal, action, resource } = request;
  // Names of condition keys have no case.
  const context = new Map(Object.entries(request.context).map(([key, value]) => [key.toLowerCase(), value]));
  const isAbout = (principals: Statement["Principal"]): boolean => {
    if (principals === "*") return true;
    const named = (kind: string): readonly string[] => (principals[kind] ?? []).map(read);
    // `{ "AWS": "*" }` is everybody, services too.
    return named("AWS").includes("*") || named(principal[0]).includes(principal[1]);
  };
  const applies = ({ Principal, Action, Resource, Condition }: Statement): boolean =>
    isAbout(Principal) &&
    Action.some((pattern) => fits(read(pattern), action)) &&
    Resource.some((pattern) => fits(read(pattern), resource)) &&
    Object.entries(Condition).every(([operator, keys]) => {
      const compare = OPERATORS[operator];
      if (compare === undefined) throw new Error(`what does ${operator} ask?`);
      return Object.entries(keys).every(([key, values]) => {
        const actual = context.get(key.toLowerCase());
        return actual !== undefined && values.some((value) => compare(read(value), actual));
      });
    });
  const effects = policy.Statement.filter(applies).map(({ Effect }) => Effect);
  return effects.includes("Allow") && !effects.includes("Deny");
}
