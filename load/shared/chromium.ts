import chromium from "@sparticuz/chromium";
import { type Browser, chromium as playwright } from "playwright-core";

/** Flags for Lambda that would make this browser unlike the voters': less strict, or closed with its first window. */
const UNLIKE_VOTERS = ["--single-process", "--no-zygote", "--disable-web-security", "--allow-running-insecure-content"];

/** The site needs no graphics card, and emulating one on the processor takes a fifth of the time. */
const EMULATED_GRAPHICS = /swiftshader|^--(?:use-gl|ignore-gpu-blocklist|in-process-gpu)/;

/** A real Chromium from its npm package: nothing to download. */
export async function launchChromium(...flags: readonly string[]): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [
      ...chromium.args.filter((flag) => !UNLIKE_VOTERS.includes(flag) && !EMULATED_GRAPHICS.test(flag)),
      "--disable-gpu",
      ...flags,
    ],
    headless: true,
  });
}
