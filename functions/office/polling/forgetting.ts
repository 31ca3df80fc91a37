import { Refusal } from "#core/refusal.ts";
import type { ForgetCounts } from "#functions/office/polling/acts.ts";
import type { OfficeWork } from "#storage/office-work-queue.ts";

/** Asks for what was counted of a cancelled election to be taken out. It is cancelled all the same where another job is under way. */
export const forgettingCounts =
  (work: OfficeWork): ForgetCounts =>
  async (electionId, { who, atMs }) => {
    try {
      return (await work.ask({ electionId, kind: "forget-counts", who, atMs })).jobId;
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  };
