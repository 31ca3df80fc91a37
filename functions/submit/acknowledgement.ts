import { type KeyObject, sign } from "node:crypto";
import type { Acknowledge } from "#functions/submit/reception.ts";
import { importSecretKey, publicPartOf } from "#storage/ed25519.ts";
import { keepAnswers } from "#storage/kept-answers.ts";
import type { Secrets } from "#storage/secrets.ts";

type Dependencies = Readonly<{
  secrets: Pick<Secrets, "bytes">;
  acknowledgementKeyPrefix: string;
  keysKeptForMs: number;
  now: () => number;
}>;

/** Signs for ballots that were accepted: once the queue holds them, and not before (core/trustees/acceptance.ts). */
export function createAcknowledgements(dependencies: Dependencies): Acknowledge {
  const { secrets, acknowledgementKeyPrefix, keysKeptForMs, now } = dependencies;
  const keys = keepAnswers<KeyObject>(keysKeptForMs, now);

  return async ({ electionId, trackingCode, castAt: minute }) => {
    const key = await keys(electionId, async () =>
      importSecretKey(await secrets.bytes(`${acknowledgementKeyPrefix}${electionId}`)),
    );
    const { acceptanceBytes } = await import("#core/trustees/acceptance.ts");
    const signature = sign(null, acceptanceBytes({ electionId, trackingCode, minute }), key);
    return { minute, signature: signature.toString("base64url"), public_key: publicPartOf(key) };
  };
}
