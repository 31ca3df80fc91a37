import * as z from "zod/mini";
import { commonEnvironment } from "#functions/runtime/environment.ts";

/** Variables of the `origin-keys` function. It runs in us-east-1 with CloudFront's stack; votes are received elsewhere. */
export const OriginKeysEnv = z.object({
  ...commonEnvironment,
  /** Region of the secret and of the voting stack. */
  VOTING_REGION: z.string().check(z.minLength(1)),
  /** Stack whose outputs are the API's address and the bucket of certified bundles. */
  VOTING_STACK: z.string().check(z.minLength(1)),
  KEYS_SECRET_NAME: z.string().check(z.minLength(1)),
});
export type OriginKeysEnv = Readonly<z.infer<typeof OriginKeysEnv>>;
