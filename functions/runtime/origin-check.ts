import { createHash, timingSafeEqual } from "node:crypto";
import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod/mini";

/** Admits only requests through CloudFront, which sends a key that only it and the API know. */

/** Variables of every function behind the HTTP API. */
export const OriginEnv = z.object({
  /** Name of the secret, or `none` without CloudFront. A missing variable is an error. */
  ORIGIN_KEYS_SECRET_NAME: z.string().check(z.minLength(1)),
});

/** Keys by deployment: CloudFront sends one of them, and during a deployment its edge locations send the old or the new. */
const OriginKeys = z.record(z.string(), z.string().check(z.minLength(32)));

/** Whether a request carries a key of this site. @throws when the keys cannot be read and never were */
export type OriginCheck = (given: string | undefined) => Promise<boolean>;

const KEPT_FOR_MS = 300_000;
/** An unknown key may be newer than those kept, but wrong keys cause at most one reading in this time. */
const READ_AGAIN_AFTER_MS = 5_000;

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** @param read the keys that are valid now */
export function originCheck(read: () => Promise<readonly string[]>, now: () => number): OriginCheck {
  let known: readonly Buffer[] = [];
  let readAtMs = Number.NEGATIVE_INFINITY;

  const readAgain = async (): Promise<void> => {
    try {
      known = (await read()).map(digest);
    } catch (error) {
      // If the secret store is down, voters are not turned away: recently valid keys stay valid.
      if (known.length === 0) throw error;
    }
    readAtMs = now();
  };

  return async (given) => {
    if (given === undefined) return false;
    const wanted = digest(given);
    const isKnown = (): boolean => known.some((key) => timingSafeEqual(key, wanted));
    if (now() - readAtMs > KEPT_FOR_MS) await readAgain();
    else if (!isKnown() && now() - readAtMs > READ_AGAIN_AFTER_MS) await readAgain();
    return isKnown();
  };
}

/** The check that a function's variables ask for; undefined without CloudFront. */
export function originCheckFor(
  { ORIGIN_KEYS_SECRET_NAME: name }: z.infer<typeof OriginEnv>,
  client: () => SecretsManagerClient,
): OriginCheck | undefined {
  if (name === "none") return undefined;
  const secrets = client();
  return originCheck(async () => {
    const { SecretString = "" } = await secrets.send(new GetSecretValueCommand({ SecretId: name }));
    return Object.values(OriginKeys.parse(JSON.parse(SecretString)));
  }, Date.now);
}
