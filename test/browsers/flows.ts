import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import type { Browser, BrowserName, Window } from "#test/browsers/driver.ts";
import { launch } from "#test/browsers/launch.ts";
import { faultsHere, layoutFaults } from "#test/browsers/layout.ts";
import { type Network, openNetwork } from "#test/browsers/network.ts";
import { SPECIMENS } from "#test/browsers/specimens.ts";
import { type Voter, voterAt } from "#test/browsers/voter-at.ts";
import { type DayVoter, type PollingDay, pollingDay } from "#test/e2e/polling-day.ts";

/** What a voter does from the ballot to the results, the same in every browser. */

/** Types the credentials and goes on to the review. */
async function identify({ fill, press, shows }: Voter, { nas, code }: DayVoter): Promise<void> {
  await shows("Who are you?");
  await fill("Social insurance number", nas);
  await fill("Voting code", code);
  await press("button", "Review my choice");
  await shows("Is this your choice?");
}

export function flowsIn(name: BrowserName): void {
  let browser: Browser;
  let network: Network;
  let day: PollingDay;
  let window: Window;
  let voter: Voter;
  beforeAll(async () => {
    network = await openNetwork(inject("url"));
    [browser, day] = await Promise.all([launch(name), pollingDay(name)]);
  });
  afterAll(async () => {
    await browser.close();
    await network.cut();
  });
  beforeEach(async () => {
    window = await browser.open();
    await window.resize(360, 900);
    voter = voterAt(window, network.origin);
  });
  afterEach(() => window.close());

  describe(`in ${name}`, () => {
    test("a ballot on a law is cast, its results are seen, and its tracking code finds it", async () => {
      const { open, press, shows, fill, texts } = voter;
      await open("/en/", `Bridges Act (${name})`);
      await press("link", `Vote: Bridges Act (${name})`);
      await shows("Yes");
      expect(await layoutFaults(window)).toEqual([]);
      await press("mark", "Yes");
      await press("button", "Continue");
      await identify(voter, day.nextVoter());
      expect(await layoutFaults(window)).toEqual([]);
      await press("button", "Cast my ballot");
      await shows("Your ballot is in the box");
      expect(await layoutFaults(window)).toEqual([]);
      const [code = ""] = await texts(".tracking-code");
      await press("link", "See the results");
      await shows("Turnout");
      await press("link", "Check my ballot");
      await fill("Tracking code", code);
      await press("button", "Look for it");
      await shows("It was cast in this vote: Bridges Act");
      expect(await layoutFaults(window)).toEqual([]);
    });

    test("a ballot for a candidate is cast in French", async () => {
      const { open, press, shows, fill, texts } = voter;
      await open(`/fr/vote/${day.race}`, "Où votez-vous");
      expect(await layoutFaults(window)).toEqual([]);
      const [region = ""] = await texts(".mark-name");
      await press("mark", region);
      await press("button", "Continuer");
      await shows("Marie-Ève Bélanger");
      expect(await layoutFaults(window)).toEqual([]);
      await press("mark", "Marie-Ève Bélanger");
      await press("button", "Continuer");
      await shows("Qui êtes-vous");
      const { nas, code } = day.nextVoter();
      await fill("Numéro d’assurance sociale", nas);
      await fill("Code de vote", code);
      await press("button", "Vérifier mon choix");
      await shows("Est-ce bien votre choix");
      expect(await texts(".chosen")).toEqual(["Marie-Ève Bélanger"]);
      expect(await layoutFaults(window)).toEqual([]);
      await press("button", "Déposer mon bulletin");
      await shows("Votre bulletin est dans l’urne");
      expect(await layoutFaults(window)).toEqual([]);
    });

    test("candidates are ranked by dragging", async () => {
      const { open, press, shows, drag, texts } = voter;
      const ranking = () => texts("[data-ranked] .mark-name");
      await open(`/en/vote/${day.ranked}/1`, "Your ranking");
      await window.resize(768, 1_400);
      const names = await texts("[data-row] .mark-name");
      for (const rank of ["1st", "2nd", "3rd"]) {
        await press("button", `Rank ${rank}`);
        await shows(`Rank ${rank === "1st" ? "2nd" : rank === "2nd" ? "3rd" : "4th"}`);
      }
      const [first, second, third] = names;
      expect(await ranking()).toEqual([first, second, third]);
      await drag(`Drag ${third},`, "[data-ranked]");
      await expect.poll(ranking).toEqual([third, first, second]);
      expect(await layoutFaults(window)).toEqual([]);
      await press("button", "Continue");
      await identify(voter, day.nextVoter());
      expect(await texts(".chosen li")).toEqual([third, first, second]);
      await press("button", "Cast my ballot");
      await shows("Your ballot is in the box");
    });

    test("a ballot cast while the network is gone waits on the page, and is sent when it is back", async () => {
      const { open, press, shows } = voter;
      await open(`/en/vote/${day.law}`, "Yes");
      await press("mark", "No");
      await press("button", "Continue");
      await identify(voter, day.nextVoter());
      await network.cut();
      try {
        await press("button", "Cast my ballot");
        await shows("No connection. Your sealed ballot is kept on this page");
      } finally {
        await network.mend();
      }
      await shows("Your ballot is in the box");
    });

    test("the rounds of a ranked result are stepped through, and the picture stays whole", async () => {
      const { open, press, shows, texts } = voter;
      await open(`/en/results/${day.ranked}/1`, "Round 1 of");
      const rounds = (await texts(".flow-round")).length;
      expect(rounds).toBeGreaterThan(1);
      await press("button", "Next round");
      await shows("Round 2 of");
      expect(await texts(".flow-round.shown .flow-number")).toEqual(["2"]);
      expect(await texts(".rounds [role=status]")).toEqual(await texts(".flow-step"));
      expect(await layoutFaults(window)).toEqual([]);
      // The last round, to its right edge.
      const ends = await window.evaluate(() => {
        const rightOf = (part: Element) => Math.round(part.getBoundingClientRect().right);
        const lanes = [...document.querySelectorAll(".flow-lane")];
        return lanes.map((lane) => rightOf(lane) - Math.max(...[...lane.querySelectorAll(".flow-band")].map(rightOf)));
      }, null);
      expect(ends).toHaveLength(rounds);
      for (const gap of ends) expect(Math.abs(gap - 1)).toBeLessThanOrEqual(1);
    });

    test.each<readonly [string, (day: PollingDay) => string, string]>([
      ["a ballot that takes several marks", ({ choose }) => `/en/vote/${choose}/1`, "Blank ballot"],
      ["a law's results", ({ law }) => `/en/results/${law}`, "Turnout"],
      ["a race's results", ({ race }) => `/en/results/${race}`, "Turnout"],
      ["a region's results in French", ({ race }) => `/fr/results/${race}/1`, "Participation"],
      ["the seats of several regions", ({ choose }) => `/en/results/${choose}`, "Turnout"],
      ["the results of several seats", ({ choose }) => `/en/results/${choose}/1`, "Turnout"],
      ["the rounds of a ranked result", ({ ranked }) => `/en/results/${ranked}/1`, "Turnout"],
      ["the rounds of a single transferable vote", ({ transfer }) => `/en/results/${transfer}/1`, "Turnout"],
      ["results that are not shown yet", ({ secret }) => `/en/results/${secret}`, "Turnout"],
      ["the results of a law that missed its quorum", ({ over }) => `/en/results/${over}`, "Turnout"],
    ])("nothing is cut, overlaps or leaves its box: %s", async (_, path, words) => {
      await voter.open(path(day), words);
      expect(await layoutFaults(window)).toEqual([]);
    });

    test("the check of layouts finds what it is there for", async () => {
      for (const { html, fault } of SPECIMENS) {
        await window.goto("about:blank");
        await window.evaluate((given) => document.body.insertAdjacentHTML("afterbegin", given), html);
        expect((await window.evaluate(faultsHere, null)).join("\n")).toMatch(fault);
      }
    });
  });
}
