import type { Language } from "#core/language.ts";
import { readOfficePath, writeOfficePath } from "#web/office/router.ts";
import type { Pending } from "#web/office/sign-in/provider.ts";

/** What signing in needs of a browser's tab: addresses, the other tabs, and what is kept while away at the provider. */

/** In the tab's storage only while it is away; without the provider's answer it is worth nothing. */
const PENDING = "scrutin-office-away";
const CHANNEL = "scrutin-office";

type Message = Readonly<{ signedOut: true }> | Readonly<{ answer: string }>;

export type Tab = ReturnType<typeof browserTab>;

function readPending(text: string | null): Pending | undefined {
  if (text === null) return undefined;
  const { state, nonce, verifier, from }: Readonly<Record<string, unknown>> = JSON.parse(text);
  const isWhole = [state, nonce, verifier, from].every((part) => typeof part === "string");
  return isWhole ? ({ state, nonce, verifier, from } as Pending) : undefined;
}

export function browserTab() {
  const channel = new BroadcastChannel(CHANNEL);
  const language = (): Language => readOfficePath(location.pathname).language;
  const say = (message: Message): void => channel.postMessage(message);
  const signedOutPath = (): string => writeOfficePath(language(), { room: "signed-out" });

  return {
    /** In the language of the page, and the same when it comes back. */
    signedInPath: (): string => writeOfficePath(language(), { room: "signed-in" }),
    signedOutPath,
    arrival: () => ({
      where: readOfficePath(location.pathname).route.room,
      path: location.pathname,
      search: location.search,
    }),
    go: (address: string): void => location.replace(address),
    reload: (): void => location.reload(),
    /** A new document: nothing of the old one stays in memory. */
    leaveForSignedOut(): void {
      if (readOfficePath(location.pathname).route.room !== "signed-out") location.replace(signedOutPath());
    },
    keep: (pending: Pending): void => sessionStorage.setItem(PENDING, JSON.stringify(pending)),
    takeKept(): Pending | undefined {
      const kept = readPending(sessionStorage.getItem(PENDING));
      sessionStorage.removeItem(PENDING);
      return kept;
    },
    /** Out of the address and the history comes what the provider put there. @param path where the person was before */
    clearAddress(path = location.pathname): void {
      history.replaceState(null, "", path);
    },
    tellSignedOut: (): void => say({ signedOut: true }),
    tellAnswer: (answer: string): void => say({ answer }),
    listen({ signedOut, answered }: Readonly<{ signedOut: () => void; answered: (search: string) => void }>): void {
      channel.addEventListener("message", ({ data }: MessageEvent<Message>) => {
        if ("signedOut" in data) signedOut();
        else answered(data.answer);
      });
    },
  };
}
