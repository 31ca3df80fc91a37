import { SignInFault, type Tokens } from "#web/office/sign-in/provider.ts";

/** Keeps tokens fresh: renewed a while before they expire, and once after a refusal. Never twice at the same time. */

/** So long before the end, or at half of a short life. */
const AHEAD_MS = 60_000;
/** A token that ends sooner may be refused on its way. */
const TOO_SHORT_MS = 5_000;
/** When the provider does not answer. */
const TRY_AGAIN_MS = 15_000;

type Watched = Readonly<{
  /** The provider refuses to renew, or the token has ended. */
  lapsed: () => void;
  now: () => number;
}>;

export function tokensOf(renew: (refresh: string) => Promise<Tokens>, { lapsed, now }: Watched) {
  let held: Tokens | undefined;
  let renewing: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function drop(): Tokens | undefined {
    const last = held;
    held = undefined;
    clearTimeout(timer);
    return last;
  }

  function wake(inMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void refreshed(), inMs);
  }

  function hold(tokens: Tokens): void {
    held = tokens;
    const leftMs = tokens.expiresAtMs - now();
    wake(Math.max(leftMs - AHEAD_MS, leftMs / 2));
  }

  async function refresh(): Promise<void> {
    const before = held;
    if (before === undefined) return;
    if (before.refresh === undefined) {
      if (before.expiresAtMs > now()) wake(before.expiresAtMs - now());
      else lapsed();
      return;
    }
    try {
      const renewed = await renew(before.refresh);
      // Unless somebody signed out meanwhile.
      if (held === before) hold(renewed);
    } catch (error) {
      if (held !== before) return;
      if (error instanceof SignInFault && error.kind === "unreachable") wake(TRY_AGAIN_MS);
      else lapsed();
    }
  }

  function refreshed(): Promise<void> {
    renewing ??= refresh().finally(() => {
      renewing = undefined;
    });
    return renewing;
  }

  const isGood = (): boolean => held !== undefined && held.expiresAtMs - now() > TOO_SHORT_MS;

  return {
    hold,
    /** @returns what was held */
    drop,
    async current(): Promise<string | undefined> {
      if (!isGood()) await refreshed();
      return isGood() ? held?.access : undefined;
    },
    async after(refused: string): Promise<string | undefined> {
      if (held?.access === refused) await refreshed();
      return held?.access === refused ? undefined : held?.access;
    },
  };
}
