import type { Browser, Page } from "playwright-core";
import { CONSOLE_SUBJECTS } from "#load/screenshots/console.ts";
import type { VotedIn } from "#load/screenshots/votes.ts";

/** What the pictures show, and how each is looked at. */

const LANGUAGES = ["en", "fr"] as const;
type Language = (typeof LANGUAGES)[number];

/** A phone's pixels are small, so its pictures have twice as many. */
const LOOKS = (["light", "dark"] as const).flatMap((colorScheme) => [
  { name: `phone-${colorScheme}`, colorScheme, viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
  { name: `desktop-${colorScheme}`, colorScheme, viewport: { width: 1280, height: 900 }, deviceScaleFactor: 1 },
]);
type Look = (typeof LOOKS)[number];

/** A page in a window of its own. */
type Sitter = AsyncDisposable & Readonly<{ page: Page; open(path: string): Promise<void> }>;

export async function newSitter(
  browser: Browser,
  baseURL: string,
  { look, language }: Pick<Picture, "look" | "language">,
): Promise<Sitter> {
  const { name: _, ...window } = look;
  const context = await browser.newContext({ baseURL, ...window, reducedMotion: "reduce", locale: `${language}-CA` });
  const page = await context.newPage();
  return {
    page,
    open: async (path) => void (await page.goto(`/${language}${path}`)),
    [Symbol.asyncDispose]: () => context.close(),
  };
}

type Show = (sitter: Sitter, voted: VotedIn) => Promise<void>;
type Subject = Readonly<{ name: string; show: Show }>;

const next = (page: Page) => page.locator(".button.primary").click();

/** Scrolls until the first of these is near the top of the window. */
async function toTop(page: Page, selector: string): Promise<void> {
  await page
    .locator(selector)
    .first()
    .evaluate((element) => {
      scrollTo({ top: scrollY + element.getBoundingClientRect().top - 24, behavior: "instant" });
    });
}

/** Opens a page, and waits until it shows what it is for. */
const at =
  (path: string, sign: string): Show =>
  async ({ page, open }) => {
    await open(path);
    await page.locator(sign).first().waitFor();
    await page.waitForLoadState("networkidle");
  };

const ballot: Show = async ({ page, open }) => {
  await open("/vote/L2025-001");
  await page.locator(".mark-row", { has: page.locator("[value=oui]") }).click();
};

const ranking: Show = async ({ page, open }) => {
  await open("/vote/2/1");
  for (const rank of [1, 2, 3]) {
    await page.locator("[data-row]:not([data-ranked]) button").first().click();
    await page
      .locator("[data-ranked]")
      .nth(rank - 1)
      .waitFor();
  }
  // The page itself scrolls to what was ranked.
  await page.waitForTimeout(500);
  await toTop(page, ".sheet");
};

const receipt: Show = async (sitter, voted) => {
  const { page } = sitter;
  await ballot(sitter, voted);
  await next(page);
  const { nas, code } = voted.nextVoter();
  await page.locator("#nas").fill(nas);
  await page.locator("#code").fill(code);
  await next(page);
  await page.locator(".chosen").waitFor();
  await next(page);
  await page.locator(".outcome.counted").waitFor();
  await page.waitForLoadState("networkidle");
};

/** Scrolls to a part of a page. */
const scrolledTo =
  (path: string, part: string): Show =>
  async (sitter, voted) => {
    await at(path, part)(sitter, voted);
    await toTop(sitter.page, part);
  };

const SUBJECTS: readonly Subject[] = [
  { name: "ballot", show: ballot },
  { name: "ranking", show: ranking },
  { name: "receipt", show: receipt },
  { name: "law", show: at("/results/L2025-001", ".tally") },
  { name: "race", show: at("/results/1/1", ".tally") },
  { name: "several-seats", show: at("/results/6/1", ".tally") },
  { name: "ranked", show: at("/results/2/1", ".tally") },
  { name: "rounds", show: scrolledTo("/results/2/1", ".rounds") },
  { name: "transfers", show: at("/results/5/1", ".tally") },
  { name: "seats", show: (sitter, voted) => at(`/results/${voted.country}`, ".region-list")(sitter, voted) },
  { name: "monitor", show: at("/monitor", ".totals") },
];

export type Picture = Readonly<{ file: string; subject: Subject; look: Look; language: Language }>;

/** The console is shown by day, in its handbook. */
const OFFICE_LOOKS = LOOKS.filter(({ colorScheme }) => colorScheme === "light");

const picturesOf = (subjects: readonly Subject[], looks: readonly Look[]): readonly Picture[] =>
  LANGUAGES.flatMap((language) =>
    looks.flatMap((look) =>
      subjects.map((subject) => ({ file: `${subject.name}-${look.name}.${language}.webp`, subject, look, language })),
    ),
  );

export const PICTURES: readonly Picture[] = [
  ...picturesOf(SUBJECTS, LOOKS),
  ...picturesOf(CONSOLE_SUBJECTS, OFFICE_LOOKS),
];
