import type { Page } from "playwright-core";
import type { CredentialFault } from "#core/credential-fault.ts";
import type { Language } from "#core/language.ts";
import { cast, outcomeOf } from "#test/e2e/api.ts";
import { answerForAnotherBallot } from "#test/e2e/browser.ts";
import type { DayVoter, PollingDay } from "#test/e2e/polling-day.ts";
import type { AllMessages as Messages } from "#test/web/catalogue.ts";
import { faultEn } from "#web/messages/faults-en.ts";
import { faultFr } from "#web/messages/faults-fr.ts";

/** Every page of the site and every state it can be in, with the steps to get there, in groups tested side by side. */

export type Visit = Readonly<{ page: Page; language: Language; t: Messages; day: PollingDay }>;
export type Reach = (visit: Visit) => Promise<unknown>;

/** Opens a page in the visitor's language, and waits for what shows that it is there. */
export const at =
  (path: (day: PollingDay) => string, sign: string): Reach =>
  async ({ page, language, day }) => {
    await page.goto(`/${language}${path(day)}`);
    await page.locator(sign).first().waitFor();
  };

/** Continues from another state. */
export const after =
  (before: Reach, ...steps: readonly Reach[]): Reach =>
  async (visit) => {
    for (const step of [before, ...steps]) await step(visit);
  };

export const click =
  (name: (t: Messages) => string, role: "button" | "link" = "button"): Reach =>
  async ({ page, t }) =>
    page
      .getByRole(role, { name: name(t), exact: true })
      .first()
      .click();

/** Waits for a headline. */
export const headline =
  (text: (t: Messages) => string): Reach =>
  async ({ page, t }) =>
    page.getByRole("heading", { level: 1, name: text(t), exact: true }).waitFor();

/** Waits for words anywhere on the page. */
export const words =
  (text: (t: Messages) => string): Reach =>
  async ({ page, t }) =>
    page.getByText(text(t)).first().waitFor();

/** Waits for what is wrong with the digits of the first field. */
const faults =
  (fault: CredentialFault): Reach =>
  async ({ page, language }) =>
    page.getByText((language === "fr" ? faultFr : faultEn)(fault, { least: 9, most: 9, of: "digits" })).waitFor();

/** Marks a box on the ballot by its position, from 0. */
export const mark =
  (place: number): Reach =>
  async ({ page }) =>
    page.locator(".mark-row input").nth(place).check({ force: true });

const rankFirst: Reach = async ({ page, t }) =>
  page
    .getByRole("button", { name: new RegExp(`^${t.ranked.rank(1)}`) })
    .first()
    .click();

export const fillIn =
  (who: (visit: Visit) => DayVoter): Reach =>
  async (visit) => {
    const { nas, code } = who(visit);
    await visit.page.locator("#nas").fill(nas);
    await visit.page.locator("#code").fill(code);
  };

export const nextVoter = ({ day }: Visit): DayVoter => day.nextVoter();
export const nobody = (): DayVoter => ({ nas: "999999999", code: "ZZZZZZ" });

/** Replaces the server's answer. */
export const answering =
  (path: string, status: number, body: object): Reach =>
  async ({ page }) =>
    page.route(path, (route) =>
      route.fulfill({ status, contentType: "application/problem+json", body: JSON.stringify(body) }),
    );

export const problem = (slug: string, status: number, errors: readonly object[] = []): object => ({
  type: `/api/v1/docs#${slug}`,
  title: "t",
  status,
  detail: "…",
  errors,
});

const lawBallot = at((day) => `/vote/${day.law}`, ".sheet");
const raceBallot = at((day) => `/vote/${day.race}/1`, ".sheet");
const chooseBallot = at((day) => `/vote/${day.choose}/1`, ".sheet");
const rankedBallot = at((day) => `/vote/${day.ranked}/1`, ".sheet");
const toIdentity = after(
  click((t) => t.vote.next),
  headline((t) => t.identity.title),
);
const toReview = after(
  click((t) => t.identity.review),
  headline((t) => t.review.title),
);
const castIt = click((t) => t.review.cast);

/** Goes to the review of a law's ballot, as a voter on the roll or somebody else. */
const lawReview = (who: (visit: Visit) => DayVoter): Reach =>
  after(lawBallot, mark(0), toIdentity, fillIn(who), toReview);

/** A voter whose ballot is already in the box. */
async function castBefore(visit: Visit): Promise<DayVoter> {
  const who = visit.day.nextVoter();
  await outcomeOf(await cast("/api/v1/vote", { ...who, law_id: visit.day.law, vote: "non" }));
  return who;
}

export type States = Readonly<Record<string, Reach>>;

export const PAGES: States = {
  "the home page": at(() => "", ".turnout-line"),
  help: at(() => "/help", ".text"),
  privacy: at(() => "/privacy", ".text"),
  "the accessibility statement": at(() => "/accessibility", ".text"),
  "how voting is going": at(() => "/monitor", ".watched"),
  "check my ballot": at(() => "/check", "form input"),
  "a tracking code that is none": after(
    at(() => "/check", "form input"),
    async ({ page }) => page.locator("form input").fill("0189"),
    click((t) => t.check.look),
    words((t) => t.check.wrongLength(4)),
  ),
  "a ballot that is not in the box": after(
    at(() => "/check", "form input"),
    async ({ page }) => page.locator("form input").fill("A".repeat(20)),
    click((t) => t.check.look),
    words((t) => t.check.compare),
  ),
  "an address that leads nowhere": at(() => "/nowhere", "h1"),
  "a vote that does not exist": at(() => "/vote/nothing", "[role=alert]"),
  "a service that does not answer": after(
    async ({ page }) => {
      await page.route("**/api/**", (route) => route.abort());
    },
    at(() => "", "[role=alert]"),
  ),
};

export const BALLOTS: States = {
  "a law's ballot": lawBallot,
  "a law's ballot, marked": after(lawBallot, mark(1)),
  "a ballot nobody marked": after(
    lawBallot,
    click((t) => t.vote.next),
    words((t) => t.ballot.unmarked(t.ballot.hintLaw)),
  ),
  "a ballot on a browser that cannot seal": after(
    async ({ page }) =>
      page.addInitScript(() => {
        const refuse = () => Promise.reject(new DOMException("X25519", "NotSupportedError"));
        Object.assign(SubtleCrypto.prototype, { generateKey: refuse });
      }),
    at((day) => `/vote/${day.law}`, "[role=alert]"),
    headline((t) => t.stub.unsealableTitle),
  ),
  "the choice of a region": at((day) => `/vote/${day.race}`, ".choices"),
  "no region chosen": after(
    at((day) => `/vote/${day.race}`, ".choices"),
    click((t) => t.vote.next),
    words((t) => t.region.missing),
  ),
  "a ballot of candidates": raceBallot,
  "a ballot of candidates, marked": after(raceBallot, mark(0)),
  "a ballot that takes several marks, one too many tried": after(
    chooseBallot,
    mark(0),
    mark(1),
    mark(2),
    async ({ page }) => page.locator(".mark-row input").nth(3).click({ force: true }),
    words((t) => t.choose.full(3, "Marie-Ève Désilets")),
  ),
  "a ballot to rank": rankedBallot,
  "a ballot, ranked": after(rankedBallot, rankFirst),
  "who the voter is": after(lawBallot, mark(0), toIdentity),
  "fields left empty": after(
    lawBallot,
    mark(0),
    toIdentity,
    click((t) => t.identity.review),
    faults({ kind: "missing" }),
  ),
  "fields filled in wrongly": after(
    lawBallot,
    mark(0),
    toIdentity,
    fillIn(() => ({ nas: "12", code: "?" })),
    click((t) => t.identity.review),
    faults({ kind: "length", typed: 2 }),
  ),
  "a field that the server refuses": after(
    lawReview(nobody),
    answering("**/api/v1/vote", 400, problem("invalid-request", 400, [{ field: "code", message: "…" }])),
    castIt,
    words((t) => t.identity.summary),
  ),
  "the review of an answer": lawReview(nobody),
  "the review of a candidate": after(raceBallot, mark(0), toIdentity, fillIn(nobody), toReview),
  "the review of several names": after(chooseBallot, mark(0), mark(2), toIdentity, fillIn(nobody), toReview),
  "the review of a ranking": after(rankedBallot, rankFirst, toIdentity, fillIn(nobody), toReview),
};

export const CASTING: States = {
  "a ballot in the box": after(
    lawReview(nextVoter),
    castIt,
    headline((t) => t.stub.acceptedTitle),
  ),
  "a second ballot": async (visit) => {
    const who = await castBefore(visit);
    await after(
      lawReview(() => who),
      castIt,
      headline((t) => t.stub.duplicateTitle),
    )(visit);
  },
  "a voter who is not on the roll": after(
    lawReview(nobody),
    castIt,
    headline((t) => t.stub.invalidTitle),
  ),
  "a ballot without a connection": after(
    lawReview(nextVoter),
    async ({ page }) => page.context().setOffline(true),
    castIt,
    words((t) => t.stub.offline),
  ),
  "a service that is busy": after(
    lawReview(nextVoter),
    answering("**/api/v1/vote", 503, {}),
    castIt,
    words((t) => t.stub.busy),
  ),
  "a ballot in the queue": after(
    lawReview(nextVoter),
    async ({ page }) => page.route("**/api/v1/votes/*", (route) => route.abort()),
    castIt,
    headline((t) => t.stub.queuedTitle),
  ),
  "a ballot that came too late": after(
    lawReview(nextVoter),
    answering("**/api/v1/vote", 403, problem("voting-closed", 403)),
    castIt,
    headline((t) => t.vote.closedTitle),
  ),
  "a ballot that was altered": after(
    lawReview(nextVoter),
    async ({ page }) => answerForAnotherBallot(page),
    castIt,
    words((t) => t.stub.alteredTitle),
  ),
};

export const RESULTS: States = {
  "a vote that is over": at((day) => `/vote/${day.over}`, "h1"),
  "a vote that is coming": at((day) => `/vote/${day.coming}`, "h1"),
  "a law's result": at((day) => `/results/${day.law}`, ".tally"),
  "a race's result": at((day) => `/results/${day.race}`, ".region-list"),
  "a region's result": at((day) => `/results/${day.race}/1`, ".tally"),
  "a result of several seats": at((day) => `/results/${day.choose}/1`, ".verdict"),
  "the seats of several regions": at((day) => `/results/${day.choose}`, ".region-list"),
  "a ranked result with its rounds": at((day) => `/results/${day.ranked}/1`, ".rounds"),
  "the rounds of a single transferable vote": at((day) => `/results/${day.transfer}/1`, ".rounds"),
  "a result before closing": at((day) => `/results/${day.secret}`, ".withheld"),
  "a law that missed its quorum": at((day) => `/results/${day.over}`, ".verdict"),
};
