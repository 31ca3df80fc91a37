import * as z from "zod/mini";

/** The site stack's request to `origin-keys`, and the answer. */

export const OriginKeyProperties = z.object({
  /** Differs at every deployment, so that CloudFormation asks for a new key. */
  deployment: z.uuid(),
});
export type OriginKeyProperties = Readonly<z.infer<typeof OriginKeyProperties>>;

/** `key` is what CloudFront sends, `apiDomain` where it sends requests, `certifiedBucket` the bucket of certified bundles. */
export type OriginKeyAttributes = Readonly<{ key: string; apiDomain: string; certifiedBucket: string }>;
