import { parentPort } from "node:worker_threads";
import type { Card } from "#core/trustees/card-key.ts";
import { cardKey } from "#core/trustees/card-key.ts";
import { nodeCards } from "#storage/card-engine.ts";

/** A thread that makes voter keys of codes: answers each list of cards with their voter keys, in order. */

parentPort?.on("message", (cards: readonly Card[]) => {
  const keys = cards.map((card) => {
    const { seed, voterKey } = cardKey(nodeCards, card);
    seed.fill(0);
    return voterKey;
  });
  parentPort?.postMessage(keys);
});
