import { spawnSync } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { EnglishRefusal } from "#core/english-refusal.ts";

/** Programs that this machine must have beside Node's packages: Chromium comes with them, the other browsers do not. */

/** Whether Firefox and WebKit are those that `npx playwright-core install` keeps. */
export const isPlaywrights = (): boolean => process.env.PLAYWRIGHT_BROWSERS !== undefined;

type Program = Readonly<{ names: readonly string[]; debianPackage: string; use: string }>;

const PROGRAMS = {
  firefox: { names: ["firefox-esr", "firefox"], debianPackage: "firefox-esr", use: "Firefox" },
  webKitDriver: { names: ["WebKitWebDriver"], debianPackage: "webkit2gtk-driver", use: "WebKit with its WebDriver" },
  xvfb: { names: ["Xvfb"], debianPackage: "xvfb", use: "a screen for WebKit" },
} as const satisfies Record<string, Program>;

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of the first name that is there. */
function find({ names }: Program): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

export function pathOf(program: keyof typeof PROGRAMS): string {
  const found = find(PROGRAMS[program]);
  if (found === undefined) throw new EnglishRefusal(`${PROGRAMS[program].names.join(" or ")} is not installed.`);
  return found;
}

const missing = (): readonly Program[] => Object.values(PROGRAMS).filter((program) => find(program) === undefined);

function isDebian(): boolean {
  try {
    return /^ID(?:_LIKE)?=.*debian/m.test(readFileSync("/etc/os-release", "utf8"));
  } catch {
    return false;
  }
}

/** A mirror that stumbles, and another apt-get at work, are waited for. */
const PATIENTLY = ["--option", "Acquire::Retries=3", "--option", "DPkg::Lock::Timeout=120"];

/** Installs what is missing where that is possible without a question: as root on Debian. */
export function install(): void {
  const wanted = isPlaywrights() ? [] : missing();
  if (wanted.length === 0) return;
  const packages = wanted.map(({ debianPackage }) => debianPackage);
  if (!isDebian() || process.getuid?.() !== 0) {
    throw new EnglishRefusal(
      `The tests in all browsers need ${wanted.map(({ use, names }) => `${use} (${names.join(" or ")})`).join(", ")}. ` +
        `On Debian: sudo apt-get install ${packages.join(" ")}. ` +
        "Elsewhere: npx playwright-core install firefox webkit, then PLAYWRIGHT_BROWSERS=1 npm run test:browsers.",
    );
  }
  for (const args of [["update"], ["install", "--yes", "--no-install-recommends", ...packages]]) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const { status } = spawnSync("apt-get", ["--quiet", ...PATIENTLY, ...args], { stdio: "inherit", env });
    if (status !== 0) throw new EnglishRefusal(`apt-get ${args.join(" ")} failed; what it says is above.`);
  }
}
