import { answerForAnotherBallot } from "#test/e2e/browser.ts";
import {
  after,
  answering,
  at,
  click,
  fillIn,
  headline,
  mark,
  nextVoter,
  nobody,
  problem,
  type Reach,
  type States,
  type Visit,
  words,
} from "#test/e2e/every-state/states.ts";
import type { DayVoter } from "#test/e2e/polling-day.ts";

/** The states of several questions in one visit. */

const paperAt = (sign: string, region = "/1"): Reach => at((day) => `/vote/paper/${day.paper}${region}`, sign);
const next = click((t) => t.vote.next);
const question = (number: number): Reach => words((t) => t.paper.question(number, 3));
/** The law and the race marked, the ranking left out. */
const paperMarked = after(
  paperAt(".sheet"),
  mark(1),
  next,
  question(2),
  mark(0),
  next,
  question(3),
  click((t) => t.paper.leaveOut),
  headline((t) => t.identity.title),
);
const paperReview = (who: (visit: Visit) => DayVoter): Reach =>
  after(
    paperMarked,
    fillIn(who),
    click((t) => t.paper.review),
    headline((t) => t.paper.reviewTitle),
  );
const castPaper = click((t) => t.paper.cast(2));
/** Refuses the race's ballot, not the law's. */
const refuseRace = answering("**/api/v1/elections/vote", 403, problem("forbidden", 403));

export const PAPERS: States = {
  "the region of a paper": paperAt(".choices", ""),
  "the first question of a paper": paperAt(".sheet"),
  "the review of a paper": paperReview(nobody),
  "a paper in the box": after(
    paperReview(nextVoter),
    castPaper,
    headline((t) => t.paper.title.accepted(2)),
  ),
  "a paper of which one ballot was refused": after(
    paperReview(nextVoter),
    refuseRace,
    castPaper,
    headline((t) => t.paper.title.amiss(2)),
  ),
  "a paper of somebody who is not on the roll": after(
    paperReview(nobody),
    castPaper,
    headline((t) => t.paper.title.amiss(2)),
    words((t) => t.stub.invalidTitle),
  ),
  "a paper without a connection": after(
    paperReview(nextVoter),
    async ({ page }) => page.context().setOffline(true),
    castPaper,
    words((t) => t.stub.offline),
  ),
  "a paper in the queue": after(
    paperReview(nextVoter),
    async ({ page }) => page.route("**/api/v1/votes/*", (route) => route.abort()),
    castPaper,
    headline((t) => t.paper.title.queued(2)),
  ),
  "a paper that was altered": after(
    paperReview(nextVoter),
    async ({ page }) => answerForAnotherBallot(page),
    castPaper,
    words((t) => t.stub.alteredTitle),
  ),
  "a paper reloaded while it was cast": after(
    paperReview(nextVoter),
    async ({ page }) => page.route("**/vote", (route) => route.abort()),
    castPaper,
    words((t) => t.stub.offline),
    async ({ page }) => page.reload(),
    words((t) => t.waiting.title),
  ),
  "a paper of which nothing is open": after(
    async ({ page }) =>
      page.route("**/api/v1/papers/*", async (route) => {
        const response = await route.fetch();
        const questions: readonly object[] = await response.json();
        await route.fulfill({ response, json: questions.map((one) => ({ ...one, status: "closed" })) });
      }),
    paperAt("h1"),
  ),
};
