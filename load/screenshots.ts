#!/usr/bin/env node
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import type { Browser, Page } from "playwright-core";
import type { OnProgress } from "#admin/shared/progress.ts";
import { progressReporter } from "#admin/terminal/progress.ts";
import { newSitter, PICTURES, type Picture } from "#load/screenshots/subjects.ts";
import { type VotedIn, voteEverywhere } from "#load/screenshots/votes.ts";
import { readArguments } from "#load/shared/arguments.ts";
import { launchChromium } from "#load/shared/chromium.ts";
import { say } from "#load/shared/report.ts";
import { startSystem } from "#load/shared/running-system.ts";
import { runCommand } from "#local/loose-ends.ts";

/** `npm run screenshots`: the pictures of docs/pictures, of a system of its own in which a day's votes were cast. */

const FOLDER = fileURLToPath(new URL("../docs/pictures", import.meta.url));
/** Small letters stay sharp. */
const QUALITY = 82;

/** What is on the screen, as WebP, which Playwright's own screenshots are not. */
async function take(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: QUALITY });
  return Buffer.from(data, "base64");
}

async function takeAll(
  wanted: readonly Picture[],
  browser: Browser,
  url: string,
  voted: VotedIn,
  onProgress: OnProgress,
): Promise<ReadonlyMap<string, Buffer>> {
  const pictures = new Map<string, Buffer>();
  for (const picture of wanted) {
    await using sitter = await newSitter(browser, url, picture);
    await picture.subject.show(sitter, voted);
    pictures.set(picture.file, await take(sitter.page));
    onProgress({ step: "pictures", done: pictures.size, total: wanted.length });
  }
  return pictures;
}

async function main(): Promise<boolean> {
  const command = new Command("npm run screenshots --")
    .description(
      "Casts votes in a system of its own and takes the pictures of docs/pictures again. Exit code 1 when one fails.",
    )
    .option("--only <names...>", "those whose names begin so, such as office; the others stay as they are");
  const options = readArguments<Readonly<{ only?: string[] }>>(command, process.argv.slice(2));
  if (options === undefined) return true;
  const { only = [""] } = options;
  const wanted = PICTURES.filter(({ file }) => only.some((name) => file.startsWith(name)));
  const { report, stop } = progressReporter(process.stdout);
  await using system = await startSystem();
  await using browser = await launchChromium();
  const voted = await voteEverywhere(system, report);
  const pictures = await takeAll(wanted, browser, system.url, voted, report);
  if (options.only === undefined) await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  for (const [file, picture] of pictures) await writeFile(join(FOLDER, file), picture);
  stop();
  say(`${pictures.size} pictures are in docs/pictures.`);
  return true;
}

await runCommand(main);
