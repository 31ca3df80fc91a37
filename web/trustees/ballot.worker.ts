import { ed25519 } from "@noble/curves/ed25519.js";
import { nobleCards } from "#core/trustees/noble-cards.ts";
import { votingDevice } from "#web/trustees/voting-device.ts";
import type { AskedDevice, ToldDevice } from "#web/trustees/worker-messages.ts";

/** Seals ballots beside the page, so that nothing freezes. Codes, keys and seeds are in its memory. */

const device = votingDevice({
  engine: nobleCards,
  verify: (publicKey, message, signature) => {
    try {
      return ed25519.verify(signature, message, publicKey, { zip215: false });
    } catch {
      return false;
    }
  },
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
});

addEventListener("message", ({ data }: MessageEvent<AskedDevice>) => {
  const tell = (told: ToldDevice): void => postMessage(told);
  // What went wrong may tell of secrets.
  device(data).then(tell, () => tell({ kind: "failed" }));
});
