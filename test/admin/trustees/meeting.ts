import { cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeKeyFile } from "#admin/trustees/key-file.ts";
import { canonicalText } from "#core/canonical-json.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { runHere } from "#test/admin/tool.ts";
import { law } from "#test/definitions.ts";

/** Trustees who meet: a folder of their key files, and one of their ceremony. */

export const PASSPHRASE = "correct horse battery";
/** scrypt's cost, so that tests do not wait for it. */
const QUICK = { N: 2 ** 4 };

export const NAMES = ["Court of audit", "Parti québécois", "University"] as const;

export type Meeting = Readonly<{
  /** Where all files are. */
  place: string;
  path(name: string): string;
  folder: string;
  scrutin(...words: string[]): ReturnType<typeof runHere>;
  join(number: number, folder?: string): ReturnType<typeof runHere>;
  open(...words: string[]): ReturnType<typeof runHere>;
  rehearse(number: number): ReturnType<typeof runHere>;
  copyOf(name: string): Promise<string>;
  end(): Promise<void>;
}>;

export const scrutin = (...words: string[]) => runHere(1, words);

/** @param definition what the trustees make a key for */
export async function meet(definition: ElectionDefinition = law()): Promise<Meeting> {
  const place = await mkdtemp(join(tmpdir(), "scrutin-trustees-"));
  const path = (name: string): string => join(place, name);
  const folder = path("ceremony");
  await writeFile(path("passphrase"), `${PASSPHRASE}\n`);
  await writeFile(path("law.json"), JSON.stringify(definition));
  for (const [at, name] of NAMES.entries()) {
    const key = await makeKeyFile(name, PASSPHRASE, QUICK);
    await writeFile(path(`${at + 1}.key`), canonicalText(key));
    await writeFile(path(`${at + 1}.pub`), canonicalText(key.public));
  }
  const secret = (number: number) => ["--key", path(`${number}.key`), "--passphrase-file", path("passphrase")];
  return {
    ...{ place, path, folder, scrutin },
    join: (number, where = folder) => scrutin("trustee", "join", where, ...secret(number)),
    open: (...words) =>
      scrutin(
        ...["ceremony", "open", definition.electionId, "--definition", path("law.json")],
        ...["--trustees", ...[1, 2, 3].map((number) => path(`${number}.pub`)), "--threshold", "2", "--mixes", "2"],
        ...["--folder", folder, ...words],
      ),
    rehearse: (number) => scrutin("ceremony", "rehearse", folder, ...secret(number)),
    async copyOf(name) {
      await cp(folder, path(name), { recursive: true });
      return path(name);
    },
    end: () => rm(place, { recursive: true }),
  };
}

/** Trustees join in turn, until all messages are there. */
export async function holdAll({ join: run, folder }: Meeting): Promise<void> {
  while ((await readdir(folder)).filter((name) => name.startsWith("round-")).length < 12) {
    for (const number of [1, 2, 3]) await run(number);
  }
}
