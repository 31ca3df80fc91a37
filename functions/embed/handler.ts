import { contestRegionIds } from "#core/contest.ts";
import { type Embedded, readAddress } from "#functions/embed/address.ts";
import { EMBED_POLICY, embedPage } from "#functions/embed/page.tsx";
import { pictureOf } from "#functions/embed/picture.tsx";
import type { Rasteriser } from "#functions/embed/png.ts";
import { type Summary, summaryOf, summaryWithout } from "#functions/embed/summary.ts";
import { isLaw, isRace, type ReaderDependencies, resultsReader } from "#functions/results/reader.ts";
import { type HttpAnswer, type HttpHandler, problemText } from "#functions/runtime/http.ts";
import { logFailure } from "#functions/runtime/observability.ts";
import type { ProblemSlug } from "#functions/runtime/problem-contract.ts";
import { tellCancellation } from "#functions/runtime/voter-messages.ts";
import type { Elections } from "#storage/elections-table.ts";

export type EmbedDependencies = ReaderDependencies &
  Readonly<{ elections: Pick<Elections, "find">; toPng: Rasteriser; siteAddress: string }>;

const KEPT = "public, max-age=30, stale-while-revalidate=60, stale-if-error=300";
/** How often the page loads itself anew, unless a reader asked for a pause. */
const REFRESH_SECONDS = 60;
/** Drawing takes a while: a picture is made again only when what it shows changes, however it is asked for. */
const PICTURES_KEPT = 100;

type Found = Readonly<{ statusCode: 200 | 404 | 410 | 500; summary: Summary }>;

/** Answers with one result as a page for other sites' frames, or as a picture: what everybody may see of it. */
export function createEmbedHandler(dependencies: EmbedDependencies): HttpHandler {
  const { elections, toPng, siteAddress, now } = dependencies;
  const reader = resultsReader(dependencies);
  const pictures = new Map<string, Promise<Uint8Array>>();

  const without = (asked: Embedded, slug: ProblemSlug, details: Readonly<Record<string, string>> = {}): Found => {
    const { title, detail } = problemText(slug, asked.language, details);
    return { statusCode: slug === "voting-cancelled" ? 410 : 404, summary: summaryWithout(asked, title, detail) };
  };

  const find = async (asked: Embedded): Promise<Found> => {
    const { language, electionId, regionId } = asked;
    const election = await elections.find(electionId);
    if (election === undefined) return without(asked, "unknown-election");
    const { definition } = election;
    const isRegion =
      regionId === undefined || (isRace(election) && contestRegionIds(election.definition).includes(regionId));
    if (!isRegion) return without(asked, "unknown-region");
    const { cancelled } = definition;
    if (cancelled !== undefined) {
      const { summary } = without(asked, "voting-cancelled", tellCancellation(definition, cancelled, language));
      return { statusCode: 410, summary: { ...summary, title: definition.title[language] } };
    }
    // To whoever has not voted: nobody proves it here.
    if (isLaw(election))
      return { statusCode: 200, summary: summaryOf(asked, definition, await reader.law(election, false), now()) };
    if (!isRace(election)) throw new TypeError("an election is a law or a race");
    return {
      statusCode: 200,
      summary: summaryOf(asked, definition, await reader.race(election, regionId, false), now()),
    };
  };

  const picture = (svg: string): Promise<Uint8Array> => {
    const known = pictures.get(svg);
    if (known !== undefined) return known;
    const [oldest] = pictures.keys();
    if (pictures.size >= PICTURES_KEPT && oldest !== undefined) pictures.delete(oldest);
    const made = toPng(svg);
    pictures.set(svg, made);
    made.catch(() => pictures.delete(svg));
    return made;
  };

  return async ({ rawPath }) => {
    const asked = readAddress(rawPath);
    if (asked === undefined)
      return pageAnswer(without(nowhere(rawPath), "no-such-route"), nowhere(rawPath), siteAddress);
    const found = await find(asked);
    if (asked.view !== "picture" || found.statusCode === 404) return pageAnswer(found, asked, siteAddress);
    return {
      statusCode: found.statusCode,
      headers: { ...headersOf(found), "content-type": "image/png" },
      body: Buffer.from(await picture(pictureOf(found.summary))).toString("base64"),
      isBase64Encoded: true,
    };
  };
}

const nowhere = (path: string): Embedded => ({
  language: path.startsWith("/fr/") ? "fr" : "en",
  view: "results",
  electionId: "",
});

/**
 * Answers a failure with a page that tries again by itself: in place of one, a frame would keep an error of the API, and stay out of
 * date when all is well again.
 */
export function orPageThatTriesAgain(handler: HttpHandler, siteAddress: string): HttpHandler {
  return async (event, context) => {
    try {
      return await handler(event, context);
    } catch (error) {
      logFailure("a request failed", error);
      const asked = readAddress(event.rawPath) ?? nowhere(event.rawPath);
      const { title, detail } = problemText("internal-error", asked.language);
      const summary = { ...summaryWithout(asked, title, detail), isLive: true };
      return pageAnswer({ statusCode: 500, summary }, asked, siteAddress);
    }
  };
}

const headersOf = ({ statusCode }: Found): Record<string, string> => ({
  "cache-control": statusCode === 200 ? KEPT : "no-store",
  "cross-origin-resource-policy": "cross-origin",
});

function pageAnswer(found: Found, { view, language }: Embedded, siteAddress: string): HttpAnswer {
  return {
    statusCode: found.statusCode,
    headers: {
      ...headersOf(found),
      "content-type": "text/html; charset=utf-8",
      "content-language": language,
      "content-security-policy": EMBED_POLICY,
      "referrer-policy": "no-referrer",
      ...(found.summary.isLive && view !== "still" && { refresh: String(REFRESH_SECONDS) }),
    },
    body: embedPage({ summary: found.summary, isStill: view === "still", site: siteAddress }),
  };
}
