import * as z from "zod/mini";
import { canonicalJson } from "#core/canonical-json.ts";
import { bytesText, PUBLIC_KEY_BYTES, SHA256_BYTES } from "#core/trustees/ceremony/byte-fields.ts";
import { FEWEST_TO_OPEN, MOST_TRUSTEES } from "#core/trustees/ceremony/record-shape.ts";
import { PublicTrustee } from "#core/trustees/ceremony/trustee.ts";
import { transcript } from "#core/trustees/transcript.ts";

/** What trustees agree to by their first message: who they are, for which election and question, and how many open a box. */

const isOnceEach = (values: readonly string[]): boolean => new Set(values).size === values.length;

export const Proposal = z
  .strictObject({
    format: z.literal("scrutin-ceremony-proposal-1"),
    electionId: z.string().check(z.minLength(1), z.maxLength(64)),
    /** See ballotDigest. */
    ballotDigest: bytesText(SHA256_BYTES),
    /** So many open a box. */
    threshold: z.int().check(z.minimum(FEWEST_TO_OPEN)),
    /** So many trustees mix it before. */
    mixes: z.int().check(z.minimum(1)),
    /** SHA-256 of the page on which voters test devices. */
    testPage: z.optional(bytesText(SHA256_BYTES)),
    /** Random, so that a ceremony that starts again is another. */
    nonce: bytesText(PUBLIC_KEY_BYTES),
    /** Trustee 1 is the first. */
    trustees: z.array(PublicTrustee).check(z.minLength(FEWEST_TO_OPEN), z.maxLength(MOST_TRUSTEES)),
  })
  .check(
    z.refine(({ threshold, trustees }) => threshold <= trustees.length, { path: ["threshold"] }),
    z.refine(({ mixes, trustees }) => mixes <= trustees.length, { path: ["mixes"] }),
    z.refine(({ trustees }) => isOnceEach(trustees.map(({ name }) => name)), { path: ["trustees"] }),
    z.refine(({ trustees }) => isOnceEach(trustees.map(({ signingKey }) => signingKey)), { path: ["trustees"] }),
    z.refine(({ trustees }) => isOnceEach(trustees.map(({ sealingKey }) => sealingKey)), { path: ["trustees"] }),
  );
export type Proposal = Readonly<z.infer<typeof Proposal>>;

/** What each message of the ceremony is bound to: 64 bytes. */
export const proposalDigest = (proposal: Proposal): Uint8Array =>
  transcript("scrutin/v2/ceremony-proposal", canonicalJson(proposal));

/** From 1. */
export const trusteeNumbers = ({ trustees }: Proposal): readonly number[] => trustees.map((_, place) => place + 1);
