/** How the laptop and CloudFront serve the site: headers, addresses, cache lifetimes. */

/** Sent with every file of the site. Pages load scripts, styles and data from their own origin only. */
export const SECURITY_HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
} as const satisfies Readonly<Record<string, string>>;

/** The build puts a hash of the content into a file's name, so a name's content never changes. */
export const CONTENT_HASH = /-[A-Z0-9]{8}\.[a-z]+$/;

/** The same as file patterns, for copying the site to its bucket. */
export const HASHED_FILES = ["*-????????.js", "*-????????.css", "*-????????.md"] as const;

export const CACHE_CONTROL = {
  hashed: "public, max-age=31536000, immutable",
  /** Revalidated each time, and sent only if changed. */
  named: "no-cache",
} as const;

/**
 * The file at a path of the site: every page's address gets the one page, which reads the address itself. CloudFront runs
 * this function's source, so it may use nothing outside itself.
 */
export function fileAt(path: string): string {
  const isPage = /^\/(?:fr|en)(?:\/|$)/.test(path) || !/\.[^./]+$/.test(path);
  return isPage ? "/index.html" : path;
}
