import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import type { ElectionDefinition } from "#core/election.ts";
import { PICTURE_FILES } from "#functions/embed/contract.ts";
import { createEmbedHandler, orPageThatTriesAgain } from "#functions/embed/handler.ts";
import { rasteriser } from "#functions/embed/png.ts";
import { wrapped } from "#functions/embed/wrapped.ts";
import type { HttpEvent } from "#functions/runtime/http.ts";
import type { RegisteredElection } from "#storage/elections-table.ts";
import { chooseRace, law, OPENING, race, rankedRace, transferRace } from "#test/definitions.ts";
import { publishedInMemory } from "#test/storage/published-memory.ts";

const TIMES = { opensAt: "2026-01-01T00:00:00Z", closesAt: "2026-01-02T00:00:00Z" };
const BEFORE = Date.parse("2025-12-31T00:00:00Z");
const DURING = Date.parse("2026-01-01T12:00:00Z");
const AFTER = Date.parse("2026-01-03T00:00:00Z");

type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

const toPng = rasteriser((file) => readFile(fileURLToPath(import.meta.resolve(PICTURE_FILES[file]))));

/** The handler on one election, its counts by region, and a clock. */
function embedding(
  definition: ElectionDefinition,
  counts: Counts,
  atMs: number,
  site = "https://vote.example.org",
  draw: (svg: string) => Promise<Uint8Array> = toPng,
) {
  const rollCounts = new Map(Object.keys(counts).map((regionId) => [regionId, 1_000]));
  const election: RegisteredElection = { definition, publicKey: "", opening: OPENING, rollCounts };
  const handler = createEmbedHandler({
    elections: { find: async (id) => (id === definition.electionId ? election : undefined) },
    tallies: {
      turnoutOf: async () => new Map([[TIMES.opensAt, 1_000]]),
      ofElection: async () =>
        new Map(Object.entries(counts).map(([regionId, tally]) => [regionId, new Map(Object.entries(tally))])),
    },
    published: publishedInMemory(),
    toPng: draw,
    siteAddress: site,
    now: () => atMs,
  });
  return async (path: string) => {
    const answer = await handler({ rawPath: path, headers: {} } as unknown as HttpEvent, {} as never);
    const { statusCode, headers = {}, body = "", isBase64Encoded = false } = answer;
    return { statusCode, headers, html: body, bytes: Buffer.from(body, isBase64Encoded ? "base64" : "utf8") };
  };
}

const read = (html: string) => {
  const { document } = parseHTML(html);
  const meta = (name: string): string | null =>
    document.querySelector(`meta[property="${name}"], meta[name="${name}"]`)?.getAttribute("content") ?? null;
  const texts = (selector: string) => [...document.querySelectorAll(selector)].map((one) => one.textContent?.trim());
  return { document, meta, texts, headline: texts(".headline")[0], bars: texts("li .name") };
};

const LAW = { all: { oui: 620, non: 380 } };
const RACE = { "1": { "1": 300, "2": 200 }, "2": { "3": 90 } };
const MARKS = { "1": { "1": 60, "2": 40, "+": 80 }, "2": { "3": 20, "+": 20 } };
const RANKED = { "1": { "1>2": 30, "2>1": 20 }, "2": { "3": 5 } };

const swapped: Readonly<Record<string, string>> = {
  oui: "non",
  non: "oui",
  "1": "2",
  "2": "1",
  "1>2": "2>1",
  "2>1": "1>2",
};
const theOtherWay = (counts: Counts): Counts =>
  Object.fromEntries(
    Object.entries(counts).map(([regionId, tally]) => [
      regionId,
      Object.fromEntries(Object.entries(tally).map(([choice, count]) => [swapped[choice] ?? choice, count])),
    ]),
  );

const KINDS = [
  ["a law", law(TIMES), LAW, "", "The law is adopted with 62.0%", ["Yes", "No"]],
  ["a race", race(TIMES), RACE, "/1", "Ada Roy is elected with 60.0%", ["Ada Roy", "Bo Lee"]],
  ["a race in all regions", race(TIMES), RACE, "", "No party has more seats", ["Independent", "Party"]],
  ["a race by marks", chooseRace(TIMES), MARKS, "/1", "Ada Roy is elected with 75.0%", ["Ada Roy", "Bo Lee"]],
  ["a ranked race", rankedRace(TIMES), RANKED, "/1", "Ada Roy is elected with 60.0%", ["Ada Roy", "Bo Lee"]],
  ["a transferable vote", transferRace(TIMES), RANKED, "/1", "Ada Roy is elected", ["Ada Roy", "Bo Lee"]],
] as const;

describe.each(KINDS)("%s as an embedded page", (_, definition, counts, region, verdict, names) => {
  const path = `/en/embed/results/${definition.electionId}${region}`;

  test("says who won, with a bar for each, and stands still once all is counted", async () => {
    const { statusCode, headers, html } = await embedding(definition, counts, AFTER)(path);
    const { document, headline, bars } = read(html);
    expect(statusCode).toBe(200);
    expect(headline).toContain(verdict);
    expect(bars.toSorted()).toEqual([...names].toSorted());
    expect(document.querySelectorAll("li svg")).toHaveLength(names.length);
    expect(headers.refresh).toBeUndefined();
  });

  test("says who leads while people vote, and updates itself until a reader asks for a pause", async () => {
    const look = embedding(definition, counts, DURING);
    const live = await look(path);
    const { document, headline } = read(live.html);
    expect(headline).not.toMatch(/is adopted|is elected/);
    expect(live.headers.refresh).toBe("60");
    const still = path.replace("results", "still");
    expect([...document.querySelectorAll("footer a")].map((link) => link.getAttribute("href"))).toEqual([
      path.replace("/embed", ""),
      still,
    ]);
    const paused = await look(still);
    expect(paused.headers.refresh).toBeUndefined();
    expect(read(paused.html).document.querySelector("footer p a")?.getAttribute("href")).toBe(path);
  });

  test.each([
    ["before voting", BEFORE, "60"],
    ["right after closing, when late ballots are still counted", Date.parse(TIMES.closesAt) + 30_000, "60"],
    ["once the last are counted", Date.parse(TIMES.closesAt) + 20 * 60_000, undefined],
  ])("updates itself %s", async (_when, atMs, refresh) => {
    expect((await embedding(definition, counts, atMs)(path)).headers.refresh).toBe(refresh);
  });

  test.each([
    ["voting has not opened", {}, BEFORE],
    ["only those who have voted may see it", { results: "after_vote" }, DURING],
    ["it is shown after closing", { results: "after_close" }, DURING],
    ["too few ballots are counted", { minimumBallots: 100_000 }, DURING],
  ])("says no count while %s", async (_why, overrides, atMs) => {
    const held = { ...definition, ...overrides } as ElectionDefinition;
    const shown = async (cast: Counts) => {
      const look = embedding(held, cast, atMs, "", async (svg) => Buffer.from(svg));
      const { bytes } = await look(`${path.replace("results", "picture")}.png`);
      return [(await look(path)).html, bytes.toString()] as const;
    };
    const [page, picture] = await shown(counts);
    expect(read(page).bars).toEqual([]);
    expect(page).not.toContain("<svg");
    // As many ballots, which say something else.
    expect([page, picture]).toEqual(await shown(theOtherWay(counts)));
  });

  test("is drawn as a picture of 1200 by 630", async () => {
    const png = path.replace("results", "picture");
    const { statusCode, headers, bytes } = await embedding(definition, counts, AFTER)(`${png}.png`);
    expect([statusCode, headers["content-type"]]).toEqual([200, "image/png"]);
    expect(bytes.subarray(0, 8).toString("latin1")).toBe("\u0089PNG\r\n\u001a\n");
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630]);
  });
});

describe("an embedded page", () => {
  const look = embedding(law(TIMES), LAW, AFTER);

  test("may be framed by any site, runs no script and fetches nothing", async () => {
    const { headers, html } = await look("/en/embed/results/L1");
    const policy = String(headers["content-security-policy"]);
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; base-uri 'none'; form-action 'none'; frame-ancestors \*$/,
    );
    const { document } = read(html);
    expect(document.querySelectorAll("script, link, img, iframe, object, form")).toHaveLength(0);
    expect(document.querySelectorAll("[style]")).toHaveLength(0);
    const style = document.querySelector("style")?.textContent ?? "";
    const hash = Buffer.from(await crypto.subtle.digest("SHA-256", Buffer.from(style))).toString("base64");
    expect(policy).toContain(hash);
    expect(headers["cache-control"]).toMatch(/^public, max-age=30/);
  });

  test("tells sites that show previews its title, its verdict and its picture", async () => {
    const { meta } = read((await look("/fr/embed/results/L1")).html);
    expect(meta("og:title")).toBe("Loi");
    expect(meta("og:description")).toMatch(/^La loi est adoptée/);
    expect(meta("og:image")).toBe("https://vote.example.org/fr/embed/picture/L1.png");
    expect([meta("og:image:width"), meta("og:image:height")]).toEqual(["1200", "630"]);
    expect(meta("og:image:alt")).toMatch(/^Loi\. La loi est adoptée/);
    expect([meta("og:locale"), meta("og:locale:alternate")]).toEqual(["fr_CA", "en_CA"]);
    expect(meta("twitter:card")).toBe("summary_large_image");
    // The program that makes the preview was sent here from there, and would go round in circles.
    expect([meta("og:url"), read((await look("/fr/embed/results/L1")).html).document.querySelector("link")]).toEqual([
      null,
      null,
    ]);
  });

  test("names its picture within the site where the site's own address is not known", async () => {
    const { html } = await embedding(law(TIMES), LAW, AFTER, "")("/en/embed/results/L1");
    expect(read(html).meta("og:image")).toBe("/en/embed/picture/L1.png");
  });

  test("shows names and titles as text, whatever they hold", async () => {
    const evil = `"><script>alert(1)</script>&amp;'`;
    const definition = race({
      ...TIMES,
      title: { fr: evil, en: evil },
      candidates: [{ candidateId: "1", lastName: evil, regionIds: ["1", "2"] }],
    });
    const counts = { "1": { "1": 3 }, "2": { "1": 2 } };
    const answers = embedding(definition, counts, AFTER);
    const { document, meta, texts, bars } = read((await answers("/en/embed/results/E1/1")).html);
    expect(document.querySelector("script")).toBeNull();
    expect(meta("og:title")).toBe(`${evil} – Region 1`);
    expect(texts("h1")).toEqual([`${evil} – Region 1`]);
    expect(bars).toEqual([evil]);
    expect((await answers("/en/embed/picture/E1/1.png")).statusCode).toBe(200);
  });

  test("keeps the order of a line whose names turn the direction of writing", async () => {
    const title = { fr: "\u202ecba", en: "\u202ecba" };
    const answers = embedding(race({ ...TIMES, title }), RACE, AFTER);
    const { texts } = read((await answers("/en/embed/results/E1/1")).html);
    expect(texts("bdi")).toEqual([title.en, "Ada Roy", "Bo Lee"]);
  });

  test.each([
    "/en/embed/results/none",
    "/en/embed/results/L1/1",
    "/en/embed/results/",
    "/en/embed/picture/L1",
    "/en/embed/results/L1.png",
    "/en/embed/picture/none.png",
    "/en/embed/results/%3Cscript%3E",
    "/fr/embed/elsewhere/L1",
  ])("says that nothing is at %s", async (path) => {
    const { statusCode, headers, html } = await look(path);
    expect([statusCode, headers["cache-control"]]).toEqual([404, "no-store"]);
    expect(read(html).headline).toMatch(/\.$/);
    expect(html).not.toContain("%3C");
  });

  test.each([
    ["/en/embed/results/L1", "60"],
    ["/fr/embed/still/L1", undefined],
  ])("tries again by itself after a failure, unless paused: %s", async (rawPath, refresh) => {
    const failing = orPageThatTriesAgain(() => Promise.reject(new Error("secret")), "");
    const answer = await failing({ rawPath, headers: {} } as unknown as HttpEvent, {} as never);
    const { statusCode, headers = {}, body = "" } = answer;
    expect([statusCode, headers["cache-control"], headers.refresh]).toEqual([500, "no-store", refresh]);
    expect(headers["content-security-policy"]).toContain("frame-ancestors *");
    expect(read(body).document.querySelectorAll("footer a")).toHaveLength(2);
    expect(body).not.toMatch(/secret|ballot|bulletin/);
  });

  test("says that a vote was cancelled, and why, without any count", async () => {
    const cancelled = { at: "2026-01-01T10:00:00Z", reason: { fr: "Panne.", en: "Power failure." } };
    const definition = { ...law(TIMES), cancelled } as ElectionDefinition;
    const answers = embedding(definition, LAW, AFTER);
    const { statusCode, html } = await answers("/en/embed/results/L1");
    expect(statusCode).toBe(410);
    expect(read(html).headline).toContain("Power failure.");
    expect(html).not.toMatch(/62|adopted/);
    expect((await answers("/en/embed/picture/L1.png")).headers["content-type"]).toBe("image/png");
  });
});

describe("the picture", () => {
  test("is drawn once for each count, however many ask for it in whatever spelling", async () => {
    const drawn: string[] = [];
    const answers = embedding(law(TIMES), LAW, AFTER, "", async (svg) => {
      drawn.push(svg);
      return new Uint8Array([1]);
    });
    await Promise.all(Array.from({ length: 20 }, () => answers("/en/embed/picture/L1.png")));
    expect(drawn).toHaveLength(1);
    await answers("/fr/embed/picture/L1.png");
    expect(drawn).toHaveLength(2);
  });

  test("is drawn again after a failure", async () => {
    let attempts = 0;
    const answers = embedding(law(TIMES), LAW, AFTER, "", async () => {
      attempts++;
      if (attempts === 1) throw new Error("no memory");
      return new Uint8Array([1]);
    });
    await expect(answers("/en/embed/picture/L1.png")).rejects.toThrow("no memory");
    expect((await answers("/en/embed/picture/L1.png")).statusCode).toBe(200);
  });

  test.each([
    ["NUL", "a\u0000b"],
    ["a bell", "a\u0007b"],
    ["half a surrogate pair", "a\ud800b"],
    ["a noncharacter", "a\ufffeb"],
    ["the end of a CDATA section", "a]]>b"],
    ["an entity", "a&#0;b&nbsp;"],
    ["markup", '</style></text><script>" onload="'],
    ["line breaks", "a\r\n\tb"],
    ["letters without a font", "انتخابات 选举 🗳️"],
  ])("is drawn of a title that holds %s", async (_what, title) => {
    const titled = { ...law(TIMES), title: { fr: title, en: title } };
    const { statusCode, bytes } = await embedding(titled, LAW, AFTER)("/en/embed/picture/L1.png");
    expect([statusCode, bytes.readUInt32BE(16)]).toEqual([200, 1200]);
  });

  test("has lines in a moment, however long a title is", () => {
    for (const title of ["a".repeat(4_000), "ab ".repeat(1_333)]) {
      const begun = performance.now();
      for (let time = 0; time < 3; time++) expect(wrapped(title, 26, 1_072, 1)[0]).toMatch(/…$/);
      expect(performance.now() - begun).toBeLessThan(1_000);
    }
  });

  test("has lines that fit, and an ellipsis where a text does not", () => {
    expect(wrapped("one two three", 10, 48, 3)).toEqual(["one two", "three"]);
    expect(wrapped("one two three four five six", 10, 48, 2)).toEqual(["one two", "three f…"]);
    expect(wrapped("Donaudampfschifffahrtsgesellschaft", 10, 60, 1)[0]).toMatch(/^Donau.*…$/);
    expect(wrapped("", 10, 60, 1)).toEqual([]);
  });
});
