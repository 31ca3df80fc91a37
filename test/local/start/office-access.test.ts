import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OFFICE_GROUPS } from "#core/office-groups.ts";
import { OFFICE_FUNCTION_ROUTES } from "#functions/office/contract.ts";
import type { ListedProposals, Proposed, ShownProposal } from "#functions/office/proposals/contract.ts";
import { ROLL_ROUTES } from "#functions/office-roll/contract.ts";
import type { OfficeRoutes } from "#functions/runtime/office/routes.ts";
import { launchChromium } from "#load/shared/chromium.ts";
import { tokensOf } from "#load/shared/provider-tokens.ts";
import { clientConfig } from "#local/services/credentials.ts";
import { type System, startSystem } from "#local/system.ts";
import { expectAccessible } from "#test/e2e/browser.ts";
import { type Account, signedIn } from "#test/e2e/office/sign-in.ts";

/** A whole system whose stage asks for two officers, and people who are signed in with its provider. */

const TABLES: readonly OfficeRoutes[] = [OFFICE_FUNCTION_ROUTES, ROLL_ROUTES];
const ROUTES = TABLES.flatMap((routes) => Object.entries(routes));

let system: System;
let logFolder: string;
const tokens = new Map<string, string>();

async function signIn(name: string): Promise<string> {
  const { access_token } = await tokensOf({
    issuer: system.issuers.office,
    name,
    redirectUri: `${system.url}/en/office/signed-in`,
  });
  tokens.set(name, access_token);
  return access_token;
}

/** Their accounts are named after the groups. */
beforeAll(async () => {
  logFolder = await mkdtemp(join(tmpdir(), "scrutin-office-logs-"));
  system = await startSystem({ port: 0, logFolder, config: { twoOfficers: true } });
  for (const name of [...OFFICE_GROUPS, "officer2"]) await signIn(name);
}, 280_000);
afterAll(async () => {
  await system.stop();
  await rm(logFolder, { recursive: true, force: true });
});

type Sent = Readonly<{ status: number; body: Record<string, unknown> }>;

async function send(route: string, who: string | undefined, body?: unknown, election = "none"): Promise<Sent> {
  const [method = "", path = ""] = route.split(" ");
  const concrete = path.replace("{election_id}", election).replaceAll(/\{\w+\}/g, "none");
  const response = await fetch(`${system.url}/api/v1${concrete}`, {
    method,
    headers: {
      ...(who !== undefined && { authorization: `Bearer ${tokens.get(who) ?? who}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text.startsWith("{") ? JSON.parse(text) : {} };
}

describe("each route of the office", () => {
  // Signing out is tried last: it ends what the others need.
  test.each(ROUTES.filter(([route]) => !route.endsWith("/sign-out")))(
    "%s is refused without a token, and to each group that may not",
    async (route, { groups }) => {
      // A field that no request has, so that nothing is done.
      const body = route.startsWith("GET ") ? undefined : { no_request_has_this: true };
      expect((await send(route, undefined, body)).status).toBe(401);
      for (const group of OFFICE_GROUPS) {
        const { status } = await send(route, group, body);
        if (groups.includes(group)) expect([401, 403], `${group} ${status}`).not.toContain(status);
        else expect([group, status]).toEqual([group, 403]);
      }
    },
  );

  test("a browser that asks first for another site gets no leave to send a token", async () => {
    const headers = {
      origin: "https://elsewhere.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization, content-type",
    };
    const response = await fetch(`${system.url}/api/v1/office/me`, { method: "OPTIONS", headers });
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    expect(response.headers.get("access-control-allow-headers") ?? "").not.toContain("authorization");
  });

  test("a token in a cookie or in the address is none", async () => {
    const token = tokens.get("officer") ?? "";
    const asked = [
      fetch(`${system.url}/api/v1/office/me`, { headers: { cookie: `authorization=Bearer ${token}; token=${token}` } }),
      fetch(`${system.url}/api/v1/office/me?access_token=${token}&authorization=Bearer%20${token}`),
    ];
    for (const { status } of await Promise.all(asked)) expect(status).toBe(401);
  });
});

describe("what needs two", () => {
  const EXTEND = "POST /office/elections/{election_id}/extend";
  const closesAt = new Date(Date.now() + 5 * 24 * 3_600_000).toISOString();
  const SECRET_REASON = "Gale-force winds at Pointe-aux-Trembles";

  const look = async (id: string, who: string): Promise<ShownProposal> => {
    const { body } = await send(`GET /office/proposals/${id}`, who);
    return body as unknown as ShownProposal;
  };

  test("waits, is not confirmed by who proposed it, is done once by another, and stands in the audit with both names", async () => {
    const asked = await send(EXTEND, "officer", { closes_at: closesAt, reason: SECRET_REASON, is_meant: true }, "1");
    expect(asked.status).toBe(202);
    const { proposal_id: id } = asked.body as unknown as Proposed;
    const listed = (await send("GET /office/proposals", "officer2")).body as unknown as ListedProposals;
    expect(listed.proposals).toContainEqual(
      expect.objectContaining({ proposal_id: id, act: "extend", election_id: "1", may_decide: true }),
    );
    const { sha256 } = await look(id, "officer2");
    const confirm = `POST /office/proposals/${id}/confirm`;
    // A second tab is the same person.
    await signIn("officer");
    expect((await send(confirm, "officer", { sha256 })).status).toBe(409);
    expect((await send(confirm, "registrar", { sha256 })).status).toBe(409);
    expect((await send(confirm, "officer2", { sha256 })).status).toBe(200);
    expect((await send(confirm, "officer2", { sha256 })).status).toBe(409);
    const audit = await send("GET /office/audit", "auditor");
    const entries = audit.body.entries as readonly Record<string, unknown>[];
    const done = entries.filter(({ act, outcome }) => act === "extend" && outcome === "done");
    expect(done).toMatchObject([{ who: "Odile Tremblay, confirmed by Nadia Singh", election_id: "1" }]);
    expect(done[0]?.recorded).toHaveLength(1);
    const seen = (await send("GET /office/audit", "observer")).body.entries as readonly Record<string, unknown>[];
    expect(seen.filter(({ address, subject }) => address !== null || subject !== null)).toEqual([]);
  });

  test("neither tokens, names nor reasons are in what the functions log", async () => {
    const files = await readdir(logFolder);
    const logs = await Promise.all(files.map((file) => readFile(join(logFolder, file), "utf8")));
    expect(files.some((file) => file.startsWith("office"))).toBe(true);
    const secrets = [...tokens.values(), SECRET_REASON, "Odile Tremblay", "Nadia Singh", "no_request_has_this"];
    // A token's last part is its signature.
    const needles = secrets.flatMap((secret) => [secret, ...secret.split(".").slice(2)]);
    for (const log of logs) expect(needles.filter((needle) => log.includes(needle))).toEqual([]);
  });
});

let browser: Browser | undefined;
afterAll(() => browser?.close());

async function enter(account: Account, path: string): Promise<Page> {
  browser ??= await launchChromium();
  const context = await browser.newContext({
    ...{ baseURL: system.url, locale: "en-CA", reducedMotion: "reduce" as const },
    viewport: { width: 360, height: 740 },
  });
  const page = await context.newPage();
  await signedIn(page, account, path);
  return page;
}

describe("in the browser, what needs two", () => {
  const closing = async (): Promise<string> => {
    const response = await fetch(`${system.url}/api/v1/elections/2`);
    return (await response.json()).closes_at;
  };
  const LOOK = "Look at it: Change of the closing, election 2";

  test("is said to wait; who proposed it cannot confirm it in a second tab, and another officer sees what voters will and does", async () => {
    const before = await closing();
    const first = await enter("officer", "/en/office/elections/2/polling");
    await first.getByRole("button", { name: "Extend the hours" }).click();
    await first.getByRole("dialog").getByLabel("Reason").fill("power failure");
    await first.getByRole("dialog").getByRole("button", { name: "Extend the hours" }).click();
    await first.getByRole("heading", { name: "It waits for a second officer" }).waitFor();
    expect(await closing()).toBe(before);

    const secondTab = await first.context().newPage();
    await secondTab.goto("/en/office/");
    await secondTab.getByRole("button", { name: LOOK }).click();
    const mine = secondTab.getByRole("dialog");
    await mine.getByText("You proposed this: another person must confirm it.").waitFor();
    expect(await mine.getByRole("button", { name: "Confirm and do it" }).count()).toBe(0);

    const other = await enter("officer2", "/en/office/");
    await other.getByRole("button", { name: LOOK }).click();
    const theirs = other.getByRole("dialog");
    await theirs.getByText("Reason: power failure").waitFor();
    await theirs.getByText(/^Voting closes on /).waitFor();
    await theirs.getByText(/^Le vote ferme le /).waitFor();
    await expectAccessible(other);
    await theirs.getByRole("button", { name: "Confirm and do it" }).click();
    await other.getByText("It is done.").waitFor();
    await expect.poll(closing, { timeout: 30_000 }).not.toBe(before);
    await other.getByText("Decided, of the last 30 days").click();
    await other
      .getByText(/^confirmed and done, by Nadia Singh/)
      .first()
      .waitFor();

    // What cannot be done ends the proposal: its id was not typed.
    const body = { told: { fr: "Crue.", en: "Flood." }, typed: "another" };
    expect((await send("POST /office/elections/{election_id}/cancel", "officer", body, "2")).status).toBe(202);
    await other.reload();
    await other.getByRole("button", { name: "Look at it: Cancellation, election 2" }).click();
    await theirs.getByRole("button", { name: "Confirm and do it" }).click();
    await theirs.getByText("It could not be done, and this proposal has ended: it must be made again.").waitFor();
    await theirs.getByText("Nothing was changed: type the election's id, 2, to confirm.").waitFor();
    expect(await theirs.getByRole("button", { name: "Confirm and do it" }).count()).toBe(0);
  });
});

test("what was set aside is sent again by an officer in the browser, who says why, and by nobody else", async () => {
  const sqs = new SQSClient(clientConfig(system.endpoints.sqs));
  await sqs.send(new SendMessageCommand({ QueueUrl: system.outputs.DeadLetterQueueUrl, MessageBody: "not JSON" }));
  sqs.destroy();
  const auditor = await enter("auditor", "/en/office/elections/1/polling");
  await auditor.locator(".polling-counts .waits").getByText("1").waitFor();
  expect(await auditor.getByRole("button", { name: "Send them again" }).count()).toBe(0);
  const page = await enter("officer", "/en/office/elections/1/polling");
  await page.getByRole("button", { name: "Send them again" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("1 message goes back into the queue.").waitFor();
  await dialog.getByRole("button", { name: "Send them again" }).click();
  await dialog.getByText("Say why, in a few words.").waitFor();
  await dialog.getByLabel("Reason").fill("the fault is mended");
  await dialog.getByRole("button", { name: "Send them again" }).click();
  await page.getByText("1 message sent again.").waitFor();
});

test("a copied token is refused once its owner has signed out, whichever tab or device they did it on", async () => {
  const copied = tokens.get("observer") ?? "";
  await signIn("observer");
  expect((await send("POST /office/sign-out", "observer")).status).toBe(200);
  expect((await send("GET /office/me", copied)).status).toBe(401);
  expect((await send("GET /office/me", "observer")).status).toBe(401);
});
