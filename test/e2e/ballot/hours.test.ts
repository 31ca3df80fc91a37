import { beforeAll, expect, test } from "vitest";
import { law } from "#test/definitions.ts";
import { eventually, get } from "#test/e2e/api.ts";
import { expectAccessible, headline, visits } from "#test/e2e/browser.ts";
import { cancel, register } from "#test/e2e/office.ts";

/** Before voting opens, after it closes or was cancelled, and addresses that lead nowhere. */

const { open } = visits();

beforeAll(async () => {
  const past = { opensAt: "2020-01-01T00:00:00Z", closesAt: "2020-01-02T00:00:00Z" };
  const future = { opensAt: "2098-01-01T00:00:00Z", closesAt: "2098-01-02T00:00:00Z" };
  await register(law({ electionId: "web-over", ...past }));
  await register(law({ electionId: "web-coming", ...future }));
  await register(law({ electionId: "web-secret", results: "after_close" }));
  await register(law({ electionId: "web-cancelled", ...future }));
  await cancel("web-cancelled", "The hall burnt down.");
  const listed = async (): Promise<string> => (await get("/api/v1/elections")).text();
  await eventually(listed, (list) =>
    ["web-over", "web-coming", "web-secret", "burnt"].every((id) => list.includes(id)),
  );
});

test.each([
  ["/en/vote/web-over", "Voting is closed", "Voting closed on"],
  ["/en/vote/web-coming", "Voting has not opened yet", "Voting opens on"],
  ["/en/results/web-secret", "Results: Law", "so as not to influence anyone"],
  ["/en/results/web-coming", "Results: Law", "Voting opens on"],
  ["/en/vote/web-cancelled", "This vote was cancelled", "The reason: The hall burnt down."],
  ["/en/results/web-cancelled", "Results: Law", "none is counted"],
  ["/en/", "What is being voted on", "The hall burnt down."],
  ["/en/vote/nothing-like-it", "This page could not be loaded", ""],
  ["/en/nowhere", "There is nothing at this address", ""],
])("%s says so", async (path, title, words) => {
  const { page } = await open(path);
  await headline(page, title).waitFor();
  await page.getByText(words).first().waitFor();
  expect(await page.getByRole("radio").count()).toBe(0);
});

test("an unknown code is not found after voting closes", async () => {
  const { page } = await open(`/en/check/web-over#${"A".repeat(20)}`);
  await page.getByRole("heading", { name: "Not in the box", exact: true }).waitFor();
  await page.getByText("call the election office, at the number on your voter card").waitFor();
  await expectAccessible(page);
});
