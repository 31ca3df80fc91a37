import { existsSync, readFileSync } from "node:fs";
import tls from "node:tls";
import { fileURLToPath } from "node:url";

/**
 * An emulator of AWS on this machine (MiniStack, LocalStack), which AWS_ENDPOINT_URL names, as it does for every AWS tool.
 * Endpoints elsewhere, such as those of a private network, are AWS's own and none of this concerns them.
 */

/** Where `npm run endpoint` keeps what it makes: the Python environment, and the certificate of the endpoint. */
export const EMULATOR_FOLDER = fileURLToPath(new URL("../../.scrutin/ministack/", import.meta.url));
export const EMULATOR_CERTIFICATE = `${EMULATOR_FOLDER}certificate.pem`;

/** The stage that is made for emulators; what it leaves out is in config/endpoint.json. */
export const EMULATOR_STAGE = "endpoint";

const THIS_MACHINE = new Set(["localhost", "127.0.0.1", "[::1]", "localhost.localstack.cloud"]);

/** The emulator's address without a slash at its end; undefined when AWS_ENDPOINT_URL names none on this machine. */
export function emulatorUrl(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const { AWS_ENDPOINT_URL } = environment;
  if (AWS_ENDPOINT_URL === undefined || !URL.canParse(AWS_ENDPOINT_URL)) return undefined;
  return THIS_MACHINE.has(new URL(AWS_ENDPOINT_URL).hostname) ? AWS_ENDPOINT_URL.replace(/\/+$/, "") : undefined;
}

/** Makes this process, and those it starts, trust the certificate of the endpoint that `npm run endpoint` runs. */
export function trustEmulator(): void {
  if (process.env.NODE_EXTRA_CA_CERTS === EMULATOR_CERTIFICATE || !existsSync(EMULATOR_CERTIFICATE)) return;
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), readFileSync(EMULATOR_CERTIFICATE, "utf8")]);
  process.env.NODE_EXTRA_CA_CERTS = EMULATOR_CERTIFICATE;
}

/**
 * An API's address at an emulator. The one that emulators give has a subdomain for each API, which resolves on some machines
 * only; the path means the same to MiniStack and LocalStack alike.
 */
export function emulatedApiUrl(emulator: string, apiUrl: string): string {
  const { hostname } = new URL(apiUrl);
  const [apiId, service] = hostname.split(".");
  return service === "execute-api" ? `${emulator}/_aws/execute-api/${apiId}/$default` : apiUrl;
}
