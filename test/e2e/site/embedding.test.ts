import { createServer } from "node:http";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { listen } from "#local/listening.ts";
import { get } from "#test/e2e/api.ts";
import { visits } from "#test/e2e/browser.ts";
import { barriers, faintColours, sidewaysScrolling } from "#test/e2e/soundness.ts";

/** Results on other sites: in a frame, as a picture, and in previews of links. */

const { visitor, open } = visits();

/** Another site, with a page for each test. */
let shown = "";
const news = createServer((_, answer) =>
  answer.setHeader("content-type", "text/html; charset=utf-8").end(`<!doctype html>${shown}`),
);
let address = "";
beforeAll(async () => {
  address = `http://127.0.0.1:${await listen(news, 0)}/`;
});
afterAll(() => {
  news.close();
  news.closeAllConnections();
});

async function newsWith(html: string) {
  shown = html;
  return visitor().newPage();
}

test("another site frames a result, and sees who leads without running a script", async () => {
  const page = await newsWith(`<iframe src="${inject("url")}/en/embed/results/L2025-001"></iframe>`);
  const refused: string[] = [];
  page.on("console", (said) => refused.push(said.text()));
  await page.goto(address);
  const frame = page.frameLocator("iframe");
  await frame.getByRole("heading", { name: "Permanent Time Act" }).waitFor();
  const [full] = await Promise.all([
    page.waitForEvent("popup"),
    frame.getByRole("link", { name: "All results" }).click(),
  ]);
  expect(new URL(full.url()).pathname).toBe("/en/results/L2025-001");
  expect(refused.filter((text) => /content security policy/i.test(text))).toEqual([]);
});

test("the results page gives the lines that frame it, and the address of its picture", async () => {
  const { page, faults } = await open("/fr/results/1/2");
  await page.getByText("Intégrer ce résultat").click();
  const lines = await page.getByRole("textbox", { name: "Pour une de vos pages" }).inputValue();
  const picture = await page.getByRole("link", { name: "en image" }).getAttribute("href");
  expect((await get(picture ?? "")).headers.get("content-type")).toBe("image/png");
  expect(faults).toEqual([]);
  const news = await newsWith(lines);
  await news.goto(address);
  await news.frameLocator("iframe").getByRole("link", { name: "Tous les résultats" }).waitFor();
  expect(await news.locator("iframe").getAttribute("title")).toBe("Élection des députés régionaux");
});

test("another site can frame no other page", async () => {
  const page = await newsWith(`<iframe src="${inject("url")}/en/results/L2025-001"></iframe>`);
  const refused = page.waitForEvent("console", (said) => /frame-ancestors/.test(said.text()));
  await page.goto(address);
  await refused;
  for (const path of ["/en/vote/1", "/", "/api/v1/docs"]) {
    expect((await get(path)).headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  }
});

test("another site shows a result as a picture", async () => {
  const page = await newsWith(`<img src="${inject("url")}/fr/embed/picture/1.png" alt="">`);
  await page.goto(address);
  const size = await page.locator("img").evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  });
  expect(size).toEqual([1200, 630]);
});

test("a preview of a result's link is made from a page that needs no script", async () => {
  const headers = { "user-agent": "facebookexternalhit/1.1" };
  const preview = await get("/fr/results/1", headers);
  expect(new URL(preview.url).pathname).toBe("/fr/embed/results/1");
  expect(await preview.text()).toContain('<meta property="og:image" content="/fr/embed/picture/1.png"/>');
  expect(await (await get("/fr/results/1")).text()).toContain("<noscript>");
});

test("an embedded page is accessible, by day and at night, and fits a phone", async () => {
  const page = await visitor().newPage();
  for (const path of ["/en/embed/results/L2025-001", "/fr/embed/results/1/1", "/fr/embed/results/none"]) {
    await page.goto(path);
    expect(await barriers(page), path).toEqual([]);
    expect(await sidewaysScrolling(page), path).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await faintColours(page), path).toEqual([]);
    await page.emulateMedia({ colorScheme: "light" });
  }
});
