import { useEffect, useState } from "preact/hooks";
import { endOnServer, introduceBy, officeApiOf } from "#web/office/shell/office-api.ts";
import { findProvider, type Provider, type ProviderSettings, SignInFault } from "#web/office/sign-in/provider.ts";
import { createSession, type SessionState } from "#web/office/sign-in/session.ts";
import { browserTab } from "#web/office/sign-in/tab.ts";

/** The session of this page, and the API as whoever is signed in. */

/** The server's clock less this device's: a token is judged by the former. */
function skewOf(response: Response): number {
  const serverMs = Date.parse(response.headers.get("date") ?? "");
  return Number.isNaN(serverMs) ? 0 : serverMs - Date.now();
}

async function askProvider(): Promise<Provider> {
  let response: Response;
  let settings: ProviderSettings;
  try {
    response = await fetch("/api/v1/office/sign-in", { cache: "no-store", credentials: "omit" });
    settings = await response.json();
  } catch (error) {
    throw new SignInFault("unreachable", { cause: error });
  }
  if (!response.ok) throw new SignInFault("unreachable");
  return findProvider(settings, location.origin, skewOf(response));
}

let asked: Promise<Provider> | undefined;

/** Asked once, and again after a failure. */
function provider(): Promise<Provider> {
  asked ??= askProvider().catch((error: unknown) => {
    asked = undefined;
    throw error;
  });
  return asked;
}

export const session = createSession({ tab: browserTab(), provider, introduce: introduceBy, endOnServer });

export const officeApi = officeApiOf(session);

export function useSession(): SessionState {
  const [state, setState] = useState(session.state());
  useEffect(() => {
    // It may have changed since the first look.
    setState(session.state());
    return session.follow(setState);
  }, []);
  return state;
}
