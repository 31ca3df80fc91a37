import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type VerifyOptions, verifyBundle } from "#admin/certification/verify.ts";
import type { Attack } from "#load/attack/attack.ts";
import { withHeldElection } from "#load/attack/shared/held-election.ts";
import { grouped } from "#load/shared/report.ts";
import { ensureSigningKey, fingerprintOf, signStatement } from "#storage/signing-key.ts";

const SCRUTIN = fileURLToPath(new URL("../../../admin/scrutin.ts", import.meta.url));

/** The exit code of the command `scrutin verify`. */
function exitCodeOf(args: readonly string[]): Promise<number | null> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [SCRUTIN, "verify", ...args], () => resolve(child.exitCode));
  });
}

/** Everything about the forger's files agrees, and is signed by the forger: only what was published elsewhere tells. */
export const forgedWhole: Attack = {
  name: "forged-whole",
  attacker: "dishonest officer",
  told: "somebody makes all files of another election under the same name, opening statement included, and signs them with a key of their own; they are verified with what was published of the true one, with half of it, and with nothing",
  isShort: true,
  run: (trial) =>
    withHeldElection(trial, 0, async ({ connection, electionId, bundle, opening, signedBy }) => {
      const trueKey = await ensureSigningKey(connection, `${electionId}-true`);
      const published = { signedBy: fingerprintOf(signStatement(trueKey, {})), opening: "0".repeat(64) };
      const asked: readonly VerifyOptions[] = [
        {},
        { opening },
        { opening: published.opening },
        { signedBy: published.signedBy },
        { signedBy: published.signedBy, opening },
        published,
      ];
      const verdicts = await Promise.all(
        asked.map(async (options) => (await verifyBundle(bundle, options)).checks.every(({ isTrue }) => isTrue)),
      );
      const codes = trial.isFull
        ? await Promise.all([exitCodeOf([bundle]), exitCodeOf([bundle, "--opening", opening])])
        : [];
      const passed = verdicts.filter((isSound) => isSound).length + codes.filter((code) => code !== 2).length;
      const { checks } = await verifyBundle(bundle, { signedBy, opening });
      const isSound = checks.every(({ isTrue }) => isTrue);
      return {
        tried: asked.length + codes.length,
        learnt: `${grouped(passed)} verifications satisfied`,
        isRepelled: passed === 0 && isSound,
      };
    }),
};
