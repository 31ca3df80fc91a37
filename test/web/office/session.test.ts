import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Identity, startIdentity } from "#local/identity/identity.ts";
import { browser, page, person, providerAt, SITE } from "#test/web/office/signing-in.ts";
import type { Pending } from "#web/office/sign-in/provider.ts";

let identity: Identity;
beforeAll(async () => {
  identity = await startIdentity();
  await identity.serve(SITE);
});
afterAll(() => identity.stop());

const provider = () => providerAt(identity.issuers.office);
const opened = { kind: "opened", path: "/en/office/elections/1" } as const;

/** Opens a page of the console, signs in at the provider, and comes back. */
async function signedIn(
  who: ReturnType<typeof person>,
  openTab = browser(),
  office: Partial<Parameters<typeof page>[1]> = {},
) {
  const first = openTab(opened);
  await page(first.tab, { provider, ...office }).session.arrive();
  const pending = first.away() as Pending;
  const search = await who(first.went[0] ?? "");
  const back = openTab({ kind: "answered", search, pending });
  const shown = page(back.tab, { provider, ...office });
  await shown.session.arrive();
  return { ...shown, ...back, asked: first.went[0] ?? "", pending, search };
}

describe("signing in", () => {
  test("asks for a code with PKCE, a state and a nonce, leads back to one address, and remembers the page", async () => {
    const { asked, pending, session } = await signedIn(person("officer"));
    const query = new URL(asked).searchParams;
    expect(Object.fromEntries(query)).toMatchObject({
      response_type: "code",
      code_challenge_method: "S256",
      redirect_uri: `${SITE}/en/office/signed-in`,
      state: pending.state,
      nonce: pending.nonce,
      ui_locales: "en",
    });
    expect(asked).not.toContain(pending.verifier);
    expect(pending.from).toBe("/en/office/elections/1");
    expect(session.state()).toMatchObject({ kind: "signed-in", me: { name: "Odile Tremblay" } });
    expect(decodeJwt((await session.token()) ?? "")).toMatchObject({ sub: "officer", groups: ["officer"] });
  });

  test("comes back without typing while the provider knows the person, as after a reload", async () => {
    const who = person("officer");
    await signedIn(who);
    const typesNothing = person("nobody at all", "nothing");
    await expect(signedIn(typesNothing)).rejects.toThrow();
    expect((await signedIn(who)).session.state().kind).toBe("signed-in");
  });

  test("takes no answer to another request, and none twice", async () => {
    const { pending, search } = await signedIn(person("officer"));
    for (const [answer, fault] of [
      [search.replace(/state=[^&]+/, "state=another"), "stray"],
      [search, "refused"],
      [`?error=access_denied&iss=${encodeURIComponent(identity.issuers.office)}&state=${pending.state}`, "refused"],
      [search.replace(/iss=[^&]+/, "iss=https%3A%2F%2Felsewhere.example"), "stray"],
    ] as const) {
      const { session } = page(browser()({ kind: "answered", search: answer, pending }).tab, { provider });
      await session.arrive();
      expect(session.state()).toMatchObject({ kind: "faulty", fault });
      expect(await session.token()).toBeUndefined();
    }
  });

  test("says that the provider does not answer, and that it is not what was configured", async () => {
    for (const [issuer, fault] of [
      ["http://localhost:9/office", "unreachable"],
      [`${identity.origin}/voters/elsewhere`, "misconfigured"],
    ] as const) {
      const { session } = page(browser()(opened).tab, { provider: () => providerAt(issuer) });
      await session.arrive();
      expect(session.state()).toMatchObject({ kind: "faulty", fault });
    }
  });

  test("takes no token that was made for another request", async () => {
    const openTab = browser();
    const who = person("officer");
    const first = openTab(opened);
    await page(first.tab, { provider }).session.arrive();
    const pending = { ...(first.away() as Pending), nonce: "another" };
    const search = await who(first.went[0] ?? "");
    const { session } = page(openTab({ kind: "answered", search, pending }).tab, { provider });
    await session.arrive();
    expect(session.state()).toMatchObject({ kind: "faulty", fault: "stray" });
  });

  test("works on a device whose clock is hours off, by the site's clock; says so where the provider's is off", async () => {
    const hours = 5 * 3_600_000;
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + hours });
    try {
      const skewed = (skewMs: number) => ({ provider: () => providerAt(identity.issuers.office, skewMs) });
      const right = await signedIn(person("officer"), browser(), skewed(-hours));
      expect(right.session.state().kind).toBe("signed-in");
      const wrong = await signedIn(person("officer"), browser(), skewed(0));
      expect(wrong.session.state()).toMatchObject({ kind: "faulty", fault: "clock" });
    } finally {
      vi.useRealTimers();
    }
  });

  test.each(["not-allowed", "not-accepted"] as const)("holds no token of somebody who is %s", async (kind) => {
    const introduction = kind === "not-allowed" ? ({ kind, detail: "in none of the groups" } as const) : { kind };
    const { session } = await signedIn(person("officer"), browser(), { introduction });
    expect(session.state()).toMatchObject({ kind: "faulty", fault: kind });
    expect(await session.token()).toBeUndefined();
  });
});

describe("renewal", () => {
  test("comes before the token ends, once for all who wait, and again after a refusal", async () => {
    let nowMs = Date.now();
    const now = () => nowMs;
    const { session } = await signedIn(person("officer"), browser(), {
      provider: () => providerAt(identity.issuers.office, 0, now),
      now,
    });
    const first = await session.token();
    nowMs += 299_000;
    const [second, same] = await Promise.all([session.token(), session.token()]);
    expect(second).not.toBe(first);
    expect(same).toBe(second);
    const third = await session.tokenAfter(second ?? "");
    expect(third).not.toBe(second);
    expect(await session.tokenAfter(second ?? "")).toBe(third);
    expect(session.state().kind).toBe("signed-in");
  });

  test("of a tab goes on after the same person came in another one", async () => {
    let nowMs = Date.now();
    const now = () => nowMs;
    const who = person("officer");
    const openTab = browser();
    const office = { provider: () => providerAt(identity.issuers.office, 0, now), now };
    const { session: one } = await signedIn(who, openTab, office);
    const first = await one.token();
    const { session: other } = await signedIn(who, openTab, office);
    nowMs += 299_000;
    for (const session of [one, other, one]) {
      const token = await session.token();
      expect(await session.tokenAfter(token ?? "")).not.toBe(token);
      expect(session.state().kind).toBe("signed-in");
    }
    expect(await one.token()).not.toBe(first);
  });

  test("refused, leaves the page as it is, and a sign-in in another tab lets it go on", async () => {
    let nowMs = Date.now();
    const now = () => nowMs;
    const who = person("officer");
    const openTab = browser();
    const at = async () => {
      const real = await providerAt(identity.issuers.office, 0, now);
      // Somebody at the provider ended this sign-in.
      const renew = async (refresh: string) => {
        await real.revoke(refresh);
        return real.renew(refresh);
      };
      return { ...real, renew };
    };
    const { session } = await signedIn(who, openTab, { provider: at, now });
    nowMs += 299_000;
    expect(await session.token()).toBeUndefined();
    await expect.poll(() => session.state().kind).toBe("lapsed");
    const lapsed = session.state();

    const search = await who(lapsed.kind === "lapsed" ? lapsed.address : "");
    const refusal = openTab({
      kind: "answered",
      search: search.replace(/code=[^&]+/, "error=denied"),
      pending: undefined,
    });
    const { session: refused } = page(refusal.tab, { provider: at, now });
    await refused.arrive();
    expect(refused.state()).toMatchObject({ kind: "faulty", fault: "refused" });
    expect(session.state()).toBe(lapsed);

    const aside = openTab({ kind: "answered", search, pending: undefined });
    const { session: beside } = page(aside.tab, { provider: at, now });
    await beside.arrive();
    expect(beside.state().kind).toBe("signed-in-elsewhere");
    await expect.poll(() => session.state().kind).toBe("signed-in");
    expect(await session.token()).toBeDefined();
  });

  test("an answer that no tab waits for is told as a stray one", async () => {
    const openTab = browser();
    await signedIn(person("officer"), openTab);
    const { session } = page(openTab({ kind: "answered", search: "?code=a&state=zz", pending: undefined }).tab, {
      provider,
    });
    await session.arrive();
    expect(session.state()).toMatchObject({ kind: "faulty", fault: "stray" });
  });
});

describe("signing out", () => {
  test("tells the server, ends the tokens, leads to the provider without any of them, and ends every tab", async () => {
    const openTab = browser();
    const who = person("officer");
    const one = await signedIn(who, openTab);
    const other = await signedIn(who, openTab);
    const token = (await one.session.token()) ?? "";
    await one.session.signOut();

    expect(one.ended).toEqual([token]);
    expect(await one.session.token()).toBeUndefined();
    expect(await other.session.token()).toBeUndefined();
    expect(other.session.state().kind).toBe("signed-out");
    expect(other.went).toContain("/en/office/signed-out");
    const address = new URL(one.went.at(-1) ?? "");
    expect(address.pathname).toContain("/session/end");
    expect([...address.searchParams.keys()].toSorted()).toEqual([
      "client_id",
      "post_logout_redirect_uri",
      "ui_locales",
    ]);
    expect(address.searchParams.get("post_logout_redirect_uri")).toBe(`${SITE}/en/office/signed-out`);
  });

  test("asks the person again, even if the provider still knows them", async () => {
    const tab = browser()({ kind: "signed-out" });
    const { session } = page(tab.tab, { provider });
    await session.arrive();
    expect(session.state().kind).toBe("signed-out");
    expect(tab.went).toEqual([]);
    await session.signIn("/en/office", true);
    expect(new URL(tab.went[0] ?? "").searchParams.get("prompt")).toBe("login");
  });

  test("a page that is left holds nothing", async () => {
    const { session } = await signedIn(person("officer"));
    session.hide();
    expect(await session.token()).toBeUndefined();
  });
});
