import { createHash } from "node:crypto";
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { verifyBundle } from "#admin/certification/verify.ts";
import { Certificate } from "#core/ballot-box.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { type ChangeStatement, Changes } from "#core/opening.ts";
import type { Attack } from "#load/attack/attack.ts";
import { withHeldElection } from "#load/attack/shared/held-election.ts";
import { grouped } from "#load/shared/report.ts";
import { ensureSigningKey, signStatement } from "#storage/signing-key.ts";

const NO_ROOT = "0".repeat(64);

/** What is certified in place of the truth. */
const FORGERIES: readonly ((certificate: Certificate) => object)[] = [
  // The names of two candidates swapped.
  ({ definition }) => {
    if (definition.votingMethod === "referendum") return {};
    const [first, second, ...others] = definition.candidates;
    if (first === undefined || second === undefined) return {};
    const swapped = [
      { ...first, lastName: second.lastName },
      { ...second, lastName: first.lastName },
    ];
    return { definition: { ...definition, candidates: [...swapped, ...others] } };
  },
  ({ definition }) => {
    if (definition.votingMethod === "referendum") return {};
    const drawn = definition.candidates.map(({ candidateId }) => candidateId);
    return { definition: { ...definition, tieBreakOrder: drawn.toReversed() } };
  },
  ({ definition }) => ({ definition: { ...definition, verification: "auditors" } }),
  ({ definition }) => ({
    definition: { ...definition, closesAt: new Date(Date.parse(definition.opensAt) + 1).toISOString() },
  }),
  ({ counts }) => ({ counts: { ...counts, onRoll: 1_001 }, onRoll: { "1": 1_001 } }),
  ({ onRoll, counts }) => ({ counts: { ...counts, onRoll: counts.onRoll + 1 }, onRoll: { ...onRoll, nowhere: 1 } }),
  () => ({ rollRoot: NO_ROOT }),
  () => ({ opening: NO_ROOT }),
  () => ({ publicKey: "A".repeat(43) }),
  ({ definition }) => ({ certifiedAt: new Date(Date.parse(definition.closesAt) - 1).toISOString() }),
];

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The signed changes after the opening, in place of the true extension of the closing. */
const FORGED_CHANGES: readonly ((extension: ChangeStatement, closesAt: string) => readonly object[])[] = [
  () => [],
  (extension) => [extension, extension],
  (extension, closesAt) => [{ ...extension, statedAt: closesAt }],
  (extension, closesAt) => [{ ...extension, closesAt: new Date(Date.parse(closesAt) + 1).toISOString() }],
  (extension) => [
    extension,
    { ...extension, kind: "roll", closesAt: undefined, onRoll: { "1": 9 }, rollRoot: NO_ROOT },
  ],
];

export const forgedCertificates: Attack = {
  name: "forged-certificates",
  attacker: "dishonest officer",
  told: "an officer certifies something else than was voted on, under the election's own signing key: names, order drawn by lot, roll, ballot key, closing, who may verify, later changes; and the whole under another key",
  isShort: true,
  run: (trial) =>
    withHeldElection(
      trial,
      0,
      async ({ connection, electionId, folder, bundle, certificate, signedBy, opening, statedClosing }) => {
        /** Whether everybody who verifies a bundle with this certificate, signed with this election's key, is satisfied. */
        const passes = async (
          forged: object,
          signerId: string,
          forgeChanges?: (typeof FORGED_CHANGES)[number],
        ): Promise<boolean> => {
          const forgery = join(folder, "forgery");
          await cp(bundle, forgery, { recursive: true });
          const key = await ensureSigningKey(connection, signerId);
          const text = canonicalText(Certificate.parse({ ...certificate, ...forged }));
          await writeFile(join(forgery, "certificate.json"), text);
          const signed = signStatement(key, JSON.parse(text));
          await writeFile(join(forgery, "signature.json"), canonicalText(signed));
          if (forgeChanges !== undefined) {
            const file = join(forgery, "changes.json");
            const [extension] = Changes.parse(JSON.parse(await readFile(file, "utf8")));
            if (extension === undefined) throw new Error("the extension is not in the bundle");
            let previous = opening;
            const chain = forgeChanges(extension.statement, statedClosing).map((each) => {
              const statement = { ...each, previous };
              const link = { statement, signature: signStatement(key, statement) };
              previous = sha256(canonicalText(link));
              return link;
            });
            await writeFile(file, canonicalText(chain));
          }
          const { checks } = await verifyBundle(forgery, { signedBy, opening });
          await rm(forgery, { recursive: true });
          return checks.every(({ isTrue }) => isTrue === true);
        };
        const isHonest = await passes({}, electionId);
        let passed = (await passes({}, `${electionId}-other`)) ? 1 : 0;
        for (const forge of FORGERIES) if (await passes(forge(certificate), electionId)) passed += 1;
        for (const forgeChanges of FORGED_CHANGES) if (await passes({}, electionId, forgeChanges)) passed += 1;
        return {
          tried: FORGERIES.length + FORGED_CHANGES.length + 1,
          learnt: `${grouped(passed)} forgeries passed${isHonest ? "" : "; the honest certificate did not"}`,
          isRepelled: passed === 0 && isHonest,
        };
      },
    ),
};
