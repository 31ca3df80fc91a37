import { cp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { certifyElection } from "#admin/certification/certify.ts";
import { ensureSigningKey, signStatement } from "#admin/certification/signing-key.ts";
import { verifyBundle } from "#admin/certification/verify.ts";
import { stateOpening } from "#admin/elections/opening.ts";
import { importRoll } from "#admin/roll/import.ts";
import { Certificate } from "#core/ballot-box.ts";
import { canonicalText } from "#core/canonical-json.ts";
import type { Attack } from "#load/attack/attack.ts";
import { openBetween, registerElection } from "#load/shared/elections.ts";
import { grouped } from "#load/shared/report.ts";
import { connectTo } from "#load/shared/running-system.ts";
import { inTemporaryFolder } from "#local/loose-ends.ts";
import { readDefinition } from "#storage/definition-file.ts";

const DEFINITION = fileURLToPath(new URL("../../../elections/election-2.json", import.meta.url));
const OFFICER = "attack";
const HOUR_MS = 3_600_000;

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
  () => ({ rollRoot: "0".repeat(64) }),
  () => ({ publicKey: "A".repeat(43) }),
  ({ definition }) => ({ certifiedAt: new Date(Date.parse(definition.closesAt) - 1).toISOString() }),
];

export const forgedCertificates: Attack = {
  name: "forged-certificates",
  attacker: "dishonest officer",
  told: "an officer certifies something else than was voted on, under the election's own signing key: names, order drawn by lot, roll, ballot key, closing, who may verify; and the whole under another key",
  async run({ system, random }) {
    using connection = connectTo(system);
    const nowMs = Date.now();
    const held = openBetween(await readDefinition(DEFINITION), nowMs - 2 * HOUR_MS, nowMs - HOUR_MS);
    const electionId = `forged-${random(1_000_000_000)}`;
    const atMs = Date.parse(held.opensAt);
    await registerElection(connection, { ...held, electionId }, OFFICER);
    return inTemporaryFolder(async (folder) => {
      const roll = join(folder, "roll.csv");
      await writeFile(roll, "nas,code,region_id\n100000001,ABC123,1\n100000002,ABC124,1\n");
      await importRoll(connection, electionId, roll, { atMs });
      const { sha256: opening } = await stateOpening(connection, electionId, { who: OFFICER, atMs });
      const out = join(folder, "honest");
      const { certificate, fingerprint: signedBy } = await certifyElection(connection, electionId, {
        out,
        who: OFFICER,
      });

      /** Whether everybody who verifies a bundle with this certificate, signed with this election's key, is satisfied. */
      const passes = async (forged: object, signerId: string): Promise<boolean> => {
        const forgery = join(folder, "forgery");
        await cp(out, forgery, { recursive: true });
        const key = await ensureSigningKey(connection, signerId);
        const text = canonicalText(Certificate.parse({ ...certificate, ...forged }));
        await writeFile(join(forgery, "certificate.json"), text);
        const signed = signStatement(key, JSON.parse(text));
        await writeFile(join(forgery, "signature.json"), canonicalText(signed));
        const { checks } = await verifyBundle(forgery, { signedBy, opening });
        await rm(forgery, { recursive: true });
        return checks.every(({ isTrue }) => isTrue === true);
      };
      const isHonest = await passes({}, electionId);
      let passed = (await passes({}, `${electionId}-other`)) ? 1 : 0;
      for (const forge of FORGERIES) if (await passes(forge(certificate), electionId)) passed += 1;
      return {
        tried: FORGERIES.length + 1,
        learnt: `${grouped(passed)} forgeries passed${isHonest ? "" : "; the honest certificate did not"}`,
        isRepelled: passed === 0 && isHonest,
      };
    });
  },
};
