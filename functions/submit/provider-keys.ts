import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";
import * as z from "zod/mini";
import { isIssuer } from "#core/identity.ts";

/** The keys with which an identity provider signs tokens, by discovery (OpenID Connect Discovery 1.0), kept in memory. */

/** The provider does not answer, and nothing is known of it that would do. */
export class ProviderSilent extends Error {
  override readonly name = "ProviderSilent";
  readonly retryAfterSeconds: number;
  constructor(retryAfterSeconds: number) {
    super("the identity provider does not answer");
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** @param kid the key that a token names; one that is not known has the provider asked again, now and then */
export type ProviderKeys = (issuer: string, kid: string | undefined) => Promise<JWTVerifyGetKey>;

const FRESH_FOR_MS = 10 * 60_000;
/** While the provider does not answer. */
const GOOD_FOR_MS = 24 * 60 * 60_000;
/** For both requests: a voter waits. */
const PATIENCE_MS = 3_000;
/** Anybody can send a token with an unknown key: the provider is asked at most so often. */
const ASK_EVERY_MS = 30_000;
/** As long as none of its keys is known. */
const ASK_FIRST_EVERY_MS = 2_000;

const Address = z.string().check(z.maxLength(2000), z.refine(URL.canParse));
const Discovery = z.object({ issuer: z.string(), jwks_uri: Address });
const KeySet = z.object({
  keys: z.array(z.looseObject({ kty: z.string(), kid: z.optional(z.string()) })).check(z.maxLength(100)),
});

type Known = {
  keys: JWTVerifyGetKey | undefined;
  kids: ReadonlySet<string | undefined>;
  readAtMs: number;
  askedAtMs: number;
  asking: Promise<void> | undefined;
};

/** Only what an issuer itself may be: never plain HTTP to another machine. */
function requireSafe(address: string): string {
  const { origin } = new URL(address);
  if (!isIssuer(origin)) throw new Error("a provider's keys are at an address that nobody can alter");
  return address;
}

async function readKeys(issuer: string): Promise<JSONWebKeySet> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const read = async (address: string): Promise<unknown> => {
    const answer = await fetch(requireSafe(address), {
      signal,
      redirect: "error",
      headers: { accept: "application/json" },
    });
    if (!answer.ok) throw new Error(`the identity provider answers ${answer.status}`);
    return answer.json();
  };
  const found = Discovery.parse(await read(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`));
  if (found.issuer !== issuer) throw new Error("the identity provider says that it is another issuer");
  const { keys } = KeySet.parse(await read(found.jwks_uri));
  return { keys: keys.map(({ kid, ...key }) => (kid === undefined ? key : { ...key, kid })) };
}

/**
 * @param issuers whom this stage allows to sign voters in; nobody else is asked for keys
 * @param now milliseconds since 1970
 * @param onFailure told why a provider could not be asked
 */
export function providerKeys(
  issuers: readonly string[],
  now: () => number,
  onFailure: (error: unknown) => void,
): ProviderKeys {
  const all = new Map<string, Known>();

  const ask = async (issuer: string, known: Known): Promise<void> => {
    try {
      const set = await readKeys(issuer);
      known.keys = createLocalJWKSet(set);
      known.kids = new Set(set.keys.map(({ kid }) => kid));
      known.readAtMs = now();
    } catch (error) {
      // Those whose keys are known go on.
      onFailure(error);
    } finally {
      known.asking = undefined;
    }
  };

  return async (issuer, kid) => {
    if (!issuers.includes(issuer))
      throw new Error("a definition names an issuer that is not among the stage's voterIssuers");
    const known: Known = all.get(issuer) ?? {
      ...{ keys: undefined, kids: new Set(), asking: undefined },
      ...{ readAtMs: Number.NEGATIVE_INFINITY, askedAtMs: Number.NEGATIVE_INFINITY },
    };
    all.set(issuer, known);
    const nowMs = now();
    const isStale = nowMs - known.readAtMs >= FRESH_FOR_MS;
    const isUnknown = kid !== undefined && !known.kids.has(kid);
    const everyMs = known.keys === undefined ? ASK_FIRST_EVERY_MS : ASK_EVERY_MS;
    if ((isStale || isUnknown) && known.asking === undefined && nowMs - known.askedAtMs >= everyMs) {
      known.askedAtMs = nowMs;
      known.asking = ask(issuer, known);
    }
    await known.asking;
    if (known.keys === undefined || now() - known.readAtMs > GOOD_FOR_MS)
      throw new ProviderSilent(Math.ceil(ASK_FIRST_EVERY_MS / 1000));
    return known.keys;
  };
}
