import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type Provider from "oidc-provider";
import { DEMO_PASSWORD } from "#local/identity/accounts.ts";
import { languageOf, signInPage } from "#local/identity/pages.ts";

/** The sign-in page: shows the form, and hands who signed in to the provider. */

export const SIGN_IN_PATH = "/sign-in/";

export type SignIn = Readonly<{
  provider: Provider;
  isAccount: (name: string) => boolean;
  siteUrl: string;
  isOffice: boolean;
}>;

async function answer(
  { provider, isAccount, siteUrl, isOffice }: SignIn,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { params } = await provider.interactionDetails(request, response);
  const language = languageOf(String(params.ui_locales ?? ""), request.headers["accept-language"]);
  const show = (status: number, name?: string): void => {
    response.writeHead(status, {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      // A form's redirects count as where it leads: at last, the site.
      "content-security-policy": `default-src 'none'; style-src 'unsafe-inline'; form-action 'self' ${siteUrl}; frame-ancestors 'none'; base-uri 'none'`,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    });
    response.end(signInPage({ language, isOffice, ...(name !== undefined && { failedAs: name }) }));
  };
  if (request.method !== "POST") return show(200);
  const form = new URLSearchParams(await text(request));
  const name = form.get("name")?.trim() ?? "";
  if (form.get("password") !== DEMO_PASSWORD || !isAccount(name)) return show(403, name);
  await provider.interactionFinished(request, response, { login: { accountId: name, amr: ["pwd"] } });
}

export function answerSignIn(signIn: SignIn, request: IncomingMessage, response: ServerResponse): void {
  answer(signIn, request, response).catch(() => {
    // Its cookie is gone, or it took longer than half an hour.
    response.writeHead(303, { location: signIn.siteUrl, "cache-control": "no-store" }).end();
  });
}
