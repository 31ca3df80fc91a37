import { expect, test } from "vitest";
import { newVisitor } from "#test/e2e/browser.ts";
import { barriers, faintColours, sidewaysScrolling } from "#test/e2e/soundness.ts";

test("without JavaScript every page says, in both languages, what is needed and whom to call", async () => {
  const visitor = await newVisitor({ javaScriptEnabled: false });
  const page = await visitor.newPage();
  for (const path of ["/", "/fr/vote/L2025-001", "/en/results/1"]) {
    await page.goto(path);
    for (const [language, needed, call] of [
      ["fr", "Activez-le", "Appelez le bureau des élections, au numéro inscrit sur votre carte d’électeur"],
      ["en", "Turn it on", "Call the election office, at the number on your voter card"],
    ] as const) {
      const section = page.locator(`section[lang=${language}]`);
      await section.getByText(needed).waitFor({ state: "visible" });
      await section.getByText(call).waitFor({ state: "visible" });
    }
    expect(await sidewaysScrolling(page)).toEqual([]);
  }
  await visitor.close();
});

test("that notice is as accessible as the pages", async () => {
  const visitor = await newVisitor();
  const page = await visitor.newPage();
  // axe is a script itself, so the notice is shown with scripts on.
  await page.route("**/en", async (route) => {
    const response = await route.fetch();
    const html = await response.text();
    const body = html.replace(/<script[^>]*><\/script>/, "").replaceAll(/<(\/?)noscript>/g, "<$1div>");
    await route.fulfill({ response, body });
  });
  await page.goto("/en");
  await page.getByText("Turn it on").waitFor();
  expect(await barriers(page), "by day").toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await faintColours(page), "by night").toEqual([]);
  await visitor.close();
});
