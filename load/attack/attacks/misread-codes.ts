import * as z from "zod";
import { verifyBundle } from "#admin/certification/verify.ts";
import { Refusal } from "#core/refusal.ts";
import type { Attack } from "#load/attack/attack.ts";
import { withHeldElection } from "#load/attack/shared/held-election.ts";
import { exchange } from "#load/shared/exchange.ts";
import { grouped } from "#load/shared/report.ts";

const Board = z.looseObject({ status: z.string() });

/** A voter's handwriting: what codes never have is read as the letters it looks like. */
const WRITTEN: readonly ((code: string) => string)[] = [
  (code) => code,
  (code) => code.toLowerCase(),
  (code) => code.replaceAll(/(.{5})(?=.)/g, "$1."),
  (code) => code.replaceAll(/(.{4})(?=.)/g, "$1 – "),
  (code) => code.replaceAll("O", "0").replaceAll("B", "8"),
  (code) => code.replace("I", "1"),
  (code) => code.replace("L", "1"),
];
const CUT_SHORT: readonly ((code: string) => string)[] = [(code) => code.slice(0, -1), (code) => code.slice(0, 5)];

export const misreadCodes: Attack = {
  name: "misread-codes",
  attacker: "dishonest officer",
  told: "voters are made to believe that their ballot is missing: its tracking code is sought with 0, 1 and 8, with dots, in lower case and cut short, in the certified files and on the board",
  isShort: true,
  run: (trial) =>
    withHeldElection(trial, trial.isFull ? 60 : 3, async ({ bundle, signedBy, opening, trackingCodes }) => {
      const inBundle = async (trackingCode: string): Promise<"found" | "missing" | "refused"> => {
        try {
          const { found } = await verifyBundle(bundle, { signedBy, opening, trackingCode });
          return found?.length === 1 ? "found" : "missing";
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          return "refused";
        }
      };
      const onBoard = async (trackingCode: string): Promise<"found" | "missing" | "refused"> => {
        const body = JSON.stringify({ tracking_code: trackingCode });
        const { status, text } = await exchange(`${trial.system.url}/api/v1/board`, body);
        if (status !== 200) return "refused";
        return Board.parse(JSON.parse(text)).status === "in_the_box" ? "found" : "missing";
      };
      let tried = 0;
      let wrong = 0;
      for (const [writings, right] of [
        [WRITTEN, "found"],
        [CUT_SHORT, "refused"],
      ] as const) {
        for (const code of trackingCodes.flatMap((trackingCode) => writings.map((write) => write(trackingCode)))) {
          tried += 2;
          for (const answer of await Promise.all([inBundle(code), onBoard(code)])) if (answer !== right) wrong += 1;
        }
      }
      return { tried, learnt: `${grouped(wrong)} answers wrong`, isRepelled: wrong === 0 };
    }),
};
