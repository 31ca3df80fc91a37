import { execFileSync } from "node:child_process";
import { constants } from "node:fs";
import { cp, mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { verifyBundle } from "#admin/certification/verify.ts";
import { Refusal } from "#core/refusal.ts";
import type { Attack } from "#load/attack/attack.ts";
import { withHeldElection } from "#load/attack/shared/held-election.ts";
import { grouped } from "#load/shared/report.ts";

const FILES = ["certificate.json", "signature.json", "opening.json", "ballot-key.txt", "ballot-box.ndjson"] as const;
const CERTIFICATE = FILES[0];
const NOTHING_IN_IT = "ballot-box.ndjson";
const WITHIN_MS = 5_000;

type Change = readonly [file: string, change: (file: string, text: string) => Promise<void> | void];

const rewritten = (file: string, from: string | RegExp, to: string): Change => [
  file,
  async (path, text) => {
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`${file} has no ${String(from)}`);
    await writeFile(path, changed);
  },
];

/** What a parser of JSON reads as the certified values, and a person or another parser may not. */
const SPELLINGS: readonly Change[] = [
  rewritten(CERTIFICATE, '"cast":0', '"cast":9,"cast":0'),
  rewritten(CERTIFICATE, '"wholeCountry":', '"wholeCountry":false,"wholeCountry":'),
  rewritten(CERTIFICATE, '"counts":', '"c\\u006funts":'),
  rewritten(CERTIFICATE, '"onRoll":2', '"onRoll":0.2e1'),
  rewritten(CERTIFICATE, '"onRoll":2', '"onRoll":2.0000000000000001'),
  rewritten(CERTIFICATE, '"cast":0', '"cast":-0'),
  rewritten(CERTIFICATE, /\n$/, ""),
  rewritten(CERTIFICATE, /^/, "\ufeff"),
  rewritten("opening.json", ":", ": "),
  rewritten("signature.json", "{", "{ "),
  rewritten("ballot-key.txt", "\n", "\n\n"),
];
const WINDOWS: readonly Change[] = FILES.filter((file) => file !== NOTHING_IN_IT).map((file) =>
  rewritten(file, /\n/g, "\r\n"),
);
const NO_FILES: readonly Change[] = FILES.flatMap((file): readonly Change[] => [
  [file, (path) => void execFileSync("mkfifo", [path])],
  [file, async (path) => void (await mkdir(path))],
]);

export const otherSpellings: Attack = {
  name: "other-spellings",
  attacker: "dishonest officer",
  told: "somebody publishes certified files in other words that parsers take for the same: fields twice, escaped names, 0.2e1, -0, white space; or a pipe or a folder in place of a file; or with line ends of Windows, which must be told as that",
  isShort: true,
  run: (trial) =>
    withHeldElection(trial, 0, async ({ folder, bundle, signedBy, opening }) => {
      /** What is told of a changed bundle: a refusal's sentence, or how else it ended. */
      const told = async ([name, change]: Change): Promise<string> => {
        const changed = join(folder, "changed");
        await cp(bundle, changed, { recursive: true });
        const file = join(changed, name);
        const text = await readFile(file, "utf8");
        await rm(file);
        await change(file, text);
        const verified = verifyBundle(changed, { signedBy, opening }).then(
          () => "verified",
          (error: unknown) => (error instanceof Refusal ? error.message : "failed"),
        );
        const giveUp = new AbortController();
        const answer = await Promise.race([verified, pause(WITHIN_MS, "hung", { signal: giveUp.signal })]);
        giveUp.abort();
        if (answer === "hung") await (await open(file, constants.O_RDWR)).close();
        await rm(changed, { recursive: true });
        return answer;
      };
      const expected: readonly (readonly [readonly Change[], RegExp])[] = [
        [SPELLINGS, /not byte for byte|damaged/],
        [WINDOWS, /lines end in CRLF/],
        [NO_FILES, /not a regular file/],
      ];
      let tried = 0;
      let passed = 0;
      for (const [changes, sentence] of expected) {
        for (const change of changes) {
          tried += 1;
          if (!sentence.test(await told(change))) passed += 1;
        }
      }
      return { tried, learnt: `${grouped(passed)} taken for the certified files`, isRepelled: passed === 0 };
    }),
};
