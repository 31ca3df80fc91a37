import * as z from "zod/mini";
import { type PublishedBundle, publishedAddress } from "#core/published-bundle.ts";

/** A certified result's files, as the API tells where they are and what they are known by. */
export const Certified = z
  .object({
    certified_at: z.iso.datetime(),
    published_at: z.iso.datetime(),
    signing_key: z.string().check(
      z.meta({
        description:
          "Fingerprint of the key that signed the opening statement and the certificate; compare it with one published elsewhere",
      }),
    ),
    merkle_root: z.string().check(z.meta({ description: "Of the ballot box, in hexadecimal" })),
    opening_sha256: z.string().check(z.meta({ description: "SHA-256 of `opening.json`, as published before voting" })),
    certificate_sha256: z.string().check(z.meta({ description: "SHA-256 of `certificate.json`" })),
    address: z
      .string()
      .check(z.meta({ description: "Path of the files on the site, such as `/certified/1/`: a file's name follows" })),
    code_beginning: z.int().check(
      z.nonnegative(),
      z.meta({
        description:
          "How many characters of a tracking code name the list that has it: `codes/AB.txt` after the address for 2, `codes/all.txt` for 0",
      }),
    ),
    files: z.array(z.object({ name: z.string(), bytes: z.int().check(z.nonnegative()), sha256: z.string() })),
  })
  .check(z.meta({ id: "Certified" }));
export type Certified = Readonly<z.infer<typeof Certified>>;

export function certifiedAnswer(electionId: string, published: PublishedBundle): Certified {
  return {
    certified_at: published.certifiedAt,
    published_at: published.publishedAt,
    signing_key: published.fingerprint,
    merkle_root: published.merkleRoot,
    opening_sha256: published.opening,
    certificate_sha256: published.certificate,
    address: publishedAddress(electionId),
    code_beginning: published.codeBeginning,
    files: published.files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
  };
}
