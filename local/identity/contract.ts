/** What the laptop's provider and those who use it agree on. */

/** In `config/local.json` and in the demonstration's definitions, where the provider's real origin is not known. */
export const ISSUER_PLACEHOLDER = "http://localhost:3001";

/** The paths of the two providers: an issuer is the origin with one of them. */
export const OFFICE_PATH = "/office";
export const VOTERS_PATH = "/voters";

export const OFFICE_CLIENT = "scrutin-office";
export const VOTERS_CLIENT = "scrutin-voters";

/** The scope of an access token for the office's routes. An ID token has none, and so cannot be used in its place. */
export const OFFICE_SCOPE = "office";

/** From the parent, once it knows where the site is served: only there may a sign-in lead back to. */
export type SiteAddress = Readonly<{ siteUrl: string }>;
/** From the process: where it listens, then that it can sign people in. */
export type Told = Readonly<{ port: number }> | "serving";
