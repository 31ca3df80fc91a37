import chromium from "@sparticuz/chromium";
import { type Browser, chromium as playwright } from "playwright-core";

/** Flags made for Lambda that would make this browser another than the voters': less strict, or gone with its first window. */
const UNLIKE_VOTERS = ["--single-process", "--no-zygote", "--disable-web-security", "--allow-running-insecure-content"];

/** Voters' pages draw nothing that needs a graphics card, and emulating one on the processor takes a fifth of the time. */
const PLAYED_GRAPHICS = /swiftshader|^--(?:use-gl|ignore-gpu-blocklist|in-process-gpu)/;

/** A real Chromium, from inside its npm package: nothing to download. */
export async function launchChromium(...flags: readonly string[]): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [
      ...chromium.args.filter((flag) => !UNLIKE_VOTERS.includes(flag) && !PLAYED_GRAPHICS.test(flag)),
      "--disable-gpu",
      ...flags,
    ],
    headless: true,
  });
}
