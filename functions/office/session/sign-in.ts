import type { OPEN_ROUTES } from "#functions/office/contract.ts";
import type { OfficeEnv } from "#functions/office/env.ts";
import type { SignIn } from "#functions/office/session/contract.ts";
import { type HttpHandler, json } from "#functions/runtime/http.ts";

type Variables = Pick<
  OfficeEnv,
  "SIGN_IN_ISSUER" | "SIGN_IN_CLIENT_ID" | "SIGN_IN_SCOPE" | "SIGN_IN_RESOURCE" | "SIGN_IN_SIGN_OUT"
>;

/** Says by whom the office signs in: nothing of it is secret, and nobody is signed in yet. */
export function signInHandlers(env: Variables): Readonly<Record<(typeof OPEN_ROUTES)[number], HttpHandler>> {
  const signIn: SignIn = {
    issuer: env.SIGN_IN_ISSUER,
    client_id: env.SIGN_IN_CLIENT_ID,
    scope: env.SIGN_IN_SCOPE,
    ...(env.SIGN_IN_RESOURCE !== "" && { resource: env.SIGN_IN_RESOURCE }),
    ...(env.SIGN_IN_SIGN_OUT !== "" && { sign_out_url: env.SIGN_IN_SIGN_OUT }),
  };
  return { "GET /office/sign-in": async () => json(200, signIn) };
}
