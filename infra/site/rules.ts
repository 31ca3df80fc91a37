/** How the laptop and CloudFront serve the site: headers, addresses, cache lifetimes. */

/** Which other origins pages may connect to, by whose pages they are: identity providers, where people sign in. */
export type SignInOrigins = Readonly<{ office: readonly string[]; vote: readonly string[] }>;

/**
 * Pages load scripts, styles and data from their own origin only. Scripts beside the page are started by one policy, which takes this site's
 * alone (web/start-worker.ts): the office's, and the one that seals where trustees hold the key.
 */
const contentSecurityPolicy = (connectTo: readonly string[]): string =>
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
  `connect-src ${["'self'", ...new Set(connectTo)].join(" ")}; worker-src 'self'; manifest-src 'self'; ` +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; " +
  "trusted-types scrutin-worker";

export const NOWHERE: SignInOrigins = { office: [], vote: [] };

/** Sent with every file of the site. */
export const securityHeaders = (connectTo: readonly string[] = []) =>
  ({
    "content-security-policy": contentSecurityPolicy(connectTo),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
  }) as const satisfies Readonly<Record<string, string>>;

/** The console's pages, with headers of their own. `*` also matches slashes, and what no page is at. */
export const OFFICE_PATHS = ["/fr/office*", "/en/office*"] as const;

/** The page on which voters test devices: one file, which anybody may offer elsewhere (infra/bundling/test-page.ts). */
export const TEST_PAGE_PATH = "/test.html";

/** All is within the page, whose own policy names the digests of its script and style; both policies apply. */
export const testPageHeaders = () =>
  ({
    ...securityHeaders(),
    "content-security-policy":
      "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; connect-src 'self'; " +
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  }) as const satisfies Readonly<Record<string, string>>;

/** The headers of a path of the site. */
export function headersAt(path: string, { office, vote }: SignInOrigins) {
  if (path === TEST_PAGE_PATH) return testPageHeaders();
  const isOffice = OFFICE_PATHS.some((pattern) => path.startsWith(pattern.slice(0, -1)));
  return securityHeaders(isOffice ? office : vote);
}

/** The build puts a hash of the content into a file's name, so a name's content never changes. */
export const CONTENT_HASH = /-[0-9a-f]{8}\.[a-z]+$/;

/** The same as file patterns, for copying the site to its bucket. */
export const HASHED_SCRIPTS = "*-????????.js";
export const HASHED_TEXTS = ["*-????????.css", "*-????????.md"] as const;
export const HASHED_FILES = [HASHED_SCRIPTS, ...HASHED_TEXTS] as const;

export const CACHE_CONTROL = {
  hashed: "public, max-age=31536000, immutable",
  /** Revalidated each time, and sent only if changed. */
  named: "no-cache",
} as const;

/** Paths that functions answer: the API, and the pages that other sites may frame. */
export const FUNCTION_PATHS = ["/fr/embed/*", "/en/embed/*", "/api/*"] as const;

export const isOfFunctions = (path: string): boolean =>
  FUNCTION_PATHS.some((pattern) => path.startsWith(pattern.slice(0, -1)));

/**
 * The file at a path of the site: a ballot's addresses get the page with the ballot's script, the office's that with the console's, every
 * other page's the page of the rest, in the language of the address. The script reads the address itself. CloudFront runs this function's source, so it may use nothing
 * outside itself.
 */
export function fileAt(path: string): string {
  const [, language, rest = ""] = /^\/(fr|en)(\/.*)?$/.exec(path) ?? [];
  if (language === undefined) return /\.[^./]+$/.test(path) ? path : "/site-en.html";
  if (/^\/office(?:\/|$)/.test(rest)) return `/office-${language}.html`;
  return `/${rest.startsWith("/vote/") ? "vote" : "site"}-${language}.html`;
}

/**
 * Where a program that makes previews of links is sent: it runs no script, so it gets the result as a page without. Undefined
 * for people's browsers and for other pages. CloudFront runs this function's source too.
 */
export function previewOf(path: string, userAgent: string): string | undefined {
  const PREVIEWS =
    /facebookexternalhit|facebot|meta-externalfetcher|twitterbot|linkedinbot|slackbot|discordbot|whatsapp|telegrambot|mastodon|bluesky|cardyb|pinterestbot|redditbot|skypeuripreview|embedly|iframely|pleroma|akkoma|misskey/i;
  const result = /^\/(fr|en)\/results\/([\w-]+(?:\/[\w-]+)?)\/?$/.exec(path);
  return result !== null && PREVIEWS.test(userAgent) ? `/${result[1]}/embed/results/${result[2]}` : undefined;
}
