import { readTrackingCode } from "#core/tracking-code.ts";
import { type BoardAnswer, BoardQuestion } from "#functions/board/contract.ts";
import type { PostedCodes } from "#functions/board/posted-codes.ts";
import { type HttpHandler, json, languageOf, problem } from "#functions/runtime/http.ts";
import { readJsonBody } from "#functions/runtime/json-body.ts";
import { FIELD_MESSAGES } from "#functions/runtime/voter-messages.ts";
import type { Elections } from "#storage/elections-table.ts";

export type BoardDependencies = Readonly<{ elections: Elections; posted: PostedCodes; now: () => number }>;

/** A request is only a tracking code in JSON. */
const MOST_BYTES = 1_024;

/** Answers `POST /api/v1/board`: whether the ballot with this tracking code is in the box of any election. */
export function createBoardHandler({ elections, posted, now }: BoardDependencies): HttpHandler {
  return async (event) => {
    const language = languageOf(event);
    const read = readJsonBody(event, MOST_BYTES);
    if (!read.ok) return problem(read.slug, language);
    const question = BoardQuestion.safeParse(read.body);
    const typed = question.success ? readTrackingCode(question.data.tracking_code) : undefined;
    if (typed?.kind !== "read") {
      const errors = [{ field: "tracking_code", message: FIELD_MESSAGES.trackingCode[language] }];
      return problem("invalid-request", language, { errors });
    }

    const atMs = now();
    const opened = (await elections.list()).filter(({ definition }) => Date.parse(definition.opensAt) <= atMs);
    // All boards at once: one after the other, those of a hundred elections would outlast the function's time.
    const seen = await Promise.all(
      opened.map(async ({ definition: { electionId } }) => {
        for (const trackingCode of typed.spellings) {
          if (await posted.has(electionId, trackingCode)) return { trackingCode, electionId };
        }
        return undefined;
      }),
    );
    const found = seen.find((one) => one !== undefined);
    const answer: BoardAnswer = {
      tracking_code: found?.trackingCode ?? typed.spellings[0],
      status: found === undefined ? "not_found" : "in_the_box",
      election_id: found?.electionId ?? null,
      updated_at: new Date(atMs).toISOString(),
    };
    return json(200, answer);
  };
}
