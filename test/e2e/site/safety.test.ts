import { createHash } from "node:crypto";
import { describe, expect, inject, test } from "vitest";
import { get } from "#test/e2e/api.ts";
import { visits } from "#test/e2e/browser.ts";

/** What the site lets a browser do, and what it forbids. */

const { visitor, open } = visits();

const SCRIPT = "**/site-en-*.js";

describe("the page served at every address", () => {
  test("forbids what it does not need: inline script and style, frames, other sites, markup from text", async () => {
    const { headers } = await get("/en/vote/1");
    const issuers = inject("issuers");
    const policy = headers.get("content-security-policy") ?? "";
    const directives = new Map(
      policy.split(";").map((directive): [string, string] => {
        const [name = "", ...values] = directive.trim().split(" ");
        return [name, values.join(" ")];
      }),
    );
    expect(policy.replace(directives.get("connect-src") ?? "", "")).not.toMatch(/unsafe-|\*|https?:/);
    expect(Object.fromEntries(directives)).toMatchObject({
      "default-src": "'none'",
      "script-src": "'self'",
      "style-src": "'self'",
      "connect-src": ["'self'", ...(issuers === undefined ? [] : [new URL(issuers.voters).origin])].join(" "),
      "base-uri": "'none'",
      "form-action": "'none'",
      "frame-ancestors": "'none'",
      "require-trusted-types-for": "'script'",
    });
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("set-cookie")).toBeNull();
  });

  test("has an integrity hash for each script and style sheet, and none inline", async () => {
    const html = await (await get("/")).text();
    expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/i);
    const loaded = [...html.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="(\/[^"]+\.(?:js|css))"[^>]*>/g)];
    expect(new Set(loaded.map(([, path]) => path?.split(".").at(-1)))).toEqual(new Set(["css", "js"]));
    for (const [tag, path = ""] of loaded) {
      const content = Buffer.from(await (await get(path)).arrayBuffer());
      expect(tag).toContain(`integrity="sha256-${createHash("sha256").update(content).digest("base64")}"`);
    }
  });
});

test("a script from another build is not run", async () => {
  const page = await visitor().newPage();
  await page.route(SCRIPT, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${await response.text()};document.title="altered"` });
  });
  const refused = page.waitForEvent("console", (said) => /integrity/i.test(said.text()));
  await page.goto("/en");
  await refused;
  expect(await page.title()).toBe("Scrutin");
  expect(await page.locator("h1").count()).toBe(0);
});

test("a lazily loaded part from another build is not run, and the page says that it is missing", async () => {
  const page = await visitor().newPage();
  await page.route("**/results-page-*.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `document.title="altered";${await response.text()}` });
  });
  await page.goto("/en/results/1");
  await page.getByRole("alert").waitFor();
  expect(await page.title()).not.toBe("altered");
});

test("a text from another build is not shown", async () => {
  const page = await visitor().newPage();
  await page.route("**/help.en-*.md", (route) =>
    route.fulfill({ body: "# Call 1-900-FRAUD", contentType: "text/markdown" }),
  );
  await page.goto("/en/help");
  await page.getByRole("alert").waitFor();
  expect(await page.getByText("FRAUD").count()).toBe(0);
});

test("text never becomes markup, and nothing inline runs", async () => {
  const { page } = await open("/en");
  const refused = await page.evaluate(() => {
    const attempt = (act: () => void): string => {
      try {
        act();
        return "done";
      } catch (error) {
        return error instanceof TypeError ? "refused" : String(error);
      }
    };
    const script = document.createElement("script");
    return [
      attempt(() => {
        document.body.innerHTML = "<b>markup</b>";
      }),
      attempt(() => document.write("<b>markup</b>")),
      attempt(() => {
        script.text = "document.title = 'inline'";
      }),
      attempt(() => document.body.setAttribute("onclick", "document.title = 'inline'")),
    ];
  });
  expect(refused.slice(0, 3)).toEqual(["refused", "refused", "refused"]);
  await page.locator("h1").click();
  expect(await page.title()).not.toBe("inline");
});

test("no other site can frame a ballot", async () => {
  const page = await visitor().newPage();
  await page.route("http://elsewhere.example/", (route) =>
    route.fulfill({ contentType: "text/html", body: `<iframe src="${inject("url")}/en/vote/1"></iframe>` }),
  );
  await page.goto("http://elsewhere.example/");
  await expect.poll(() => page.frames()[1]?.url()).toMatch(/^chrome-error:/);
});

test("pages load from this site only: no third party, web font, cookie or referrer", async () => {
  const page = await visitor().newPage();
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    const isOwn = new URL(request.url()).origin === inject("url");
    if (!isOwn || request.resourceType() === "font") elsewhere.push(request.url());
  });
  const told: Promise<unknown>[] = [];
  page.on("response", (response) => {
    told.push(
      Promise.all([response.allHeaders(), response.request().allHeaders()]).then(([answered, asked]) => {
        if (answered["set-cookie"] !== undefined || (asked.referer ?? "") !== "") elsewhere.push(response.url());
      }),
    );
  });
  for (const path of ["/en", "/fr/vote/1/1", "/en/results/2/1", "/fr/help"]) {
    await page.goto(path);
    await page.waitForLoadState("networkidle");
  }
  await Promise.all(told);
  expect(told.length).toBeGreaterThan(8);
  expect(elsewhere).toEqual([]);
  expect(await visitor().cookies()).toEqual([]);
});
