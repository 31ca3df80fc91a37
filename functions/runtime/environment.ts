import * as z from "zod/mini";

/** Variables every function has; infra sets them in one place. */
export const commonEnvironment = {
  POWERTOOLS_SERVICE_NAME: z.string().check(z.minLength(1)),
  POWERTOOLS_METRICS_NAMESPACE: z.string().check(z.minLength(1)),
} as const;

/**
 * Reads a function's variables once, at cold start.
 * @throws Error naming each variable that is missing or malformed; values are not repeated, they may be secret.
 */
export function readEnvironment<T extends z.ZodMiniType>(schema: T, variables: NodeJS.ProcessEnv): z.infer<T> {
  const parsed = schema.safeParse(variables);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
  throw new Error(`the function's environment is incomplete: ${faults}`);
}
