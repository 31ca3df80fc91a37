/** How the site is served, on the laptop and by CloudFront alike: its headers, its addresses, how long its files may be kept. */

/** Sent with everything of the site. The pages take scripts, styles and answers from their own address and nothing else. */
export const SECURITY_HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
} as const satisfies Readonly<Record<string, string>>;

/** The build puts a hash of its content into a file's name, so that what the name stands for never changes. */
export const CONTENT_HASH = /-[A-Z0-9]{8}\.[a-z]+$/;

/** The same as a pattern of file names, for what copies the site to its bucket. */
export const HASHED_FILES = ["*-????????.js", "*-????????.css", "*-????????.md"] as const;

export const CACHE_CONTROL = {
  hashed: "public, max-age=31536000, immutable",
  /** Asked for again each time, and sent only if it changed. */
  named: "no-cache",
} as const;

/**
 * Where a path of the site is found: the addresses of pages all get the one page, which looks at the address itself. Runs
 * in CloudFront as it stands here, so it may use nothing from outside itself.
 */
export function fileAt(path: string): string {
  const isPage = /^\/(?:fr|en)(?:\/|$)/.test(path) || !/\.[^./]+$/.test(path);
  return isPage ? "/index.html" : path;
}
