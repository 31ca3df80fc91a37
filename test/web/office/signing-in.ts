import { visitor } from "#load/shared/provider-tokens.ts";
import { DEMO_PASSWORD } from "#local/identity/accounts.ts";
import { OFFICE_CLIENT, OFFICE_SCOPE } from "#local/identity/contract.ts";
import { findProvider, type Pending, type Provider } from "#web/office/sign-in/provider.ts";
import { createSession, type Introduction, type Session } from "#web/office/sign-in/session.ts";
import type { Arrival, Tab } from "#web/office/sign-in/tab.ts";

/** The console's sign-in against the laptop's real provider, with tabs and a person in the place of a browser. */

export const SITE = "http://localhost:3999";
const BACK = "/en/office/signed-in";

export const providerAt = (issuer: string, skewMs = 0, now = Date.now): Promise<Provider> =>
  findProvider({ issuer, client_id: OFFICE_CLIENT, scope: `openid profile ${OFFICE_SCOPE}` }, SITE, skewMs, now);

/** A person who signs in at the provider's page, whose cookies stay. Returns the query that leads back. */
export function person(name: string, password = DEMO_PASSWORD) {
  const visit = visitor();
  return async (address: string): Promise<string> => {
    let next = await visit(address);
    while (next.location !== undefined && !next.location.startsWith(SITE)) {
      const at = next.location;
      const isForm = at.includes("/sign-in/");
      next = await visit(at, isForm ? { method: "POST", body: new URLSearchParams({ name, password }) } : {});
    }
    if (next.location === undefined) throw new Error(`the provider leads nowhere: ${next.status}`);
    return new URL(next.location).search;
  };
}

type Listener = Parameters<Tab["listen"]>[0];

/** Tabs of one browser, which hear each other. */
export function browser() {
  const listeners = new Map<Tab, Listener>();
  return function openTab(arrival: Arrival) {
    const went: string[] = [];
    let away: Pending | undefined;
    const others = (tell: (listener: Listener) => void): void => {
      for (const [other, listener] of listeners) if (other !== tab) tell(listener);
    };
    const tab: Tab = {
      language: () => "en",
      signedInPath: () => BACK,
      signedOutPath: () => "/en/office/signed-out",
      arrive: () => arrival,
      go: (address) => void went.push(address),
      reload: () => void went.push("reload"),
      leaveForSignedOut: () => void went.push("/en/office/signed-out"),
      keep: (pending) => {
        away = pending;
      },
      tellSignedOut: () => others(({ signedOut }) => signedOut()),
      tellAnswer: async (answer) => [...listeners].some(([other, { answered }]) => other !== tab && answered(answer)),
      listen: (listener) => void listeners.set(tab, listener),
    };
    return { tab, went, away: () => away };
  };
}

const ME = {
  subject: "officer",
  name: "Odile Tremblay",
  groups: ["officer"],
  stage: "local",
  two_officers: false,
  voter_issuers: [],
} as const;

type Office = Readonly<{ introduction?: Introduction; provider: () => Promise<Provider>; now?: () => number }>;

/** A page's session, and the tokens with which it signed out at the server. */
export function page(tab: Tab, { introduction = { kind: "known", me: ME }, provider, now = Date.now }: Office) {
  const ended: string[] = [];
  const session: Session = createSession({
    tab,
    provider,
    introduce: async () => introduction,
    endOnServer: async (token) => void ended.push(token),
    now,
  });
  return { session, ended };
}
