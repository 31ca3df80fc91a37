import type { Changeable, Done } from "#functions/office/polling/contract.ts";
import type { OfficeAnswer } from "#web/office/shell/office-api.ts";

export type ActProps = Readonly<{
  /** Of the election in the office's API. */
  path: string;
  changeable: Changeable;
  onDone: (done: Done) => void;
  onClose: () => void;
}>;

/** In place of asking the server what it would refuse. */
export const refusedHere = (detail: string): OfficeAnswer<never> => ({
  kind: "refused",
  problem: { type: "", title: "", status: 400, detail },
});
