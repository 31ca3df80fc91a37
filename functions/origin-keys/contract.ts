import * as z from "zod";

/** What the site's stack asks of `origin-keys`, and what it is told. */

export const OriginKeyProperties = z.object({
  /** Names the deployment: another one at every deployment, so that CloudFormation asks for another key. */
  deployment: z.uuid(),
});
export type OriginKeyProperties = Readonly<z.infer<typeof OriginKeyProperties>>;

/** `key` is what CloudFront sends, `apiDomain` where it sends requests. */
export type OriginKeyAttributes = Readonly<{ key: string; apiDomain: string }>;
