import * as z from "zod";
import { commonEnvironment } from "#functions/runtime/environment.ts";

/** Variables of the `origin-keys` function. It runs beside CloudFront's stack in us-east-1; votes are taken elsewhere. */
export const OriginKeysEnv = z.object({
  ...commonEnvironment,
  /** Region of the secret and of the voting stack. */
  VOTING_REGION: z.string().min(1),
  /** Stack whose output `ApiUrl` says where the API is. */
  VOTING_STACK: z.string().min(1),
  KEYS_SECRET_NAME: z.string().min(1),
});
export type OriginKeysEnv = Readonly<z.infer<typeof OriginKeysEnv>>;
