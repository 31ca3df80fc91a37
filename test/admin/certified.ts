import { expect } from "vitest";
import { certifyElection } from "#admin/certification/certify.ts";
import { verifyBundle } from "#admin/certification/verify.ts";
import { Refusal } from "#core/refusal.ts";
import type { Selection } from "#core/selection.ts";
import type { Office } from "#test/admin/office.ts";
import { type HandedIn, holdElection } from "#test/admin/polling-day.ts";
import { law } from "#test/definitions.ts";

/** Certified elections. */

export const CLOSED = { opensAt: "2025-01-01T00:00:00Z", closesAt: "2025-01-02T00:00:00Z" };
export const AFTERWARDS = Date.parse("2025-01-03T00:00:00Z");
export const OFFICER = { who: "Ada", atMs: AFTERWARDS };

export const choice = (answer: "oui" | "non"): Selection => ({ kind: "choice", choice: answer });
export const ballots = (count: number, regionId: string, selection: HandedIn["selection"]): readonly HandedIn[] =>
  Array.from({ length: count }, () => ({ regionId, selection }));

/** Holds and certifies a law's referendum with one spoiled and one blank ballot among twelve. */
export async function certifiedLaw(office: Office, electionId: string, overrides = {}) {
  const definition = law({ electionId, allowBlank: true, ...CLOSED, ...overrides });
  const codes = await holdElection(
    office,
    definition,
    { all: 20 },
    [
      ...ballots(6, "all", choice("oui")),
      ...ballots(4, "all", choice("non")),
      ...ballots(1, "all", "garbage"),
      ...ballots(1, "all", { kind: "blank" }),
    ],
    ["duplicate", "duplicate", "unknown-credentials", "wrong-region"],
  );
  const folder = office.path(`bundle-${electionId}`);
  const auditorsKeyFile = office.path(`${electionId}.key`);
  const certified = await certifyElection(office.connection, electionId, { out: folder, auditorsKeyFile, ...OFFICER });
  return { folder, codes, auditorsKeyFile, ...certified };
}

/** The names of the checks that a bundle fails. */
export const liesIn = async (folder: string, options = {}): Promise<readonly string[]> =>
  (await verifyBundle(folder, options)).checks.filter(({ isTrue }) => isTrue === false).map(({ name }) => name);

/** The message of a refusal. */
export const refusal = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Refusal);
  return error instanceof Refusal ? error.message : "";
};
