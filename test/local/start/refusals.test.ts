import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { freePort, listen } from "#local/listening.ts";
import { start, temporaryFolder } from "#test/local/start/npm-start.ts";

test("help is printed, and nothing is started", async () => {
  const { exit, errors, output } = start({ PORT: "nothing" }, [process.execPath, "local/start.ts", "--help"]);
  expect([await exit, errors()]).toEqual([0, ""]);
  expect(output()).toContain("DATA_DIR");
});

describe("a system that cannot start says why in one sentence and exits with 1", () => {
  const sentence = async (environment: Record<string, string>): Promise<string> => {
    const { exit, errors } = start(environment);
    expect(await exit).toBe(1);
    expect(errors().trim().split("\n")).toHaveLength(1);
    return errors();
  };

  test("when it is asked for what it does not know", async () => {
    const { exit, errors, output } = start({}, [process.execPath, "local/start.ts", "--port", "4000"]);
    expect([await exit, output()]).toEqual([1, ""]);
    expect(errors()).toBe("npm start takes no --port 4000: it is set by variables, which npm start -- --help lists.\n");
  });

  test("when the port is in use", async () => {
    const server = createServer();
    const port = await listen(server);
    expect(await sentence({ PORT: String(port) })).toContain(`Port ${port} is in use`);
    server.close();
  });

  test("when there is no Java", async () => {
    expect(await sentence({ PORT: String(await freePort()), PATH: dirname(process.execPath) })).toContain(
      "Java is not installed",
    );
  });

  test("when a definition is invalid: file, field and rule", async () => {
    const folder = await temporaryFolder();
    await writeFile(
      join(folder, "mine.json"),
      JSON.stringify({
        electionId: "X",
        votingMethod: "referendum",
        title: { fr: "a", en: "a" },
        question: { fr: "a", en: "a" },
        opensAt: "2026-01-02T00:00:00Z",
        closesAt: "2026-01-01T00:00:00Z",
      }),
    );
    const told = await sentence({ PORT: String(await freePort()), ELECTIONS_DIR: folder });
    expect(told).toContain("mine.json");
    expect(told).toContain("closesAt");
    expect(told).toContain("close after it opens");
  });
});
