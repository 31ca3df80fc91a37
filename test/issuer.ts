import { createServer, type ServerResponse } from "node:http";
import { exportJWK, type GenerateKeyPairOptions, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { listen } from "#local/listening.ts";

/** An identity provider of its own keys on this machine: discovery and keys by HTTP, and the tokens that it signs. */

type Algorithm = "RS256" | "ES256" | "EdDSA";

async function makeKey(alg: Algorithm, kid: string) {
  const options: GenerateKeyPairOptions = { extractable: true };
  const { publicKey, privateKey } = await generateKeyPair(alg, options);
  return { alg, kid, privateKey, jwk: { ...(await exportJWK(publicKey)), alg, kid, use: "sig" } };
}

/** @param path part of the issuer's address */
export async function openIssuer(path = "/voters") {
  let issuer = "";
  let keys = [await makeKey("RS256", "r1"), await makeKey("ES256", "e1"), await makeKey("EdDSA", "d1")];
  let isHanging = false;
  let keysAsked = 0;
  const held = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    const discovery = { issuer, jwks_uri: `${issuer}/jwks` };
    const answer = request.url?.endsWith("/jwks") ? { keys: keys.map(({ jwk }) => jwk) } : discovery;
    if (answer !== discovery) keysAsked++;
    if (isHanging && answer !== discovery) held.add(response);
    else response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
  issuer = `http://localhost:${await listen(server)}${path}`;

  return {
    issuer,
    jwks: () => keys.map(({ jwk }) => jwk),
    keysAsked: () => keysAsked,

    /** Signs whatever claims it is given: by default, a good token. */
    sign(
      claims: JWTPayload,
      { alg = "RS256" as Algorithm, atMs = Date.now(), kid = undefined as string | undefined } = {},
    ) {
      const key = keys.find((one) => (kid === undefined ? one.alg === alg : one.kid === kid));
      if (key === undefined) throw new Error("it has no such key");
      const seconds = Math.floor(atMs / 1000);
      const payload = { iss: issuer, sub: "7f3c", iat: seconds, exp: seconds + 300, ...claims };
      return new SignJWT(payload).setProtectedHeader({ alg: key.alg, kid: key.kid }).sign(key.privateKey);
    },

    /** New keys in place of the old ones. */
    async rotate(): Promise<void> {
      keys = [await makeKey("RS256", `r${keys.length}-${keysAsked}-new`)];
    },
    /** From now on its keys are asked for in vain. */
    hang(): void {
      isHanging = true;
    },
    close(): void {
      for (const response of held) response.destroy();
      server.close();
      server.closeAllConnections();
    },
  };
}
export type TestIssuer = Awaited<ReturnType<typeof openIssuer>>;
