import type { ClosingAnswer } from "#functions/office/closing/contract.ts";

/** What the parts of the room share. */
export type RoomState = Readonly<{
  standing: ClosingAnswer;
  /** Whether the reader may do anything here. */
  isOfficer: boolean;
  /** Whether they may download what opens the ballot box. */
  mayReadBox: boolean;
  /** What is under way keeps other acts waiting. */
  isBusy: boolean;
  /** Looks again at once. */
  refresh: () => void;
}>;
