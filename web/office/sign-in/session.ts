import type { Me } from "#functions/office/session/contract.ts";
import { type Pending, type Provider, SignInFault, type SignInFaultKind } from "#web/office/sign-in/provider.ts";
import type { Tab } from "#web/office/sign-in/tab.ts";
import { tokensOf } from "#web/office/sign-in/tokens.ts";

/** Who is signed in on this page. Tokens are in this closure and nowhere else: neither stored, nor shown, nor in any address. */

export type SessionState =
  /** Being found out, or leaving for the provider. */
  | Readonly<{ kind: "arriving" }>
  | Readonly<{ kind: "signed-in"; me: Me }>
  /** The provider renews no longer. What was typed is still there; `address` leads to a sign-in in another tab. */
  | Readonly<{ kind: "lapsed"; me: Me; address: string }>
  /** This tab signed in for another one, which goes on. */
  | Readonly<{ kind: "signed-in-elsewhere" }>
  | Readonly<{ kind: "signed-out" }>
  | Readonly<{ kind: "faulty"; fault: SignInFaultKind | "not-accepted" | "not-allowed"; detail: string }>;

/** What the server says of whoever has a token, before anything is shown. */
export type Introduction =
  | Readonly<{ kind: "known"; me: Me }>
  | Readonly<{ kind: "signed-out" | "not-accepted" | "unreachable" }>
  | Readonly<{ kind: "not-allowed"; detail: string }>;

export type SessionDependencies = Readonly<{
  tab: Tab;
  provider: () => Promise<Provider>;
  introduce: (token: string) => Promise<Introduction>;
  /** Tells the server that this person signs out everywhere. */
  endOnServer: (token: string) => Promise<void>;
  now?: () => number;
}>;

export type Session = ReturnType<typeof createSession>;

export function createSession({ tab, provider, introduce, endOnServer, now = Date.now }: SessionDependencies) {
  let state: SessionState = { kind: "arriving" };
  const listeners = new Set<(state: SessionState) => void>();
  const become = (next: SessionState): void => {
    state = next;
    for (const listener of listeners) listener(next);
  };
  const tokens = tokensOf(async (refresh) => (await provider()).renew(refresh), { lapsed: () => lapse(), now });
  /** Of a sign-in in another tab, for this one. */
  let awaited: Pending | undefined;

  const fail = (error: unknown): void => {
    tokens.drop();
    if (!(error instanceof SignInFault)) throw error;
    become({ kind: "faulty", fault: error.kind, detail: "" });
  };

  const there = () => ({ back: tab.signedInPath(), language: tab.language() });

  /** Leaves for the provider, which leads back. */
  async function leave(from: string, asksAgain: boolean): Promise<void> {
    become({ kind: "arriving" });
    try {
      const { url, pending } = await (await provider()).begin({ ...there(), from, asksAgain });
      tab.keep(pending);
      tab.go(url);
    } catch (error) {
      fail(error);
    }
  }

  async function enter(): Promise<void> {
    const token = await tokens.current();
    const introduction = token === undefined ? ({ kind: "unreachable" } as const) : await introduce(token);
    if (introduction.kind === "known") {
      become({ kind: "signed-in", me: introduction.me });
      return;
    }
    tokens.drop();
    if (introduction.kind === "signed-out") become({ kind: "signed-out" });
    else {
      const detail = introduction.kind === "not-allowed" ? introduction.detail : "";
      become({ kind: "faulty", fault: introduction.kind, detail });
    }
  }

  async function finish(pending: Pending, answer: URLSearchParams): Promise<void> {
    tokens.hold(await (await provider()).finish(pending, tab.signedInPath(), answer));
    await enter();
  }

  /** The page stays as it is: its typed text is not lost, but nothing is sent any more. */
  async function lapse(): Promise<void> {
    tokens.drop();
    if (state.kind !== "signed-in") return;
    const { me } = state;
    try {
      const { url, pending } = await (await provider()).begin({ ...there(), from: "", asksAgain: false });
      awaited = pending;
      become({ kind: "lapsed", me, address: url });
    } catch (error) {
      fail(error);
    }
  }

  /** Forgets everything; what the page showed goes with it. */
  function forget(): void {
    tokens.drop();
    awaited = undefined;
    become({ kind: "signed-out" });
    tab.leaveForSignedOut();
  }

  /** Goes on with what was signed in for in another tab. */
  async function goOn(me: Me, pending: Pending, answer: URLSearchParams): Promise<void> {
    try {
      await finish(pending, answer);
      // Somebody else's work is not theirs to go on with.
      if (state.kind === "signed-in" && state.me.subject !== me.subject) tab.reload();
    } catch (error) {
      fail(error);
    }
  }

  tab.listen({
    signedOut: forget,
    answered(search) {
      const answer = new URLSearchParams(search);
      if (awaited === undefined || state.kind !== "lapsed" || answer.get("state") !== awaited.state) return false;
      const pending = awaited;
      awaited = undefined;
      void goOn(state.me, pending, answer);
      return true;
    },
  });

  /** An answer that another tab may wait for. A refusal stays here: that tab can ask again. */
  async function passOn(search: string): Promise<void> {
    if (new URLSearchParams(search).has("error")) fail(new SignInFault("refused"));
    else if (await tab.tellAnswer(search)) become({ kind: "signed-in-elsewhere" });
    else fail(new SignInFault("stray"));
  }

  return {
    state: () => state,
    follow(listener: (state: SessionState) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    /** Finds out who is there, when a page is opened. */
    async arrive(): Promise<void> {
      const arrival = tab.arrive();
      if (arrival.kind === "signed-out") {
        become({ kind: "signed-out" });
        return;
      }
      if (arrival.kind === "opened") return leave(arrival.path, false);
      const { pending, search } = arrival;
      if (pending === undefined) return passOn(search);
      try {
        await finish(pending, new URLSearchParams(search));
      } catch (error) {
        fail(error);
      }
    },

    /** Signs in once more. @param asksAgain whether the provider must ask even whom it knows */
    signIn: (from: string, asksAgain: boolean): Promise<void> => leave(from, asksAgain),

    /** A token that is still good, renewed when it is not. Undefined when nobody is signed in. */
    token: tokens.current,

    /** After the server refused a token: another one, unless there is none. */
    tokenAfter: tokens.after,

    /** The server does not take the tokens of this person any more. */
    ended: forget,

    /** Signs out everywhere: at the server, at the provider, and in every tab. */
    async signOut(): Promise<void> {
      const held = tokens.drop();
      become({ kind: "arriving" });
      tab.tellSignedOut();
      const known = await provider().catch(() => undefined);
      // Each on its own: whichever does not answer, the others are asked.
      await Promise.allSettled([
        held === undefined ? undefined : endOnServer(held.access),
        // No access token can come of it any more; those that did the server refuses.
        held?.refresh === undefined ? undefined : known?.revoke(held.refresh),
      ]);
      const back = tab.signedOutPath();
      tab.go(known?.signOutAddress(back, tab.language()) ?? back);
    },

    /** When the page is left: nothing stays for whoever comes back to it. */
    hide(): void {
      tokens.drop();
      awaited = undefined;
    },
  };
}
