import { workerData } from "node:worker_threads";
import { random } from "#admin/trustees/bundle/batch-task.ts";
import { answerTasks } from "#admin/trustees/bundle/threads.ts";
import { checkBallots } from "#core/trustees/ballot.ts";
import type { SetAsideBallot } from "#core/trustees/bundle/box-file.ts";
import type { TrusteeBoxLine } from "#core/trustees/bundle/box-line.ts";
import { lineContext } from "#core/trustees/bundle/contexts.ts";
import { isCast } from "#core/trustees/card-key.ts";
import { bytesIn } from "#core/trustees/ceremony/byte-fields.ts";
import type { Ceremony } from "#core/trustees/ceremony/record-shape.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";

/** A thread that judges ballots before they are sealed: why each is set aside, by its voter's signature and its proof; null where it is not. */

export type JudgeWork = Readonly<{ ceremony: Ceremony }>;
export type JudgeTask = readonly TrusteeBoxLine[];
export type Judged = readonly (SetAsideBallot["why"] | null)[];

const { ceremony }: JudgeWork = workerData;

answerTasks<JudgeTask, Judged>((lines) => {
  const cast = lines.map((line) => ({ context: lineContext(ceremony, line), body: bytesIn(line.body) }));
  const isSigned = lines.map(({ signature }, at) => {
    const one = cast[at];
    return one !== undefined && isCast(nodeTrustees.verify, one.context, one.body, bytesIn(signature));
  });
  const proved = checkBallots(cast, random);
  return {
    answer: lines.map((_, at) => {
      if (isSigned[at] !== true) return "unsigned";
      return proved[at] === undefined ? "unproved" : null;
    }),
  };
});
