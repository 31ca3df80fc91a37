import * as z from "zod/mini";

/** What is kept of a certified election's files, and where the published ones are. */

const Whole = z.int().check(z.nonnegative());
const Sha256Hex = z.string().check(z.regex(/^[0-9a-f]{64}$/));

export const BundleFileRecord = z.object({ name: z.string(), bytes: Whole, sha256: Sha256Hex });
export type BundleFileRecord = Readonly<z.infer<typeof BundleFileRecord>>;

/** A bundle that is kept in the bucket. */
export const KeptBundle = z.object({
  certifiedAt: z.iso.datetime(),
  /** SHA-256 of `certificate.json`. */
  certificate: Sha256Hex,
  merkleRoot: Sha256Hex,
  /** Fingerprint of the key that signed the opening and the certificate. */
  fingerprint: z.string(),
  /** SHA-256 of the opening statement. */
  opening: Sha256Hex,
  ballots: Whole,
  files: z.array(BundleFileRecord),
});
export type KeptBundle = Readonly<z.infer<typeof KeptBundle>>;

/** A bundle that everybody can read on the site. */
export const PublishedBundle = z.extend(KeptBundle, {
  publishedAt: z.iso.datetime(),
  /** How many characters of a tracking code name the file that lists it. */
  codeBeginning: Whole,
});
export type PublishedBundle = Readonly<z.infer<typeof PublishedBundle>>;

/** Before the keys of what CloudFront serves. */
export const PUBLISHED_PREFIX = "public/";

/** Before the addresses of published files on the site, and before their keys after PUBLISHED_PREFIX. */
export const CERTIFIED_PATH = "/certified/";

/** Before the keys of all bundles that are kept, published or not. */
export const KEPT_PREFIX = "kept/";

/** Before the keys of an election's bundles. */
export const allKeptOf = (electionId: string): string => `${KEPT_PREFIX}${electionId}/`;

/** Before the keys of one bundle, named by its certificate's SHA-256. */
export const keptAt = (electionId: string, certificate: string): string => `${allKeptOf(electionId)}${certificate}/`;

/** The address of an election's published files, with a slash at its end. */
export const publishedAddress = (electionId: string): string => `${CERTIFIED_PATH}${electionId}/`;

/** Before the keys of an election's published files. */
export const publishedAt = (electionId: string): string =>
  `${PUBLISHED_PREFIX}${publishedAddress(electionId).slice(1)}`;
