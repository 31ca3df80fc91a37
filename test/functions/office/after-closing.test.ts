import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withBundles } from "#admin/certification/bundles.ts";
import { withDownloaded } from "#admin/certification/download.ts";
import { verifyBundle } from "#admin/certification/verify.ts";
import type { Language } from "#core/language.ts";
import { closingStanding } from "#functions/office/closing/standing.ts";
import { officeWorkOf } from "#functions/office-work/work.ts";
import { listen } from "#local/listening.ts";
import { serveCertified } from "#local/site/certified.ts";
import { electionsTable } from "#storage/elections-table.ts";
import type { Job } from "#storage/office-jobs.ts";
import { findElection } from "#storage/registered-elections.ts";
import { ballots, CLOSED, choice } from "#test/admin/certified.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { holdElection } from "#test/admin/polling-day.ts";
import { law } from "#test/definitions.ts";

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const job = (electionId: string, kind: Job["kind"]): Job => ({
  jobId: `000000000aaaaaaaa_${electionId}`,
  electionId,
  kind,
  who: "Ada",
  options: {},
  askedAt: new Date().toISOString(),
  state: "running",
  untilMs: Number.POSITIVE_INFINITY,
});
const run = (electionId: string, kind: Job["kind"]) =>
  officeWorkOf(office.connection)[kind](job(electionId, kind), () => {});
const standing = (electionId: string, language: Language = "en") =>
  closingStanding(office.connection, electionId, { jobs: [], language, atMs: Date.now() });

/** The site's addresses of published files, as the laptop serves them. */
async function withSite<T>(work: (url: string) => Promise<T>): Promise<T> {
  const certified = { endpoint: office.endpoints.s3, bucket: office.outputs.CertifiedBucket };
  const server = createServer((request, response) => {
    serveCertified(certified, request.url ?? "/", request, response).catch(() => response.destroy());
  });
  const port = await listen(server);
  try {
    return await work(`http://localhost:${port}`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

describe("an election after its closing, in the console", () => {
  test("is certified, published, and verified by anybody at its address, as the command line would", async () => {
    const codes = await holdElection(office, law({ electionId: "A1", ...CLOSED }), { all: 9 }, [
      ...ballots(4, "all", choice("oui")),
      ...ballots(2, "all", choice("non")),
    ]);
    expect((await standing("A1")).checks.map(({ state }) => state)).toEqual([
      ...["met", "met", "met", "met", "met", "met", "met"],
      "advised",
    ]);
    const { result, sentence } = await run("A1", "certify");
    expect(result).toMatchObject({ cast: 6, counted: 6, set_aside: 0 });
    expect(sentence.fr).toBe("Bulletins certifiés\u00a0: 6.");
    expect((await standing("A1")).published_at).toBeNull();

    await withSite(async (url) => {
      expect((await fetch(`${url}/certified/A1/certificate.json`)).status).toBe(404);
      await run("A1", "publish");
      const fingerprint = String(result?.fingerprint);
      const verify = (folder: string) =>
        verifyBundle(folder, {
          signedBy: fingerprint,
          opening: String(result?.opening),
          trackingCode: codes[0] ?? "",
        });
      const { checks, found } = await withDownloaded(`${url}/certified/A1`, verify);
      expect(checks.filter(({ isTrue }) => isTrue !== true)).toEqual([]);
      expect(found).toEqual([{ regionId: "all", fate: "valid" }]);
    });
    const read = electionsTable(office.connection.dynamodb, office.outputs.ElectionsTable);
    expect((await read.find("A1"))?.published).toMatchObject({ ballots: 6, codeBeginning: 0 });
  });

  test("keeps its files as they were certified", async () => {
    const bundle = (await findElection(office.connection, "A1"))?.bundle;
    const stored = await withBundles(office.connection, (bundles) =>
      Promise.all(
        (bundle?.files ?? []).map(async ({ name }) => {
          const stream = await bundles.read(`kept/A1/${bundle?.certificate}/${name}`, { from: 0, until: 3 });
          return Buffer.concat((await stream?.toArray()) ?? []).length;
        }),
      ),
    );
    expect(stored.length).toBe(6);
    expect(Math.max(...stored)).toBe(3);
  });

  test("says what is not so yet, in the officer's language", async () => {
    const closesAt = new Date(Date.now() + 3_600_000).toISOString();
    await holdElection(office, law({ electionId: "A2", opensAt: CLOSED.opensAt, closesAt }), { all: 3 }, []);
    const { checks } = await standing("A2", "fr");
    const closed = checks.find(({ check }) => check === "closed");
    expect(closed).toMatchObject({ state: "unmet" });
    expect(closed?.detail).toContain("Le vote de l’élection A2");
    expect(checks.find(({ check }) => check === "votes-decided")?.state).toBe("unknown");
    await expect(run("A2", "certify")).rejects.toThrow("closes at");
  });

  test("is left to the command line where only auditors may open its box", async () => {
    const definition = law({ electionId: "A3", verification: "auditors", ...CLOSED });
    await holdElection(office, definition, { all: 3 }, ballots(1, "all", choice("oui")));
    await expect(run("A3", "certify")).rejects.toThrow("--auditors-key FILE");
  });
});
