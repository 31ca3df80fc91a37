import * as z from "zod/mini";
import { connectionEnvironment, officeEnvironment } from "#functions/runtime/office/env.ts";

const name = z.string().check(z.minLength(1));

/** Variables of the `office` function. */
export const OfficeEnv = z.object({
  ...officeEnvironment,
  ...connectionEnvironment,
  OFFICE_WORK_QUEUE_URL: z.url(),
  SIGN_IN_ISSUER: name,
  SIGN_IN_CLIENT_ID: name,
  SIGN_IN_SCOPE: name,
  /** Empty where the issuer need not be told. */
  SIGN_IN_RESOURCE: z.string(),
  /** Empty where the issuer signs out as OpenID Connect says. */
  SIGN_IN_SIGN_OUT: z.string(),
});
export type OfficeEnv = Readonly<z.infer<typeof OfficeEnv>>;
