import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Refusal } from "#core/refusal.ts";
import { pythonWithMinistack } from "#local/endpoint/python.ts";

/** What a user reads when the endpoint cannot be installed. */

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "scrutin-python-"));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const make = () => pythonWithMinistack(() => undefined, join(folder, "environment"));

test("without Python, the command says what to install or do instead", async () => {
  vi.stubEnv("PATH", folder);
  const made = make();
  await expect(made).rejects.toThrow(Refusal);
  await expect(made).rejects.toThrow(/needs Python 3\.10 or newer: there is none on the PATH.*AWS_ENDPOINT_URL=/s);
  expect(await readdir(folder)).toEqual([]);
});

test("when pip cannot reach its index, the command says so, and starts over the next time", async () => {
  vi.stubEnv("PIP_INDEX_URL", "http://127.0.0.1:9/simple");
  vi.stubEnv("PIP_FIND_LINKS", "");
  vi.stubEnv("PIP_CONFIG_FILE", "/dev/null");
  await expect(make()).rejects.toThrow(/pip could not reach its package index.*AWS_ENDPOINT_URL=/s);
  expect(await readdir(join(folder, "environment"))).not.toContain("made-of.sha256");
});
