import type { Language } from "#core/language.ts";
import { go } from "#web/navigation.ts";
import { readOfficePath, writeOfficePath } from "#web/office/router.ts";
import type { Pending } from "#web/office/sign-in/provider.ts";

/** What signing in needs of a browser's tab: addresses, the other tabs, and what is kept while away at the provider. */

/** In the tab's storage only while it is away; without the provider's answer it is worth nothing. */
const AWAY = "scrutin-office-away";
const CHANNEL = "scrutin-office";

/** The other tabs are on this machine: whichever waits for an answer says so at once. */
const HEARD_WITHIN_MS = 2_000;

type Message = Readonly<{ signedOut: true }> | Readonly<{ answer: string }> | Readonly<{ taken: string }>;

/** How a page of the console was reached. */
export type Arrival =
  | Readonly<{ kind: "opened"; path: string }>
  | Readonly<{ kind: "signed-out" }>
  /** With the provider's answer; `pending` is missing where another tab had asked. */
  | Readonly<{ kind: "answered"; search: string; pending: Pending | undefined }>;

export type Tab = ReturnType<typeof browserTab>;

function readPending(text: string): Pending | undefined {
  const { state, nonce, verifier, from }: Readonly<Record<string, unknown>> = JSON.parse(text);
  const isWhole = [state, nonce, verifier, from].every((part) => typeof part === "string");
  return isWhole ? ({ state, nonce, verifier, from } as Pending) : undefined;
}

function takePending(): Pending | undefined {
  const kept = sessionStorage.getItem(AWAY);
  sessionStorage.removeItem(AWAY);
  return kept === null ? undefined : readPending(kept);
}

export function browserTab() {
  const channel = new BroadcastChannel(CHANNEL);
  const language = (): Language => readOfficePath(location.pathname).language;
  const say = (message: Message): void => channel.postMessage(message);
  const signedOutPath = (): string => writeOfficePath(language(), { room: "signed-out" });

  return {
    language,
    /** Where the provider is to lead back to: of the page's language, and so the same once it is back. */
    signedInPath: (): string => writeOfficePath(language(), { room: "signed-in" }),
    signedOutPath,
    arrive(): Arrival {
      const { pathname: path, search } = location;
      const { room } = readOfficePath(path).route;
      const pending = takePending();
      if (room === "signed-out") return { kind: "signed-out" };
      if (room !== "signed-in") return { kind: "opened", path };
      if (search === "") return { kind: "opened", path: writeOfficePath(language(), { room: "overview" }) };
      // Out of the address and the history, before anything else.
      go({ path: pending?.from ?? path }, "replace");
      return { kind: "answered", search, pending };
    },
    go: (address: string): void => location.replace(address),
    reload: (): void => location.reload(),
    /** A new document: nothing of the old one stays in memory. */
    leaveForSignedOut(): void {
      if (readOfficePath(location.pathname).route.room !== "signed-out") location.replace(signedOutPath());
    },
    keep: (pending: Pending): void => sessionStorage.setItem(AWAY, JSON.stringify(pending)),
    tellSignedOut: (): void => say({ signedOut: true }),
    /** Gives an answer to whichever tab waits for it. @returns whether one does */
    tellAnswer: (answer: string): Promise<boolean> =>
      new Promise((resolve) => {
        const timer = setTimeout(() => resolve(false), HEARD_WITHIN_MS);
        channel.addEventListener("message", ({ data }: MessageEvent<Message>) => {
          if (!("taken" in data) || data.taken !== answer) return;
          clearTimeout(timer);
          resolve(true);
        });
        say({ answer });
      }),
    /** `answered` returns whether this tab waits for that answer */
    listen({ signedOut, answered }: Readonly<{ signedOut: () => void; answered: (search: string) => boolean }>): void {
      channel.addEventListener("message", ({ data }: MessageEvent<Message>) => {
        if ("signedOut" in data) signedOut();
        else if ("answer" in data && answered(data.answer)) say({ taken: data.answer });
      });
    },
  };
}
